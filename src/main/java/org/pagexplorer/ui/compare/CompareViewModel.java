package org.pagexplorer.ui.compare;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import javafx.application.Platform;
import javafx.beans.InvalidationListener;
import javafx.beans.Observable;
import javafx.beans.property.IntegerProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyIntegerProperty;
import javafx.beans.property.ReadOnlyIntegerWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleIntegerProperty;
import javafx.collections.FXCollections;
import javafx.collections.ListChangeListener;
import javafx.collections.ObservableList;
import org.jspecify.annotations.Nullable;
import org.pagexplorer.domain.AttackedImage;
import org.pagexplorer.domain.Image;
import org.pagexplorer.domain.InputShape;
import org.pagexplorer.domain.Method;
import org.pagexplorer.domain.ModelCard;
import org.pagexplorer.lab.attack.TargetGrid;
import org.pagexplorer.lab.attack.TargetGrid.Tile;
import org.pagexplorer.lab.model.EngineLane;
import org.pagexplorer.ui.attack.AttackSetup;
import org.pagexplorer.ui.attack.GridAttack;
import org.pagexplorer.ui.attack.GridExport;
import org.pagexplorer.lab.attack.OriginalImage;
import org.pagexplorer.ui.attack.Scrubber;
import org.pagexplorer.ui.support.Coalesced;
import org.pagexplorer.ui.support.ModelShelf;
import org.pagexplorer.checkpoint.catalogue.ModelFile;
import org.pagexplorer.ui.support.Sentence;

/**
 * Two to six models on the same images, targets, start and budget, on the FX thread. Each model has
 * a run of its own; they take turns on the engine's lane, a batch each.
 */
public final class CompareViewModel {
  private static final int FEWEST = 2;
  private static final int MOST = 6;

  /** Models that are compared before anybody has chosen. */
  private static final int FIRST = 3;

  private final EngineLane lane;
  private final ModelShelf shelf;
  private final AttackSetup setup;
  private final Consumer<String> say;
  private final ObservableList<ModelFile> compared = FXCollections.observableArrayList();
  private final IntegerProperty scrubbedStep = new SimpleIntegerProperty(Scrubber.FOLLOW);
  private final IntegerProperty selectedTile = new SimpleIntegerProperty(-1);
  private final IntegerProperty heldTile = new SimpleIntegerProperty(-1);
  private final ReadOnlyStringWrapper hint = new ReadOnlyStringWrapper("");
  private final ReadOnlyBooleanWrapper busy = new ReadOnlyBooleanWrapper();
  private final ReadOnlyIntegerWrapper revision = new ReadOnlyIntegerWrapper();
  private final Coalesced restart = new Coalesced(this::restartIfOpen);
  private final Coalesced refresh = new Coalesced(this::changed);
  private final Set<GridAttack> going = new HashSet<>();
  private final Set<GridAttack> failed = new HashSet<>();
  private List<GridAttack> runs = List.of();
  private boolean open;

  /**
   * @param say receives sentences for the user
   */
  public CompareViewModel(
      EngineLane lane, ModelShelf shelf, AttackSetup setup, Consumer<String> say) {
    this.lane = lane;
    this.shelf = shelf;
    this.setup = setup;
    this.say = say;
    InvalidationListener restartSoon = property -> restartSoon();
    setup.settings().all().forEach(property -> property.addListener(restartSoon));
    setup.rows().images().addListener(restartSoon);
    setup.targets().addListener(restartSoon);
    compared.addListener(restartSoon);
    shelf
        .models()
        .addListener(
            (ListChangeListener<ModelFile>) change -> compared.retainAll(List.copyOf(shelf.models())));
  }

  /** The screen is shown: what was not finished begins anew. */
  public void open() {
    open = true;
    if (compared.isEmpty()) {
      chooseFirst();
    }
    if (runs.isEmpty() || runs.stream().anyMatch(run -> !run.isFinished())) {
      restart();
    }
  }

  /** As in the paper's Figure 4, as far as there are such models: vanilla, aligned, distilled. */
  private void chooseFirst() {
    List<ModelFile> inOrder = new ArrayList<>();
    for (Method method : List.of(Method.VANILLA, Method.CLASS_MEAN, Method.RIGD)) {
      shelf.models().stream()
          .filter(model -> model.card().method().equals(method.id()))
          .findFirst()
          .ifPresent(inOrder::add);
    }
    inOrder.addAll(shelf.models());
    for (ModelFile model : inOrder) {
      boolean fits = compared.isEmpty() || agrees(model);
      if (compared.size() < FIRST && fits && !compared.contains(model)) {
        compared.add(model);
      }
    }
  }

  /** The screen is hidden: nobody looks. */
  public void hide() {
    open = false;
    cancel();
  }

  /** Whether a model knows the same classes and takes the same images as those compared. */
  private boolean agrees(ModelFile model) {
    ModelCard first = compared.getFirst().card();
    return model.card().classes().equals(first.classes())
        && model.card().architecture().input().equals(first.architecture().input());
  }

  /** Adds a model to the comparison, or takes it out; says why where that is not possible. */
  public void toggle(ModelFile model) {
    if (compared.contains(model)) {
      if (compared.size() > FEWEST) {
        compared.remove(model);
      } else {
        say.accept("A comparison needs two models: choose another one before you leave this out.");
      }
    } else if (compared.size() == MOST) {
      say.accept("Six models are compared at most: leave one out first.");
    } else if (!compared.isEmpty() && !agrees(model)) {
      say.accept(
          "\"%s\" knows other classes or takes other images than \"%s\": compare models of the same."
              .formatted(model.card().name(), compared.getFirst().card().name()));
    } else {
      compared.add(model);
    }
    revision.set(revision.get() + 1);
  }

  /** The pictures are no longer of what is chosen; they begin anew once the screen is shown. */
  public void restartSoon() {
    if (open) {
      restart.request();
    } else {
      runs = List.of();
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
    runs = List.of();
    List<OriginalImage> images = setup.rows().images();
    if (compared.size() < FEWEST) {
      hint.set("Choose two models or more on the left; open others with Open… on Explore.");
    } else if (images.isEmpty() || setup.targets().isEmpty()) {
      hint.set("Choose images.");
    } else if (!fits(images)) {
      hint.set("These models take images of another size: choose others.");
    } else if (!setup.settings().targetedProperty().get()
        && images.stream().anyMatch(image -> image.labelAmong(classes()).isEmpty())) {
      hint.set("An untargeted comparison needs images whose class is known to the models.");
    } else {
      hint.set("");
      start(List.copyOf(images));
    }
    changed();
  }

  private boolean fits(List<OriginalImage> images) {
    InputShape input = compared.getFirst().card().architecture().input();
    return images.stream().allMatch(image -> image.image().shape().equals(input));
  }

  private void start(List<OriginalImage> images) {
    List<GridAttack> next = new ArrayList<>();
    try {
      for (ModelFile model : compared) {
        next.add(
            new GridAttack(
                model,
                images,
                setup.rows().shownFrom(),
                heads(),
                setup.settings().precisionProperty().get(),
                setup.settings().specification(),
                tiles(images),
                refresh::request,
                say));
      }
    } catch (IllegalArgumentException e) {
      hint.set(Sentence.of(e));
      return;
    }
    runs = List.copyOf(next);
    going.addAll(next);
    failed.clear();
    busy.set(true);
    for (GridAttack run : next) {
      run.start(lane)
          .whenComplete((nothing, failure) -> Platform.runLater(() -> ended(run, failure)));
    }
  }

  /** One model's run has ended, in whatever way; the others go on. */
  private void ended(GridAttack run, @Nullable Throwable failure) {
    if (!going.remove(run)) {
      return;
    }
    if (failure != null) {
      failed.add(run);
      say.accept("\"%s\": %s".formatted(run.model().card().name(), Sentence.of(failure)));
    }
    busy.set(!going.isEmpty());
    changed();
  }

  private List<Tile> tiles(List<OriginalImage> images) {
    List<Image> originals = images.stream().map(OriginalImage::image).toList();
    return setup.settings().targetedProperty().get()
        ? TargetGrid.tiles(originals, targets())
        : TargetGrid.tilesAway(
            originals,
            images.stream().map(image -> image.labelAmong(classes()).orElseThrow()).toList());
  }

  private List<String> classes() {
    return compared.isEmpty() ? List.of() : compared.getFirst().card().classes();
  }

  /**
   * The chosen targets among the compared models' classes. They were chosen among those of
   * Explore's model: what these do not know is left out, and where nothing is left all are taken.
   */
  private List<Integer> targets() {
    List<String> chosenAmong = setup.classes().get();
    List<Integer> known =
        setup.targets().stream()
            .filter(target -> target < chosenAmong.size())
            .map(target -> classes().indexOf(chosenAmong.get(target)))
            .filter(target -> target >= 0)
            .toList();
    return known.isEmpty() ? IntStream.range(0, classes().size()).boxed().toList() : known;
  }

  /** The column heads beside the original. */
  List<String> heads() {
    return setup.settings().targetedProperty().get()
        ? targets().stream().map(classes()::get).toList()
        : List.of("anything else");
  }

  /** Ends the running attacks within one step; what they made so far stays on the screen. */
  public void cancel() {
    runs.forEach(GridAttack::cancel);
    going.clear();
    busy.set(false);
  }

  /** Says a sentence to the user. */
  void tell(String sentence) {
    say.accept(sentence);
  }

  /** Saves the finished grids as one figure, with its specification beside it. */
  public void export(Path file) {
    Optional<GridAttack> without = runs.stream().filter(failed::contains).findFirst();
    if (without.isPresent()) {
      say.accept(
          "\"%s\" has no pictures: leave it out of the comparison, then export."
              .formatted(without.get().model().card().name()));
      return;
    }
    GridExport.save(runs, file, say);
  }

  private void changed() {
    revision.set(revision.get() + 1);
  }

  /** Whether every picture is finished that can be. */
  private boolean isSettled() {
    return !busy.get()
        && !runs.isEmpty()
        && runs.stream().allMatch(run -> run.isFinished() || failed.contains(run));
  }

  /** Calls once when every picture is finished, those of models that failed left out. */
  public void settle(Runnable then) {
    if (isSettled()) {
      then.run();
      return;
    }
    busy.addListener(
        new InvalidationListener() {
          @Override
          public void invalidated(Observable property) {
            if (isSettled()) {
              busy.removeListener(this);
              then.run();
            }
          }
        });
  }

  /** The attacks on the screen, in the order of {@link #compared()}. */
  List<GridAttack> runs() {
    return runs;
  }

  /** The step that the pictures show, that of the furthest one while they follow the attack. */
  int shownStep() {
    int scrubbed = scrubbedStep.get();
    return runs.stream()
        .mapToInt(run -> run.shownStep(scrubbed))
        .max()
        .orElse(Math.max(0, scrubbed));
  }

  /** What a model made of a tile, row by row, once it is done. */
  public Optional<AttackedImage> result(int model, int tile) {
    return model >= runs.size() || tile >= runs.get(model).tiles().size()
        ? Optional.empty()
        : Optional.ofNullable(runs.get(model).trajectory(tile).result());
  }

  /** The models, in the order of their rows. */
  public ObservableList<ModelFile> compared() {
    return compared;
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

  public ReadOnlyBooleanProperty busyProperty() {
    return busy.getReadOnlyProperty();
  }

  /** Grows with everything that should be painted anew. */
  public ReadOnlyIntegerProperty revisionProperty() {
    return revision.getReadOnlyProperty();
  }
}
