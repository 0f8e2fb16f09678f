package org.pagexplorer.ui.attack;

import com.google.gson.JsonObject;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.collections.ObservableList;
import org.pagexplorer.checkpoint.catalogue.ModelFile;
import org.pagexplorer.dataset.Fit;
import org.pagexplorer.domain.Image;
import org.pagexplorer.files.UserPath;
import org.pagexplorer.lab.JsonFields;
import org.pagexplorer.lab.attack.Aim;
import org.pagexplorer.lab.attack.OriginalImage;
import org.pagexplorer.lab.attack.TargetGrid;
import org.pagexplorer.lab.attack.TargetGrid.Tile;
import org.pagexplorer.ui.settings.Part;
import org.pagexplorer.ui.settings.Undo;
import org.pagexplorer.ui.support.Notice;

/**
 * What is attacked, toward what, and how; the screens that attack share one, so that what one sees
 * on one is what one compares on the other.
 *
 * @param rows the images
 * @param list the target classes
 * @param settings every parameter
 * @param notice takes sentences for the user
 * @param undo takes back changes of the settings, the targets and the rows
 * @param detailsProperty whether the parameters that are rarely changed are in sight
 * @param aims what else than classes the chosen model offers
 */
public record AttackSetup(
    ImageRows rows,
    TargetList list,
    AttackSettings settings,
    Notice notice,
    Undo undo,
    BooleanProperty detailsProperty,
    AimChoice aims) {
  /** For the pictures of all grids of a screen, in bytes. */
  private static final long MOST_MEMORY = 1L << 30;

  /** Nobody has chosen targets yet. */
  public AttackSetup(
      ImageRows rows,
      ObservableList<Integer> targets,
      AttackSettings settings,
      Supplier<List<String>> classes,
      Notice notice) {
    this(
        rows,
        new TargetList(targets, classes),
        settings,
        notice,
        new Undo(),
        new SimpleBooleanProperty(),
        new AimChoice());
    undo.watch(settings.part());
    undo.watch(list.part("targets"), list.isHidden()::get);
    undo.watch(rowsPart());
    undo.watch(ownPart());
    undo.watch(paintedPart());
    settings
        .normProperty()
        .addListener(
            (property, old, now) -> {
              if (rows.painted().forgetRadii()) {
                notice.say("Painted regions have the attack's ε again: norms differ in size.");
              }
            });
  }

  /** What is in sight of the attack's parameters. */
  public Part panelPart() {
    return new Part("panel").truth("more", detailsProperty);
  }

  /** Which images of which dataset are the rows; the user's own pictures are not among them. */
  public Part rowsPart() {
    return new Part("rows")
        .value(
            "shown",
            this::shownRows,
            (from, key) -> show(from.fields(key)),
            rows.choice().shownProperty());
  }

  /** The user's own pictures, which stand before those rows, and how all are made to fit. */
  public Part picturesPart() {
    return new Part("pictures")
        .choice("fit", rows.fitProperty(), Fit.values())
        .texts("files", rows::ownFiles, rows::showOwn, rows.images());
  }

  /** The same, so that adding them can be undone. */
  private Part ownPart() {
    return new Part("own").texts("files", rows::ownFiles, rows::changeOwn, rows.images());
  }

  /** What is painted on images. */
  public Part paintedPart() {
    return new Part("painted")
        .value(
            "regions",
            rows.painted()::give,
            (from, key) -> rows.painted().take(from.fields(key)),
            rows.painted().changes());
  }

  private JsonObject shownRows() {
    JsonObject json = new JsonObject();
    json.addProperty("dataset", rows.wantedPlace().map(Path::toString).orElse(""));
    json.addProperty("split", rows.wantedPart());
    rows.shown().addTo(json);
    return json;
  }

  private void show(JsonFields fields) {
    String folder = fields.raw("dataset");
    ShownRows wanted = ShownRows.of(fields);
    Optional<Path> place = folder.isEmpty() ? Optional.empty() : Optional.of(UserPath.of(folder));
    String split = fields.raw("split");
    boolean same = split.equals(rows.wantedPart()) && place.equals(rows.wantedPlace());
    if (!same || !wanted.equals(rows.shown())) {
      rows.show(place, split, wanted);
    }
  }

  /** The target classes' numbers among those that can be chosen, in the order of the columns. */
  public ObservableList<Integer> targets() {
    return list.chosen();
  }

  /** The classes that can be chosen: those of Explore's model, or those that all compared know. */
  public Supplier<List<String>> classes() {
    return list.classes();
  }

  /** Whether models choose the targets. */
  public LikelyTargets likely() {
    return list.likely();
  }

  /** As {@link #target} takes them. */
  public List<String> targetNames() {
    return list.names();
  }

  /**
   * Chooses targets; none stands for those that a model begins with, and what it does not know is
   * left out.
   */
  public void target(List<String> names) {
    list.choose(names);
  }

  /** The same of other classes, of which other ones are the targets. */
  public AttackSetup toward(TargetList others) {
    undo.watch(others.part("compared targets"), others.isHidden()::get);
    return new AttackSetup(rows, others, settings, notice, undo, detailsProperty, aims);
  }

  /** Every parameter and the targets as at first. */
  public void reset() {
    settings.reset();
    target(List.of());
  }

  /** Whether it leads toward the target classes, a column each. */
  public boolean isTargeted() {
    return settings.targetedProperty().get() && !hasAim();
  }

  /** Whether it leads away from each image's label. */
  public boolean needsLabels() {
    return !settings.targetedProperty().get() && !hasAim();
  }

  /** Whether classes are to be reached, or left. */
  public boolean isOfClasses() {
    Optional<Aim> aim = settings.aimProperty().get();
    return aim.isEmpty() || aim.get() instanceof Aim.Between;
  }

  private boolean hasAim() {
    return settings.aimProperty().get().isPresent();
  }

  /** The heads of the columns beside the original: some of a model's classes. */
  public List<String> heads(List<String> ofModel, List<Integer> columns) {
    if (hasAim()) {
      return settings.aimProperty().get().orElseThrow().columns();
    }
    return isTargeted() ? columns.stream().map(ofModel::get).toList() : List.of("anything else");
  }

  /**
   * The attack on the rows as it is set now, not yet begun.
   *
   * @param columns the target classes among the model's
   * @param labels what an untargeted attack leads away from, one an image
   * @param grids how many share the memory for pictures
   * @param changed told on the engine's thread that there is something new to show
   */
  public GridAttack attack(
      ModelFile model, List<Integer> columns, List<Integer> labels, int grids, Runnable changed) {
    return attack(model, rows.images(), columns, labels, grids, changed);
  }

  /**
   * The same on other images.
   *
   * @param images of the model's shape
   * @throws org.pagexplorer.domain.UserException if the model has no such classes or units
   */
  public GridAttack attack(
      ModelFile model,
      List<OriginalImage> images,
      List<Integer> columns,
      List<Integer> labels,
      int grids,
      Runnable changed) {
    List<Image> originals = images.stream().map(OriginalImage::image).toList();
    Optional<Aim> aim = settings.aimProperty().get();
    List<Tile> tiles =
        aim.isPresent()
            ? TargetGrid.tilesToward(originals, aim.get().goals(model.card()))
            : isTargeted()
                ? TargetGrid.tiles(originals, columns)
                : TargetGrid.tilesAway(originals, labels);
    List<Tile> painted = TargetGrid.within(tiles, images, model.card().classes());
    return new GridAttack(
        model,
        images,
        rows.shownFrom(),
        heads(model.card().classes(), columns),
        settings.precisionProperty().get(),
        settings.specification(),
        painted,
        Math.min(MOST_MEMORY, Runtime.getRuntime().maxMemory() / 3) / grids,
        changed,
        notice);
  }
}
