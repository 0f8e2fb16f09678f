package org.pagexplorer.ui.explore;

import org.pagexplorer.checkpoint.catalogue.ModelFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.application.Platform;
import javafx.beans.InvalidationListener;
import javafx.beans.property.IntegerProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyDoubleProperty;
import javafx.beans.property.ReadOnlyIntegerProperty;
import javafx.beans.property.ReadOnlyIntegerWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleIntegerProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.jspecify.annotations.Nullable;
import org.pagexplorer.domain.AttackedImage;
import org.pagexplorer.domain.Image;
import org.pagexplorer.domain.InputShape;
import org.pagexplorer.domain.ModelCard;
import org.pagexplorer.engine.InputGradients;
import org.pagexplorer.lab.attack.TargetGrid;
import org.pagexplorer.lab.attack.TargetGrid.Tile;
import org.pagexplorer.lab.model.EngineLane;
import org.pagexplorer.ui.attack.AttackSettings;
import org.pagexplorer.ui.attack.AttackSetup;
import org.pagexplorer.ui.attack.GridAttack;
import org.pagexplorer.ui.attack.GridExport;
import org.pagexplorer.ui.attack.ImageRows;
import org.pagexplorer.lab.attack.OriginalImage;
import org.pagexplorer.ui.attack.Scrubber;
import org.pagexplorer.ui.support.Coalesced;
import org.pagexplorer.ui.support.ModelShelf;
import org.pagexplorer.ui.support.Sentence;

/**
 * What the Explore screen shows and does. All of it on the FX thread, but for what the running
 * attack reports.
 *
 * <p>Latest wins: a change cancels the running attack between two steps and starts the next one. At
 * most one refresh is pending for the FX thread at any time.
 */
public final class ExploreViewModel {
  /** The scrubber's position while it follows the attack. */
  public static final int FOLLOW = Scrubber.FOLLOW;

  /**
   * The tile in the inspector before anybody has clicked: on CIFAR-10, the first image as a cat.
   */
  private static final int FIRST_SELECTED = 3;

  private final EngineLane lane;
  private final ModelShelf shelf;
  private final AttackSettings settings = new AttackSettings();
  private final ObservableList<Integer> targets = FXCollections.observableArrayList();
  private final IntegerProperty scrubbedStep = new SimpleIntegerProperty(FOLLOW);
  private final IntegerProperty selectedTile = new SimpleIntegerProperty(-1);
  private final ReadOnlyStringWrapper hint = new ReadOnlyStringWrapper("");
  private final StringProperty notice = new SimpleStringProperty("");
  private final ImageRows rows = new ImageRows(notice::set, this::report);
  private final ObservableList<OriginalImage> images = rows.images();
  private final AttackSetup setup =
      new AttackSetup(rows, targets, settings, this::classes, notice::set);
  private final ReadOnlyBooleanWrapper busy = new ReadOnlyBooleanWrapper();
  private final Speedometer speedometer = new Speedometer();
  private final ReadOnlyIntegerWrapper revision = new ReadOnlyIntegerWrapper();
  private final RowLabels labels;
  private final Coalesced restart = new Coalesced(this::restartUnlessResting);
  private final Coalesced refresh = new Coalesced(this::changed);
  private boolean resting;
  private boolean stale;
  private @Nullable GridAttack run;

  public ExploreViewModel(EngineLane lane, ModelShelf shelf) {
    this.lane = lane;
    this.shelf = shelf;
    labels = new RowLabels(lane, shelf, this::report);
    InvalidationListener outdate = property -> outdate();
    settings.all().forEach(property -> property.addListener(outdate));
    images.addListener(outdate);
    images.addListener((InvalidationListener) property -> selectedTile.set(-1));
    targets.addListener(outdate);
    shelf.chosenProperty().addListener((property, old, now) -> modelChanged(old, now));
  }

  private void modelChanged(@Nullable ModelFile old, @Nullable ModelFile now) {
    outdate();
    labels.forget();
    if (now == null) {
      hint.set("");
      targets.clear();
      return;
    }
    hint.set(
        now.card().method().equals("vanilla")
            ? "A vanilla model reaches its targets with what looks like noise, at every ε: that is"
                + " the finding, not a fault."
            : "");
    if (old == null || !old.card().classes().equals(now.card().classes())) {
      List<Integer> all = new ArrayList<>();
      for (int c = 0; c < now.card().classes().size(); c++) {
        all.add(c);
      }
      targets.setAll(all);
    }
  }

  /**
   * What is on the screen is no longer of what is chosen: it goes at once, and the attack begins
   * anew, where the screen is hidden as soon as it is shown.
   */
  public void outdate() {
    cancel();
    run = null;
    restart.request();
  }

  /** Several changes of one user action make one attack. */
  private void restartUnlessResting() {
    if (resting) {
      stale = true;
    } else {
      restart();
    }
  }

  /** Cancels the running attack and starts anew with what is set now. */
  public void restart() {
    cancel();
    run = null;
    Optional<ModelFile> model = shelf.chosen();
    if (model.isPresent() && isReady(model.get())) {
      try {
        start(
            new GridAttack(
                model.get(),
                images,
                rows.shownFrom(),
                heads(),
                settings.precisionProperty().get(),
                settings.specification(),
                tiles(),
                refresh::request,
                notice::set));
      } catch (IllegalArgumentException e) {
        notice.set(Sentence.of(e));
      }
    }
    changed();
  }

  private boolean isReady(ModelFile model) {
    return !images.isEmpty()
        && !targets.isEmpty()
        && fits(model.card())
        && (settings.targetedProperty().get() || labels.areKnown(model, images, restart::request));
  }

  private void start(GridAttack next) {
    run = next;
    if (selectedTile.get() < 0 || selectedTile.get() >= next.tiles().size()) {
      selectedTile.set(Math.min(FIRST_SELECTED, next.tiles().size() - 1));
    }
    speedometer.reset();
    busy.set(true);
    next.start(lane)
        .whenComplete((nothing, failure) -> Platform.runLater(() -> ended(next, failure)));
  }

  private boolean fits(ModelCard card) {
    InputShape input = card.architecture().input();
    Optional<InputShape> other =
        images.stream().map(row -> row.image().shape()).filter(s -> !s.equals(input)).findFirst();
    if (other.isEmpty()) {
      return true;
    }
    notice.set(
        "\""
            + card.name()
            + "\" takes "
            + input
            + " images, but these are "
            + other.get()
            + "; choose other images or another model.");
    return false;
  }

  private List<Tile> tiles() {
    List<Image> originals = images.stream().map(OriginalImage::image).toList();
    return settings.targetedProperty().get()
        ? TargetGrid.tiles(originals, List.copyOf(targets))
        : TargetGrid.tilesAway(originals, labels.of(images));
  }

  private void ended(GridAttack ended, @Nullable Throwable failure) {
    if (ended != run) {
      return;
    }
    busy.set(false);
    if (failure != null) {
      notice.set(Sentence.of(failure));
    }
    changed();
  }

  /** Ends the running attack within one step; what it made so far stays on the screen. */
  public void cancel() {
    if (run != null) {
      run.cancel();
    }
    busy.set(false);
  }

  /** The screen is hidden: nothing runs, and what is changed meanwhile waits. */
  public void rest() {
    resting = true;
    cancel();
  }

  /** Goes on where the screen was left: an attack that was cut short or changed begins anew. */
  public void resume() {
    resting = false;
    if (stale || (run != null && !run.isFinished())) {
      stale = false;
      restart();
    }
  }

  private void changed() {
    run().ifPresent(r -> speedometer.read(r.imageSteps()));
    revision.set(revision.get() + 1);
  }

  /**
   * ∇ₓ f(x)_c of a tile's original, c its goal's class, computed on the engine's lane; the answer
   * comes on the FX thread.
   */
  void gradient(GridAttack of, Tile tile, Consumer<Image> answer) {
    lane.submit(
            l ->
                InputGradients.ofLogit(
                        of.loaded(l).classifier(),
                        List.of(tile.image()),
                        new int[] {tile.goal().classIndex()})
                    .getFirst())
        .whenComplete(
            (gradient, failure) ->
                Platform.runLater(
                    () -> {
                      if (failure == null) {
                        answer.accept(gradient);
                      } else {
                        report(failure);
                      }
                    }));
  }

  /** Adds the user's own pictures as the first rows, fitted to the model's shape. */
  public void addPictures(List<Path> files) {
    rows.addPictures(files, () -> shelf.chosen().map(m -> m.card().architecture().input()));
  }

  /** Saves the finished grid as a figure, with its specification beside it. */
  public void export(Path file) {
    GridExport.save(run().stream().toList(), file, notice::set);
  }

  /** Shows a failure as a sentence. */
  public void report(Throwable failure) {
    notice.set(Sentence.of(failure));
  }

  /** The attack that is on the screen, of what is chosen now; nothing before it has begun. */
  public Optional<GridAttack> run() {
    return Optional.ofNullable(run);
  }

  /** How far a tile of the attack on the screen is; −1 before its first step. */
  public int stepOf(int tile) {
    return run()
        .filter(r -> tile < r.tiles().size())
        .map(r -> r.trajectory(tile).latest())
        .orElse(-1);
  }

  /** What the attack on the screen made of a tile, once it is done. */
  public Optional<AttackedImage> lastResult(int tile) {
    return run()
        .filter(r -> tile < r.tiles().size())
        .flatMap(r -> Optional.ofNullable(r.trajectory(tile).result()));
  }

  /** The column heads beside the original. */
  List<String> heads() {
    List<String> classes = classes();
    return settings.targetedProperty().get()
        ? targets.stream().map(classes::get).toList()
        : List.of("anything else");
  }

  /** The class names of the chosen model. */
  List<String> classes() {
    return shelf.chosen().map(m -> m.card().classes()).orElse(List.of());
  }

  /** The rows, the columns and every parameter. */
  public AttackSetup setup() {
    return setup;
  }

  /** The step that the pictures show, that of the furthest one while they follow the attack. */
  int shownStep() {
    int scrubbed = scrubbedStep.get();
    return run().map(r -> r.shownStep(scrubbed)).orElse(Math.max(0, scrubbed));
  }

  public AttackSettings settings() {
    return settings;
  }

  /** The rows and where they come from. */
  public ImageRows rows() {
    return rows;
  }

  /** What one sees here, in words; empty where the pictures speak for themselves. */
  public ReadOnlyStringProperty hintProperty() {
    return hint.getReadOnlyProperty();
  }

  /** The target classes, in the order of the columns. */
  public ObservableList<Integer> targets() {
    return targets;
  }

  /** The step that all tiles show, or {@link #FOLLOW}. */
  public IntegerProperty scrubbedStepProperty() {
    return scrubbedStep;
  }

  /** The tile in the inspector, row by row; −1 for none. */
  public IntegerProperty selectedTileProperty() {
    return selectedTile;
  }

  /** A sentence for the user; empty for none. */
  public StringProperty noticeProperty() {
    return notice;
  }

  /** Whether an attack is running. */
  public ReadOnlyBooleanProperty busyProperty() {
    return busy.getReadOnlyProperty();
  }

  /** PGD steps of single images a second. */
  public ReadOnlyDoubleProperty speedProperty() {
    return speedometer.speedProperty();
  }

  /** Grows with everything that should be painted anew. */
  public ReadOnlyIntegerProperty revisionProperty() {
    return revision.getReadOnlyProperty();
  }
}
