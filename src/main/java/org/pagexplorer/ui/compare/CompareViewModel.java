package org.pagexplorer.ui.compare;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import javafx.beans.InvalidationListener;
import javafx.beans.property.IntegerProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyIntegerProperty;
import javafx.beans.property.ReadOnlyIntegerWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleIntegerProperty;
import javafx.collections.ObservableList;
import org.pagexplorer.checkpoint.catalogue.ModelFile;
import org.pagexplorer.dataset.Dataset;
import org.pagexplorer.domain.AttackedImage;
import org.pagexplorer.lab.model.Agreement;
import org.pagexplorer.lab.model.EngineLane;
import org.pagexplorer.ui.attack.AttackSetup;
import org.pagexplorer.ui.attack.GridAttack;
import org.pagexplorer.ui.attack.GridProgress;
import org.pagexplorer.ui.attack.Scrubber;
import org.pagexplorer.ui.attack.ShownTile;
import org.pagexplorer.ui.control.TileRange;
import org.pagexplorer.ui.settings.Part;
import org.pagexplorer.ui.support.Activity;
import org.pagexplorer.ui.support.Coalesced;
import org.pagexplorer.ui.support.Complaint;
import org.pagexplorer.ui.support.ExportChoice;
import org.pagexplorer.ui.support.ModelShelf;
import org.pagexplorer.ui.support.Notice;
import org.pagexplorer.ui.support.Request;

/**
 * Two to eight models on the same images, targets, start and budget, on the FX thread. Each model
 * is attacked on its own; they take turns on the engine's lane, a batch each.
 */
public final class CompareViewModel {
  private final ModelShelf shelf;
  private final AttackSetup setup;
  private final Notice notice;
  private final ComparedModels compared;
  private final ComparedTargets targets;
  private final ComparedAttacks attacks;
  private final ComparedGrids grids;
  private final IntegerProperty scrubbedStep = new SimpleIntegerProperty(Scrubber.FOLLOW);
  private final IntegerProperty selectedTile = new SimpleIntegerProperty(-1);
  private final IntegerProperty heldTile = new SimpleIntegerProperty(-1);
  private final ReadOnlyStringWrapper hint = new ReadOnlyStringWrapper("");
  private final ReadOnlyStringWrapper leftOut = new ReadOnlyStringWrapper("");
  private final ReadOnlyStringWrapper progress = new ReadOnlyStringWrapper("");
  private final ReadOnlyIntegerWrapper revision = new ReadOnlyIntegerWrapper();
  private final Coalesced restart = new Coalesced(this::restartIfOpen);
  private final Coalesced refresh = new Coalesced(this::changed);
  private boolean open;
  private Optional<Wanted> wanted = Optional.empty();

  /** A tile that is to be selected once it is there. */
  private record Wanted(ModelFile model, int image, String head) {}

  public CompareViewModel(EngineLane lane, ModelShelf shelf, AttackSetup setup) {
    this.shelf = shelf;
    this.setup = setup;
    notice = setup.notice();
    attacks = new ComparedAttacks(lane, notice, this::changed);
    compared = new ComparedModels(shelf, notice);
    targets = new ComparedTargets(setup, compared, this::targetsChanged);
    grids = new ComparedGrids(lane, targets, compared, refresh::request);
    InvalidationListener restartSoon = property -> restartSoon();
    setup.settings().all().forEach(property -> property.addListener(restartSoon));
    setup.rows().images().addListener(restartSoon);
    setup.targets().addListener(restartSoon);
    compared.all().addListener(restartSoon);
  }

  /** The screen is shown: what was not finished starts over. */
  public void open() {
    open = true;
    if (compared.all().isEmpty()) {
      compared.chooseFirst();
    }
    targets.setInSight(true);
    if (attacks.areUnfinished()) {
      restart();
    }
  }

  /** The screen is hidden: nobody looks. */
  public void hide() {
    open = false;
    targets.setInSight(false);
    compared.settle();
    grids.settle();
    cancel();
  }

  /** Compares these models, as far as they have classes in common; eight at most. */
  public void choose(List<ModelFile> models) {
    compared.choose(models);
  }

  /** Adds a model to the comparison, or takes it out; says why where that is not possible. */
  public void toggle(ModelFile model) {
    compared.toggle(model);
    changed();
  }

  private void targetsChanged() {
    grids.forgetColumns();
    restartSoon();
  }

  /** The pictures are no longer of what is chosen; they start over once the screen is shown. */
  public void restartSoon() {
    if (open) {
      restart.request();
    } else {
      attacks.forget();
      refresh.request();
    }
  }

  private void restartIfOpen() {
    if (open) {
      restart();
    }
  }

  /** Cancels what runs and starts over with what is set now. */
  private void restart() {
    cancel();
    attacks.forget();
    leftOut.set("");
    targets.update();
    targets.setInSight(open);
    hint.set(grids.missing());
    if (hint.get().isEmpty()) {
      Request mine = attacks.next();
      grids.make(
          attacks.inSight(),
          mine,
          new ComparedGrids.Answer(made -> start(made, mine), this::sayImpossible));
    }
    changed();
  }

  private void sayImpossible(String why) {
    hint.set(why);
    changed();
  }

  private void start(List<GridAttack> made, Request mine) {
    attacks.show(made);
    leftOut.set(setup.isTargeted() ? compared.leftOut() : "");
    selectWanted();
    scrubbedStep.set(Scrubber.FOLLOW);
    attacks.start(mine);
    changed();
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
    if (of < 0 || attacks.all().size() != compared.all().size()) {
      return;
    }
    List<String> heads = attacks.all().getFirst().heads();
    Wanted tile = wanted.get();
    int column = heads.indexOf(tile.head());
    int image = setup.rows().placeIn(attacks.all().getFirst().images(), tile.image());
    wanted = Optional.empty();
    if (column >= 0 && image >= 0) {
      changed(); // a tile has its place among those of now
      selectedTile.set(-1);
      selectedTile.set((image * attacks.all().size() + of) * heads.size() + column);
    }
  }

  /** The attack that a row of the grid is of; nothing where there is no such row. */
  Optional<GridAttack> attackOf(int tile) {
    return attacks.of(tile);
  }

  /** The selected tile as it is shown. */
  Optional<ShownTile> shownTile() {
    int tile = selectedTile.get();
    return attackOf(tile)
        .flatMap(
            attack -> {
              int columns = attack.heads().size();
              int own = tile / columns / attacks.all().size() * columns + tile % columns;
              return ShownTile.of(attack, own, scrubbedStep.get());
            });
  }

  /** These tiles are in sight: they are attacked first. */
  void look(TileRange now) {
    attacks.look(now, open);
  }

  /** Ends the running attacks within one step; what they made so far stays on the screen. */
  public void cancel() {
    attacks.cancel();
  }

  /** The attacks, while they run. */
  public Optional<Activity> activity() {
    return attacks.activity();
  }

  /** Says a sentence to the user. */
  void tell(String sentence) {
    notice.say(sentence);
  }

  /** The grids as one figure. */
  ExportChoice export() {
    return attacks.export(() -> open);
  }

  private void changed() {
    progress.set(GridProgress.of(attacks.all()));
    revision.set(revision.get() + 1);
  }

  /** Calls once when every picture is finished, those of models that failed left out. */
  public void settle(Runnable then) {
    attacks.settle(then);
  }

  /** The attacks on the screen, in the order of {@link #compared()}. */
  public List<GridAttack> attacks() {
    return attacks.all();
  }

  /** The step that the pictures show, that of the furthest one while they follow the attack. */
  int shownStep() {
    int scrubbed = scrubbedStep.get();
    return attacks.all().stream()
        .mapToInt(attack -> attack.shownStep(scrubbed))
        .max()
        .orElse(Math.max(0, scrubbed));
  }

  /** What a model made of a tile, row by row, once it is done. */
  public Optional<AttackedImage> result(int model, int tile) {
    return attacks.result(model, tile);
  }

  /** What is to be remembered. */
  public Part part() {
    return targets.addTo(
        new Part("compare").texts("models", compared::files, compared::propose, compared.all()));
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

  /** The same, with the targets that this comparison has. */
  ReadOnlyObjectProperty<AttackSetup> comparedSetupProperty() {
    return targets.setupProperty();
  }

  /** Why there is nothing to see; empty where there is. */
  public ReadOnlyStringProperty hintProperty() {
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
    return attacks.busyProperty();
  }

  /** Grows with everything that should be repainted. */
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

  /** The same; says so where there are none. */
  Optional<Dataset> labeledImages(Complaint lacking) {
    Optional<Dataset> images = labeledImages();
    if (images.isPresent()) {
      lacking.settle();
    } else {
      lacking.say("Choose two or more models and a dataset first.");
    }
    return images;
  }

  List<Path> comparedFiles() {
    return compared().stream().map(ModelFile::file).toList();
  }

  /** The opened dataset's folder; nothing for the samples. */
  Optional<Path> folder() {
    return setup.rows().folder();
  }
}
