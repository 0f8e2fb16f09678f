package org.pagexplorer.ui.explore;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.IntStream;
import javafx.beans.InvalidationListener;
import javafx.beans.property.IntegerProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyDoubleProperty;
import javafx.beans.property.ReadOnlyIntegerProperty;
import javafx.beans.property.ReadOnlyIntegerWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleIntegerProperty;
import javafx.collections.ObservableList;
import org.jspecify.annotations.Nullable;
import org.pagexplorer.checkpoint.catalogue.ModelFile;
import org.pagexplorer.domain.AttackedImage;
import org.pagexplorer.domain.Image;
import org.pagexplorer.domain.InputShape;
import org.pagexplorer.domain.ModelCard;
import org.pagexplorer.engine.InputGradients;
import org.pagexplorer.lab.attack.OriginalImage;
import org.pagexplorer.lab.attack.TargetGrid.Tile;
import org.pagexplorer.lab.model.EngineLane;
import org.pagexplorer.ui.attack.AttackSettings;
import org.pagexplorer.ui.attack.AttackSetup;
import org.pagexplorer.ui.attack.GridAttack;
import org.pagexplorer.ui.attack.GridExports;
import org.pagexplorer.ui.attack.GridPart;
import org.pagexplorer.ui.attack.GridProgress;
import org.pagexplorer.ui.attack.ImageRows;
import org.pagexplorer.ui.attack.LikelyTargets;
import org.pagexplorer.ui.attack.Misclassified;
import org.pagexplorer.ui.attack.Scrubber;
import org.pagexplorer.ui.control.TileRange;
import org.pagexplorer.ui.support.Activity;
import org.pagexplorer.ui.support.BackgroundTask;
import org.pagexplorer.ui.support.Coalesced;
import org.pagexplorer.ui.support.ExportChoice;
import org.pagexplorer.ui.support.ModelShelf;
import org.pagexplorer.ui.support.Notice;
import org.pagexplorer.ui.support.Requests;

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
  private final AttackSetup setup;
  private final Notice notice;
  private final IntegerProperty scrubbedStep = new SimpleIntegerProperty(FOLLOW);
  private final IntegerProperty selectedTile = new SimpleIntegerProperty(-1);
  private final ReadOnlyStringWrapper hint = new ReadOnlyStringWrapper("");
  private final ObservableList<OriginalImage> images;
  private final ReadOnlyStringWrapper progress = new ReadOnlyStringWrapper("");
  private final Requests attacks = new Requests();
  private final Speedometer speedometer = new Speedometer();
  private final ReadOnlyIntegerWrapper revision = new ReadOnlyIntegerWrapper();
  private final RowLabels labels;
  private final LikelyColumns likely;
  private final Coalesced restart = new Coalesced(this::restartUnlessResting);
  private final Coalesced refresh = new Coalesced(this::changed);
  private boolean resting;
  private boolean stale;
  private TileRange inSight = TileRange.ALL;
  private @Nullable GridAttack attack;
  private Optional<Wanted> wanted = Optional.empty();

  /** A tile that is to be selected once it is there. */
  private record Wanted(int image, String head) {}

  public ExploreViewModel(EngineLane lane, ModelShelf shelf, AttackSetup setup) {
    this.lane = lane;
    this.shelf = shelf;
    this.setup = setup;
    notice = setup.notice();
    images = setup.rows().images();
    labels = new RowLabels(lane, shelf, notice);
    InvalidationListener outdate = property -> outdate();
    setup.settings().all().forEach(property -> property.addListener(outdate));
    images.addListener(outdate);
    images.addListener((InvalidationListener) property -> selectedTile.set(-1));
    likely = new LikelyColumns(lane, shelf, setup, () -> inSight);
    likely.pendingProperty().addListener((property, old, now) -> restart.request());
    setup.targets().addListener(outdate);
    setup.rows().findMisclassified(new Misclassified(lane, shelf::chosen, notice));
    setup.rows().fitTo(() -> shelf.chosen().map(m -> m.card().architecture().input()));
    shelf.chosenProperty().addListener((property, old, now) -> modelChanged(old, now));
  }

  private void modelChanged(@Nullable ModelFile old, @Nullable ModelFile now) {
    outdate();
    labels.forget();
    if (now == null) {
      setup.targets().clear();
    } else if (old == null || !old.card().classes().equals(now.card().classes())) {
      chooseTargets(now.card().classes().size());
    } else {
      likely.refresh();
    }
    setup.rows().modelChanged();
    updateHint();
  }

  /** All, or of many the likeliest, which have to be found first. */
  private void chooseTargets(int classes) {
    if (LikelyTargets.isFew(classes)) {
      setup.likely().leave();
      setup.targets().setAll(IntStream.range(0, classes).boxed().toList());
    } else {
      setup.targets().clear();
      setup.likely().ask(LikelyTargets.FIRST);
    }
  }

  private void updateHint() {
    boolean none = setup.targets().isEmpty() && setup.isTargeted() && !likely.isPending();
    hint.set(
        shelf.chosen().isEmpty()
            ? ""
            : none
                ? "No target is chosen: tick classes in the list of targets."
                : shelf.chosen().get().card().method().equals("vanilla")
                    ? "A vanilla model reaches its targets with what looks like noise, at every ε:"
                        + " that is the finding, not a fault."
                    : "");
  }

  /**
   * What is on the screen is no longer of what is chosen: it goes at once, and the attack begins
   * anew, where the screen is hidden as soon as it is shown.
   */
  public void outdate() {
    cancel();
    attack = null;
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
    attack = null;
    Optional<ModelFile> model = shelf.chosen();
    if (model.isPresent() && isReady(model.get())) {
      try {
        List<Integer> away = setup.isTargeted() ? List.of() : labels.of(images);
        start(setup.attack(model.get(), setup.targets(), away, 1, refresh::request));
      } catch (IllegalArgumentException e) {
        notice.report(e);
      }
    }
    updateHint();
    changed();
  }

  private boolean isReady(ModelFile model) {
    return !images.isEmpty()
        && !likely.isPending()
        && (!setup.isTargeted() || !setup.targets().isEmpty())
        && fits(model.card())
        && (setup.isTargeted() || labels.areKnown(model, images, restart::request));
  }

  private void start(GridAttack next) {
    attack = next;
    scrubbedStep.set(FOLLOW); // what is made anew is seen from its first step to its last
    if (selectedTile.get() < 0 || selectedTile.get() >= next.tiles().size()) {
      selectedTile.set(Math.min(FIRST_SELECTED, next.tiles().size() - 1));
    }
    selectWanted();
    speedometer.reset();
    next.look(inSight);
    run(next);
  }

  /**
   * Selects a tile, at once or when the attack that is due has begun.
   *
   * @param image from the top
   * @param head of its column
   */
  public void reveal(int image, String head) {
    wanted = Optional.of(new Wanted(image, head));
    selectWanted();
  }

  private void selectWanted() {
    GridAttack now = attack;
    if (now == null || wanted.isEmpty()) {
      return;
    }
    int columns = now.heads().size();
    int column = now.heads().indexOf(wanted.get().head());
    int tile = wanted.get().image() * columns + column;
    wanted = Optional.empty();
    if (column >= 0 && tile < now.tiles().size()) {
      selectedTile.set(tile);
    }
  }

  private void run(GridAttack next) {
    BackgroundTask.after(next.start(lane))
        .within(attacks.next())
        .onFailed(notice::report)
        .andFinally(this::changed)
        .start();
  }

  /** These tiles are in sight: they are attacked first. */
  void look(TileRange now) {
    inSight = now;
    if (attack != null && attack.look(now) && !resting) {
      run(attack);
    }
  }

  private boolean fits(ModelCard card) {
    InputShape input = card.architecture().input();
    Optional<InputShape> other =
        images.stream().map(row -> row.image().shape()).filter(s -> !s.equals(input)).findFirst();
    if (other.isEmpty()) {
      return true;
    }
    notice.say(
        "\""
            + card.name()
            + "\" takes "
            + input
            + " images, but these are "
            + other.get()
            + "; choose other images or another model.");
    return false;
  }

  /** Ends the running attack within one step; what it made so far stays on the screen. */
  public void cancel() {
    if (attack != null) {
      attack.cancel();
    }
    attacks.cancel();
  }

  /** The screen is hidden: nothing runs, and what is changed meanwhile waits. */
  public void rest() {
    resting = true;
    cancel();
  }

  /** Goes on where the screen was left: an attack that was cut short or changed begins anew. */
  public void resume() {
    resting = false;
    if (stale || (attack != null && !attack.isSettled())) {
      stale = false;
      restart();
    }
  }

  private void changed() {
    attack().ifPresent(r -> speedometer.read(r.imageSteps()));
    progress.set(GridProgress.of(attack().stream().toList()));
    revision.set(revision.get() + 1);
  }

  /**
   * ∇ₓ f(x)_c of a tile's original, c its goal's class, computed on the engine's lane; the answer
   * comes on the FX thread.
   */
  void gradient(GridAttack of, Tile tile, Consumer<Image> answer) {
    BackgroundTask.on(
            lane,
            l ->
                InputGradients.ofLogit(
                        of.loaded(l).classifier(),
                        List.of(tile.image()),
                        new int[] {tile.goal().classIndex()})
                    .getFirst())
        .onDone(answer)
        .onFailed(notice::report)
        .start();
  }

  /** Adds the user's own pictures as the first rows, fitted to the model's shape. */
  public void addPictures(List<Path> files) {
    rows().addPictures(files, () -> shelf.chosen().map(m -> m.card().architecture().input()));
  }

  /** The attack, while it runs. */
  public Optional<Activity> activity() {
    return attack()
        .filter(now -> attacks.isBusy())
        .map(
            now ->
                GridProgress.activity(
                    "Attack on " + now.model().card().name(), List.of(now), this::cancel));
  }

  /** The grid, its selected row and its selected tile. */
  List<ExportChoice> exports() {
    int tile = Math.max(0, selectedTile.get());
    return List.of(
        export("Grid", "grid", GridPart::whole),
        export("Selected row", "row", now -> GridPart.row(now, tile)),
        export("Selected tile", "tile", now -> GridPart.tile(now, tile)));
  }

  private ExportChoice export(String title, String stem, Function<GridAttack, GridPart> part) {
    return GridExports.choice(
        title,
        stem,
        () -> attack().stream().toList(),
        attack().map(part),
        () -> resting,
        attacks::isBusy);
  }

  /** The attack that is on the screen, of what is chosen now; nothing before it has begun. */
  public Optional<GridAttack> attack() {
    return Optional.ofNullable(attack);
  }

  /** How far a tile of the attack on the screen is; −1 before its first step. */
  public int stepOf(int tile) {
    return attack()
        .filter(r -> tile < r.tiles().size())
        .map(r -> r.trajectory(tile).latest())
        .orElse(-1);
  }

  /** What the attack on the screen made of a tile, once it is done. */
  public Optional<AttackedImage> lastResult(int tile) {
    return attack()
        .filter(r -> tile < r.tiles().size())
        .flatMap(r -> Optional.ofNullable(r.trajectory(tile).result()));
  }

  /** The column heads beside the original. */
  List<String> heads() {
    return setup.heads(shelf.classes(), setup.targets());
  }

  /** The rows, the columns and every parameter. */
  public AttackSetup setup() {
    return setup;
  }

  /** The step that the pictures show, that of the furthest one while they follow the attack. */
  int shownStep() {
    int scrubbed = scrubbedStep.get();
    return attack().map(r -> r.shownStep(scrubbed)).orElse(Math.max(0, scrubbed));
  }

  public AttackSettings settings() {
    return setup.settings();
  }

  /** The rows and where they come from. */
  public ImageRows rows() {
    return setup.rows();
  }

  /** What one sees here, in words; empty where the pictures speak for themselves. */
  public ReadOnlyStringProperty hintProperty() {
    return hint.getReadOnlyProperty();
  }

  /** The target classes, in the order of the columns. */
  public ObservableList<Integer> targets() {
    return setup.targets();
  }

  /** The step that all tiles show, or {@link #FOLLOW}. */
  public IntegerProperty scrubbedStepProperty() {
    return scrubbedStep;
  }

  /** The tile in the inspector, row by row; −1 for none. */
  public IntegerProperty selectedTileProperty() {
    return selectedTile;
  }

  /** Whether an attack is running. */
  public ReadOnlyBooleanProperty busyProperty() {
    return attacks.busyProperty();
  }

  /** How far the attack is, in words. */
  public ReadOnlyStringProperty progressProperty() {
    return progress.getReadOnlyProperty();
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
