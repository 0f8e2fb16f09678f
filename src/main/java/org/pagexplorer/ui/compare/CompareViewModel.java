package org.pagexplorer.ui.compare;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javafx.beans.InvalidationListener;
import javafx.beans.Observable;
import javafx.beans.property.IntegerProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyIntegerProperty;
import javafx.beans.property.ReadOnlyIntegerWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleIntegerProperty;
import javafx.collections.ObservableList;
import org.pagexplorer.checkpoint.catalogue.ModelFile;
import org.pagexplorer.dataset.Dataset;
import org.pagexplorer.domain.AttackedImage;
import org.pagexplorer.domain.Image;
import org.pagexplorer.domain.InputShape;
import org.pagexplorer.lab.attack.OriginalImage;
import org.pagexplorer.lab.model.Agreement;
import org.pagexplorer.lab.model.EngineLane;
import org.pagexplorer.lab.model.SharedClasses;
import org.pagexplorer.ui.attack.AttackSetup;
import org.pagexplorer.ui.attack.FittedRows;
import org.pagexplorer.ui.attack.GridAttack;
import org.pagexplorer.ui.attack.GridExports;
import org.pagexplorer.ui.attack.GridPart;
import org.pagexplorer.ui.attack.GridProgress;
import org.pagexplorer.ui.attack.LikelyTargets;
import org.pagexplorer.ui.attack.Scrubber;
import org.pagexplorer.ui.attack.ShownTile;
import org.pagexplorer.ui.control.TileRange;
import org.pagexplorer.ui.settings.Part;
import org.pagexplorer.ui.support.Activity;
import org.pagexplorer.ui.support.BackgroundTask;
import org.pagexplorer.ui.support.Coalesced;
import org.pagexplorer.ui.support.Complaint;
import org.pagexplorer.ui.support.ExportChoice;
import org.pagexplorer.ui.support.ModelShelf;
import org.pagexplorer.ui.support.Notice;
import org.pagexplorer.ui.support.Request;
import org.pagexplorer.ui.support.Requests;
import org.pagexplorer.ui.support.Sentence;

/**
 * Two to six models on the same images, targets, start and budget, on the FX thread. Each model is
 * attacked on its own; they take turns on the engine's lane, a batch each.
 */
public final class CompareViewModel {
  private final EngineLane lane;
  private final ModelShelf shelf;
  private final AttackSetup setup;
  private final Notice notice;
  private final Complaint failures;
  private final ComparedModels compared;
  private final FittedRows fitted;
  private final ComparedColumns columns;
  private final IntegerProperty scrubbedStep = new SimpleIntegerProperty(Scrubber.FOLLOW);
  private final IntegerProperty selectedTile = new SimpleIntegerProperty(-1);
  private final IntegerProperty heldTile = new SimpleIntegerProperty(-1);
  private final ReadOnlyStringWrapper hint = new ReadOnlyStringWrapper("");
  private final ReadOnlyStringWrapper leftOut = new ReadOnlyStringWrapper("");
  private final ReadOnlyStringWrapper progress = new ReadOnlyStringWrapper("");
  private final Requests attacking = new Requests();
  private final ReadOnlyIntegerWrapper revision = new ReadOnlyIntegerWrapper();
  private final Coalesced restart = new Coalesced(this::restartIfOpen);
  private final Coalesced refresh = new Coalesced(this::changed);
  private final Set<GridAttack> failed = new HashSet<>();
  private List<GridAttack> attacks = List.of();
  private boolean open;
  private TileRange inSight = TileRange.ALL;
  private Optional<Wanted> wanted = Optional.empty();

  /** A tile that is to be selected once it is there. */
  private record Wanted(ModelFile model, int image, String head) {}

  public CompareViewModel(EngineLane lane, ModelShelf shelf, AttackSetup setup) {
    this.lane = lane;
    this.shelf = shelf;
    this.setup = setup;
    notice = setup.notice();
    failures = new Complaint(notice);
    compared = new ComparedModels(shelf, notice);
    fitted = new FittedRows(setup.rows(), notice);
    columns = new ComparedColumns(lane, setup);
    InvalidationListener restartSoon = property -> restartSoon();
    setup.settings().all().forEach(property -> property.addListener(restartSoon));
    setup.rows().images().addListener(restartSoon);
    setup.targets().addListener(restartSoon);
    compared.all().addListener(restartSoon);
    InvalidationListener forget = property -> columns.forget();
    setup.rows().images().addListener(forget);
    compared.all().addListener(forget);
  }

  /** The screen is shown: what was not finished begins anew. */
  public void open() {
    open = true;
    if (compared.all().isEmpty()) {
      compared.chooseFirst();
    }
    if (attacks.isEmpty() || attacks.stream().anyMatch(attack -> !attack.isSettled())) {
      restart();
    }
  }

  /** The screen is hidden: nobody looks. */
  public void hide() {
    open = false;
    cancel();
  }

  /** Compares these models, as far as they have classes in common; six at most. */
  public void choose(List<ModelFile> models) {
    compared.choose(models);
  }

  /** Adds a model to the comparison, or takes it out; says why where that is not possible. */
  public void toggle(ModelFile model) {
    compared.toggle(model);
    changed();
  }

  /** The pictures are no longer of what is chosen; they begin anew once the screen is shown. */
  public void restartSoon() {
    if (open) {
      restart.request();
    } else {
      attacks = List.of();
      refresh.request();
    }
  }

  private void restartIfOpen() {
    if (open) {
      restart();
    }
  }

  /** Cancels what runs and starts anew with what is set now. */
  private void restart() {
    cancel();
    attacks = List.of();
    leftOut.set("");
    List<OriginalImage> images = setup.rows().images();
    if (compared.all().size() < ComparedModels.FEWEST) {
      hint.set("Choose two models or more on the left; open others with Open… on Explore.");
    } else if (images.isEmpty()) {
      hint.set("Choose images.");
    } else if (setup.isTargeted() && setup.targets().isEmpty() && !setup.likely().isAsked()) {
      hint.set("No target is chosen: tick classes in the list of targets.");
    } else if (!setup.isTargeted() && !images.stream().allMatch(this::isLabelled)) {
      hint.set("An untargeted comparison needs images whose class is known to the models.");
    } else {
      hint.set("");
      Request mine = attacking.next();
      fitted.in(Set.copyOf(compared.inputs()), mine, found -> choose(found, mine));
    }
    changed();
  }

  private boolean isLabelled(OriginalImage image) {
    return compared.all().stream()
        .allMatch(model -> image.labelAmong(model.card().classes()).isPresent());
  }

  /**
   * Compares a model, if it is not yet, and selects one of its tiles as soon as it is there.
   *
   * @param image the row of Explore
   * @param head the tile's column
   */
  public void reveal(ModelFile model, int image, String head) {
    compared.include(model);
    wanted = Optional.of(new Wanted(model, image, head));
    selectWanted();
  }

  private void selectWanted() {
    int of = wanted.map(tile -> compared.all().indexOf(tile.model())).orElse(-1);
    if (of < 0 || attacks.size() != compared.all().size()) {
      return;
    }
    List<String> heads = attacks.getFirst().heads();
    Wanted tile = wanted.get();
    int column = heads.indexOf(tile.head());
    wanted = Optional.empty();
    if (column >= 0) {
      changed(); // a tile has its place among those of now
      selectedTile.set(-1);
      selectedTile.set((tile.image() * attacks.size() + of) * heads.size() + column);
    }
  }

  /** The attack that a row of the grid is of; nothing where there is no such row. */
  Optional<GridAttack> attackOf(int tile) {
    int columns = attacks.isEmpty() ? 0 : attacks.getFirst().heads().size();
    return tile < 0 || columns == 0
        ? Optional.empty()
        : Optional.of(attacks.get(tile / columns % attacks.size()));
  }

  /** The selected tile as it is shown. */
  Optional<ShownTile> shownTile() {
    int tile = selectedTile.get();
    return attackOf(tile)
        .flatMap(
            attack -> {
              int columns = attack.heads().size();
              int own = tile / columns / attacks.size() * columns + tile % columns;
              return ShownTile.of(attack, own, scrubbedStep.get());
            });
  }

  /** The images are there, as each model takes them. */
  private void choose(Map<InputShape, List<OriginalImage>> found, Request mine) {
    List<List<OriginalImage>> images = compared.inputs().stream().map(found::get).toList();
    SharedClasses shared = compared.classes();
    if (!fit(images)) {
      hint.set("These images cannot be made to fit all of these models: choose others.");
      changed();
    } else if (setup.isTargeted()) {
      List<List<Image>> seen = images.stream().map(this::inSight).toList();
      columns.choose(
          List.copyOf(compared.all()), shared, seen, mine, some -> start(images, some, mine));
    } else {
      start(images, List.of(), mine);
    }
  }

  /** What is no picture, or no model's of pictures, stays as it is. */
  private boolean fit(List<List<OriginalImage>> images) {
    for (int k = 0; k < images.size(); k++) {
      InputShape input = compared.inputs().get(k);
      if (images.get(k).stream().anyMatch(row -> !row.image().shape().equals(input))) {
        return false;
      }
    }
    return true;
  }

  /** As many as a window shows. */
  private List<Image> inSight(List<OriginalImage> images) {
    int first =
        inSight == TileRange.ALL
            ? 0
            : Math.max(0, inSight.perRow(compared.all().size()).firstRow());
    return images.stream()
        .skip(first < images.size() ? first : 0)
        .limit(LikelyTargets.MOST_IMAGES)
        .map(OriginalImage::image)
        .toList();
  }

  /**
   * @param images by model
   * @param some of the shared classes
   */
  private void start(List<List<OriginalImage>> images, List<Integer> some, Request mine) {
    SharedClasses shared = compared.classes();
    List<GridAttack> next = new ArrayList<>();
    try {
      for (int k = 0; k < images.size(); k++) {
        ModelFile model = compared.all().get(k);
        next.add(
            setup.attack(
                model,
                images.get(k),
                shared.of(k, some),
                setup.isTargeted() ? List.of() : labels(images.get(k), model),
                images.size(),
                refresh::request));
      }
    } catch (IllegalArgumentException e) {
      hint.set(Sentence.of(e));
      changed();
      return;
    }
    attacks = List.copyOf(next);
    leftOut.set(setup.isTargeted() ? compared.leftOut() : "");
    selectWanted();
    scrubbedStep.set(Scrubber.FOLLOW);
    failed.clear();
    failures.settle();
    for (GridAttack attack : next) {
      attack.look(inSight.perRow(next.size()));
      run(attack, mine);
    }
    changed();
  }

  private static List<Integer> labels(List<OriginalImage> images, ModelFile model) {
    List<String> classes = model.card().classes();
    return images.stream().map(image -> image.labelAmong(classes).orElseThrow()).toList();
  }

  private void run(GridAttack attack, Request mine) {
    BackgroundTask.after(attack.start(lane))
        .within(mine)
        .onFailed(failure -> failed(attack, failure))
        .andFinally(this::changed)
        .start();
  }

  /** These tiles are in sight: they are attacked first. */
  void look(TileRange now) {
    inSight = now;
    for (GridAttack attack : attacks) {
      if (attack.look(now.perRow(attacks.size())) && open) {
        run(attack, attacking.latest());
      }
    }
  }

  /** The others go on. */
  private void failed(GridAttack attack, Throwable failure) {
    failed.add(attack);
    failures.say("\"%s\": %s".formatted(attack.model().card().name(), Sentence.of(failure)));
  }

  /** Ends the running attacks within one step; what they made so far stays on the screen. */
  public void cancel() {
    attacks.forEach(GridAttack::cancel);
    attacking.cancel();
  }

  /** The attacks, while they run. */
  public Optional<Activity> activity() {
    return attacking.isBusy()
        ? Optional.of(
            GridProgress.activity(
                "Comparison of " + attacks.size() + " models", attacks, this::cancel))
        : Optional.empty();
  }

  /** Says a sentence to the user. */
  void tell(String sentence) {
    notice.say(sentence);
  }

  /** The grids as one figure. */
  ExportChoice export() {
    Optional<GridAttack> without = attacks.stream().filter(failed::contains).findFirst();
    if (without.isPresent()) {
      return ExportChoice.of(
          "Pictures",
          "comparison",
          Optional::empty,
          "\"%s\" has no pictures: leave it out of the comparison, then export."
              .formatted(without.get().model().card().name()));
    }
    return GridExports.choice(
        "Pictures",
        "comparison",
        () -> attacks,
        attacks.stream().findFirst().map(GridPart::whole),
        () -> !open,
        attacking::isBusy);
  }

  private void changed() {
    progress.set(GridProgress.of(attacks));
    revision.set(revision.get() + 1);
  }

  /** Whether every picture is finished that can be. */
  private boolean isSettled() {
    return !attacking.isBusy()
        && !attacks.isEmpty()
        && attacks.stream().allMatch(attack -> attack.isSettled() || failed.contains(attack));
  }

  /** Calls once when every picture is finished, those of models that failed left out. */
  public void settle(Runnable then) {
    if (isSettled()) {
      then.run();
      return;
    }
    attacking
        .busyProperty()
        .addListener(
            new InvalidationListener() {
              @Override
              public void invalidated(Observable property) {
                if (isSettled()) {
                  attacking.busyProperty().removeListener(this);
                  then.run();
                }
              }
            });
  }

  /** The attacks on the screen, in the order of {@link #compared()}. */
  public List<GridAttack> attacks() {
    return attacks;
  }

  /** The step that the pictures show, that of the furthest one while they follow the attack. */
  int shownStep() {
    int scrubbed = scrubbedStep.get();
    return attacks.stream()
        .mapToInt(attack -> attack.shownStep(scrubbed))
        .max()
        .orElse(Math.max(0, scrubbed));
  }

  /** What a model made of a tile, row by row, once it is done. */
  public Optional<AttackedImage> result(int model, int tile) {
    return model >= attacks.size() || tile >= attacks.get(model).tiles().size()
        ? Optional.empty()
        : Optional.ofNullable(attacks.get(model).trajectory(tile).result());
  }

  /** What is to be remembered. */
  public Part part() {
    return new Part("compare").texts("models", compared::files, compared::propose, compared.all());
  }

  /** The models, in the order of their rows. */
  public ObservableList<ModelFile> compared() {
    return compared.all();
  }

  public ModelShelf shelf() {
    return shelf;
  }

  public AttackSetup setup() {
    return setup;
  }

  /** Why there is nothing to see; empty where there is. */
  ReadOnlyStringProperty hintProperty() {
    return hint.getReadOnlyProperty();
  }

  /** Which models know classes that have no column, in words; empty where none does. */
  ReadOnlyStringProperty leftOutProperty() {
    return leftOut.getReadOnlyProperty();
  }

  /** The step that all tiles show, or {@link Scrubber#FOLLOW}. */
  public IntegerProperty scrubbedStepProperty() {
    return scrubbedStep;
  }

  /** The tile that is marked, row by row; −1 for none. */
  public IntegerProperty selectedTileProperty() {
    return selectedTile;
  }

  /** The tile whose row shows the next model's pictures while the pointer is held; −1 for none. */
  public IntegerProperty heldTileProperty() {
    return heldTile;
  }

  /** How far the attacks are, in words. */
  public ReadOnlyStringProperty progressProperty() {
    return progress.getReadOnlyProperty();
  }

  public ReadOnlyBooleanProperty busyProperty() {
    return attacking.busyProperty();
  }

  /** Grows with everything that should be painted anew. */
  public ReadOnlyIntegerProperty revisionProperty() {
    return revision.getReadOnlyProperty();
  }

  /**
   * The opened images as the first compared model takes them; empty before there are any, or fewer
   * than two models.
   */
  Optional<Dataset> labeledImages() {
    Dataset source = setup.rows().sourceProperty().get();
    return source == null || compared().size() < 2
        ? Optional.empty()
        : Optional.of(
            Agreement.fitted(
                compared().getFirst().card(),
                source,
                setup.rows().fitProperty().get(),
                notice::sayLater));
  }
}
