package org.pagexplorer.ui.explore;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
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
import org.pagexplorer.domain.UserException;
import org.pagexplorer.lab.attack.OriginalImage;
import org.pagexplorer.lab.attack.TargetGrid.Tile;
import org.pagexplorer.lab.model.EngineLane;
import org.pagexplorer.ui.attack.AttackSettings;
import org.pagexplorer.ui.attack.AttackSetup;
import org.pagexplorer.ui.attack.GridAttack;
import org.pagexplorer.ui.attack.GridProgress;
import org.pagexplorer.ui.attack.ImageRows;
import org.pagexplorer.ui.attack.Misclassified;
import org.pagexplorer.ui.attack.Scrubber;
import org.pagexplorer.ui.control.TileRange;
import org.pagexplorer.ui.support.Activity;
import org.pagexplorer.ui.support.Coalesced;
import org.pagexplorer.ui.support.Complaint;
import org.pagexplorer.ui.support.ExportChoice;
import org.pagexplorer.ui.support.ModelShelf;
import org.pagexplorer.ui.support.Notice;
import org.pagexplorer.ui.viewer.ViewerViewModel;

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

  private final ModelShelf shelf;
  private final AttackSetup setup;
  private final Complaint complaint;
  private final IntegerProperty scrubbedStep = new SimpleIntegerProperty(FOLLOW);
  private final IntegerProperty selectedTile = new SimpleIntegerProperty(-1);
  private List<String> origins = List.of();
  private final ReadOnlyStringWrapper hint = new ReadOnlyStringWrapper("");
  private final ObservableList<OriginalImage> images;
  private final ReadOnlyStringWrapper progress = new ReadOnlyStringWrapper("");
  private final ReadOnlyIntegerWrapper revision = new ReadOnlyIntegerWrapper();
  private final ExploredAttack attack;
  private final TileSaliency saliencies;
  private final RowLabels labels;
  private final LikelyColumns likely;
  private final Readiness readiness;
  private final Coalesced restart = new Coalesced(this::restartUnlessResting);
  private final Coalesced refresh = new Coalesced(this::changed);
  private boolean resting;
  private boolean stale;
  private Optional<Wanted> wanted = Optional.empty();
  private final Map<List<String>, Targets> earlier = new HashMap<>();

  /** A tile that is to be selected once it is there. */
  private record Wanted(List<OriginalImage> of, int row, String head) {}

  /** As they were chosen among some classes, before a model of others was chosen. */
  private record Targets(List<Integer> chosen, int likely) {
    static Targets of(AttackSetup setup) {
      return new Targets(List.copyOf(setup.targets()), setup.likely().countProperty().get());
    }

    void chooseIn(AttackSetup setup) {
      if (likely > 0) {
        setup.targets().clear();
        setup.likely().ask(likely);
      } else {
        setup.likely().leave();
        setup.targets().setAll(chosen);
      }
    }
  }

  public ExploreViewModel(EngineLane lane, ModelShelf shelf, AttackSetup setup) {
    this.shelf = shelf;
    this.setup = setup;
    Notice notice = setup.notice();
    complaint = new Complaint(notice);
    images = setup.rows().images();
    attack = new ExploredAttack(lane, notice, this::changed);
    saliencies = new TileSaliency(lane, notice);
    labels = new RowLabels(lane, shelf, notice);
    InvalidationListener outdate = property -> outdate();
    setup.settings().all().forEach(property -> property.addListener(outdate));
    images.addListener(outdate);
    images.addListener((InvalidationListener) property -> imagesChanged());
    likely = new LikelyColumns(lane, shelf, setup, attack::inSight);
    readiness = new Readiness(shelf, setup, likely, labels);
    likely.pendingProperty().addListener((property, old, now) -> restart.request());
    setup.targets().addListener(outdate);
    setup.rows().readingProperty().addListener(property -> refresh.request());
    labels.askedProperty().addListener(property -> refresh.request());
    setup.rows().choice().findMisclassified(new Misclassified(lane, shelf::chosen, notice));
    setup.aims().of(() -> shelf.chosen().map(m -> m.card().architecture()));
    setup.rows().fitTo(() -> shelf.chosen().map(m -> m.card().architecture().input()));
    shelf.chosenProperty().addListener((property, old, now) -> modelChanged(old, now));
  }

  private void modelChanged(@Nullable ModelFile old, @Nullable ModelFile now) {
    outdate();
    labels.forget();
    if (now == null) {
      setup.targets().clear();
    } else if (old == null || !old.card().classes().equals(now.card().classes())) {
      if (old != null) {
        earlier.put(old.card().classes(), Targets.of(setup));
      }
      Optional.ofNullable(earlier.get(now.card().classes()))
          .ifPresentOrElse(before -> before.chooseIn(setup), setup.list()::begin);
    } else {
      likely.refresh();
    }
    setup.rows().modelChanged();
    setup.aims().modelChanged();
    hint.set(readiness.hint());
  }

  /**
   * What is on the screen is no longer of what is chosen: it goes at once, and the attack begins
   * again, where the screen is hidden as soon as it is shown.
   */
  public void outdate() {
    restart.request(); // first: who looks when the attack has gone sees that another one is due
    attack.forget();
  }

  /** Several changes of one user action make one attack. */
  private void restartUnlessResting() {
    if (resting) {
      stale = true;
    } else {
      restart();
    }
  }

  /** Cancels the running attack and starts over with what is set now. */
  public void restart() {
    attack.forget();
    Optional<ModelFile> model = shelf.chosen();
    if (model.isPresent() && readiness.isReady(model.get(), restart::request)) {
      try {
        List<Integer> away = setup.needsLabels() ? labels.of(images) : List.of();
        start(setup.attack(model.get(), setup.targets(), away, 1, refresh::request));
        complaint.settle();
      } catch (IllegalArgumentException | UserException e) {
        complaint.report(e);
      }
    }
    hint.set(readiness.hint());
    changed();
  }

  private void start(GridAttack next) {
    attack.show(next);
    scrubbedStep.set(FOLLOW); // what is made again is seen from its first step to its last
    if (selectedTile.get() < 0 || selectedTile.get() >= next.tiles().size()) {
      selectedTile.set(Math.min(FIRST_SELECTED, next.tiles().size() - 1));
    }
    selectWanted();
    attack.start();
  }

  /**
   * Selects a tile, at once or when the attack that is due has begun.
   *
   * @param of rows of any size, with that image
   * @param row its place among them
   * @param head of its column
   */
  public void reveal(List<OriginalImage> of, int row, String head) {
    wanted = Optional.of(new Wanted(List.copyOf(of), row, head));
    selectWanted();
  }

  private void selectWanted() {
    if (attack().isEmpty() || wanted.isEmpty()) {
      return;
    }
    GridAttack now = attack().get();
    int columns = now.heads().size();
    int column = now.heads().indexOf(wanted.get().head());
    int row = rows().placeOf(wanted.get().of(), wanted.get().row());
    int tile = row * columns + column;
    wanted = Optional.empty();
    if (column >= 0 && row >= 0 && tile < now.tiles().size()) {
      selectedTile.set(tile);
    }
  }

  /** These tiles are in sight: they are attacked first. */
  void look(TileRange now) {
    attack.look(now, resting);
  }

  /** Ends the running attack within one step; what it made so far stays on the screen. */
  public void cancel() {
    attack.cancel();
  }

  /** The screen is hidden: nothing runs, and what is changed meanwhile waits. */
  public void rest() {
    resting = true;
    cancel();
  }

  /** Goes on where the screen was left: an attack that was cut short or changed starts over. */
  public void resume() {
    resting = false;
    if (stale || attack.isUnfinished()) {
      stale = false;
      restart();
    }
  }

  /** Whether an attack is about to begin, as far as nothing is left to choose. */
  boolean isStarting() {
    boolean chosen = shelf.chosen().isPresent() && !images.isEmpty();
    return chosen && attack().isEmpty() && (restart.isPending() || readiness.isComing());
  }

  /** What is to be done or waited for while there is no attack. */
  String waitingFor() {
    if (images.isEmpty()) {
      return rows().readingProperty().get()
          ? "Reading images …"
          : "Drop pictures here, or choose some above the grid.";
    } else if (shelf.chosen().isEmpty()) {
      return "Choose a model on the left.";
    }
    return isStarting()
        ? "Starting the attack …"
        : "What the attack does to the selected tile is shown here.";
  }

  private void changed() {
    attack.readSpeed();
    progress.set(GridProgress.of(attack().stream().toList()));
    revision.set(revision.get() + 1);
  }

  /**
   * ∇ₓ f(x)_c of a tile's original, c its goal's class, computed on the engine's lane; the answer
   * comes on the FX thread.
   */
  void gradient(GridAttack of, Tile tile, Consumer<Image> answer) {
    attack.gradient(of, tile, answer);
  }

  /** Saliency maps of the tiles, for the large view. */
  ViewerViewModel.Saliencies saliencies() {
    return saliencies;
  }

  /** Adds the user's own pictures as the first rows, fitted to the model's shape. */
  public void addPictures(List<Path> files) {
    rows().addPictures(files, () -> shelf.chosen().map(m -> m.card().architecture().input()));
  }

  /** The attack, while it runs. */
  public Optional<Activity> activity() {
    return attack.activity();
  }

  /** The grid, its selected row and its selected tile. */
  List<ExportChoice> exports() {
    return attack.exports(Math.max(0, selectedTile.get()), () -> resting);
  }

  /** The attack that is on the screen, of what is chosen now; nothing before it has begun. */
  public Optional<GridAttack> attack() {
    return attack.now();
  }

  /** How far a tile of the attack on the screen is; −1 before its first step. */
  public int stepOf(int tile) {
    return attack.stepOf(tile);
  }

  /** What the attack on the screen made of a tile, once it is done. */
  public Optional<AttackedImage> lastResult(int tile) {
    return attack.lastResult(tile);
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

  /** A tile stays selected while only what is painted on the same images changes. */
  private void imagesChanged() {
    List<String> now = images.stream().map(OriginalImage::origin).toList();
    if (!now.equals(origins)) {
      selectedTile.set(-1);
    }
    origins = now;
  }

  /** The tile in the inspector, row by row; −1 for none. */
  public IntegerProperty selectedTileProperty() {
    return selectedTile;
  }

  /** Whether an attack is running. */
  public ReadOnlyBooleanProperty busyProperty() {
    return attack.busyProperty();
  }

  /** How far the attack is, in words. */
  public ReadOnlyStringProperty progressProperty() {
    return progress.getReadOnlyProperty();
  }

  /** PGD steps of single images a second. */
  public ReadOnlyDoubleProperty speedProperty() {
    return attack.speedProperty();
  }

  /** Grows with everything that should be repainted. */
  public ReadOnlyIntegerProperty revisionProperty() {
    return revision.getReadOnlyProperty();
  }
}
