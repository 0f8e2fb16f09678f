package org.pagexplorer.ui.shell;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import javafx.application.Platform;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.pagexplorer.dataset.Dataset;
import org.pagexplorer.dataset.Datasets;
import org.pagexplorer.dataset.Samples;
import org.pagexplorer.domain.UserException;
import org.pagexplorer.engine.natives.NativeLibraries;
import org.pagexplorer.lab.Home;
import org.pagexplorer.lab.model.EngineLane;
import org.pagexplorer.lab.model.PrivateCopy;
import org.pagexplorer.lab.runs.RunQueue;
import org.pagexplorer.ui.compare.AlignmentViewModel;
import org.pagexplorer.ui.compare.BlindTestViewModel;
import org.pagexplorer.ui.compare.CompareView;
import org.pagexplorer.ui.compare.CompareViewModel;
import org.pagexplorer.ui.compare.MeasureViewModel;
import org.pagexplorer.ui.compare.SteppedWork;
import org.pagexplorer.ui.explore.ExploreView;
import org.pagexplorer.ui.explore.ExploreViewModel;
import org.pagexplorer.ui.importing.ImportView;
import org.pagexplorer.ui.importing.ImportViewModel;
import org.pagexplorer.ui.support.Background;
import org.pagexplorer.ui.support.FileDialogs;
import org.pagexplorer.ui.support.ModelShelf;
import org.pagexplorer.ui.support.Sentence;
import org.pagexplorer.ui.support.Theme;
import org.pagexplorer.ui.toy.ToyView;
import org.pagexplorer.ui.toy.ToyViewModel;
import org.pagexplorer.ui.training.TrainingView;
import org.pagexplorer.ui.training.TrainingViewModel;

/**
 * The whole window but its frame: rail, models, screen, status. Composes the screens and gives them
 * what they need.
 */
public final class MainWindow extends BorderPane {
  private final EngineLane lane;
  private final ModelShelf shelf = new ModelShelf();
  private final ObjectProperty<Theme> theme = new SimpleObjectProperty<>(Theme.LIGHT);
  private final ExploreViewModel explore;
  private final ExploreView exploreView;
  private final CompareViewModel compare;
  private final MeasureViewModel measure;
  private final AlignmentViewModel alignment;
  private final BlindTestViewModel blindTest;
  private final CompareView compareView;
  private final ToyViewModel toy;
  private final ToyView toyView;
  private final TrainingViewModel training;
  private final TrainingView trainingView;
  private final ObjectProperty<Screen> screen = new SimpleObjectProperty<>(Screen.EXPLORE);
  private final ModelPane models;
  private final VBox middle;
  private final StatusLine status;
  private final FileDialogs dialogs;
  private final ImportViewModel importing;
  private final Opening opening;
  private final EnginePane engine = new EnginePane(this::startEngine);
  private String device;
  private boolean engineFailed;

  /** Images on which a foreign model's readings are compared. */
  private static final int MOST_CHECKED = 200;

  /** What the window shows. */
  public enum Screen {
    EXPLORE,
    COMPARE,
    TOY,
    TRAIN
  }

  /**
   * @param lane the engine's thread; the window does not close it
   * @param device the device that the lane was made for
   */
  public MainWindow(EngineLane lane, String device, FileDialogs dialogs) {
    this.lane = lane;
    this.device = device;
    this.dialogs = dialogs;
    explore = new ExploreViewModel(lane, shelf);
    exploreView = new ExploreView(explore, theme, dialogs, this::open, explore.rows()::openDataset);
    compare = new CompareViewModel(lane, shelf, explore.setup(), explore.noticeProperty()::set);
    measure = new MeasureViewModel(lane, compare, explore.noticeProperty()::set);
    alignment = new AlignmentViewModel(lane, compare, explore.noticeProperty()::set);
    blindTest = new BlindTestViewModel(lane, compare, explore.noticeProperty()::set);
    compareView =
        new CompareView(
            compare,
            measure,
            alignment,
            blindTest,
            theme,
            dialogs,
            this::open,
            explore.rows()::openDataset);
    toy = new ToyViewModel(explore.noticeProperty(), theme);
    toyView = new ToyView(toy, dialogs);
    training =
        new TrainingViewModel(
            lane,
            new RunQueue(Home.user().resolve("runs")),
            explore.noticeProperty()::set,
            this::shelve,
            shelf::forget);
    trainingView = new TrainingView(training, theme, dialogs);
    status =
        new StatusLine(
            explore.speedProperty(),
            explore
                .busyProperty()
                .or(compare.busyProperty())
                .or(measure.stateProperty().isEqualTo(SteppedWork.State.RUNNING))
                .or(alignment.stateProperty().isEqualTo(SteppedWork.State.RUNNING))
                .or(blindTest.preparingProperty()),
            this::stop,
            this::useDevice,
            engine::tryAgain);
    VBox.setVgrow(exploreView, Priority.ALWAYS);
    VBox.setVgrow(compareView, Priority.ALWAYS);
    VBox.setVgrow(toyView, Priority.ALWAYS);
    VBox.setVgrow(trainingView, Priority.ALWAYS);
    models = new ModelPane(shelf, dialogs, this::open);
    models.managedProperty().bind(models.visibleProperty());
    setLeft(new HBox(new Rail(this), models));
    middle = new VBox(new NoticeBar(explore.noticeProperty()), exploreView);
    importing = new ImportViewModel(lane, this::labelledImages, file -> open(List.of(file)));
    opening = new Opening(screen, shelf, explore, importing, toyView);
    setCenter(new StackPane(middle, new ImportView(importing), engine));
    importing
        .stageProperty()
        .addListener((property, old, now) -> yieldTo(now != ImportViewModel.Stage.CLOSED));
    screen.addListener((property, old, now) -> show(old, now));
    setBottom(status);
    theme.addListener((property, old, now) -> dress(now));
    sceneProperty().addListener((property, old, now) -> dress(theme.get()));
    new Dropping(this).listen();
    new Shortcuts(this).listen();
  }

  /** One screen is shown at a time; the others rest. */
  private void show(Screen old, Screen now) {
    switch (old) {
      case EXPLORE -> explore.rest();
      case COMPARE -> compare.hide();
      case TOY -> toy.hide();
      case TRAIN -> {} // its clock goes on: a queue waits for nobody to look
    }
    models.setVisible(now == Screen.EXPLORE);
    switch (now) {
      case EXPLORE -> {
        middle.getChildren().set(1, exploreView);
        explore.resume();
      }
      case COMPARE -> {
        middle.getChildren().set(1, compareView);
        compare.open();
      }
      case TOY -> {
        middle.getChildren().set(1, toyView);
        toy.open();
      }
      case TRAIN -> {
        explore.rows().folder().ifPresent(trainingView::propose);
        middle.getChildren().set(1, trainingView);
      }
    }
  }

  private void dress(Theme now) {
    if (getScene() != null) {
      now.applyTo(getScene());
    }
  }

  /** Loads models, samples and PyTorch, each on its own thread, behind the visible window. */
  public CompletableFuture<List<String>> begin() {
    explore.rows().open(() -> Samples.open(Home.assets()), Optional.empty());
    List<String> broken = shelf.scan(Home.modelFolders());
    if (!broken.isEmpty()) {
      explore.noticeProperty().set(broken.getFirst());
    }
    // Who opens the window for the first time sees at once what it is about.
    Stream.of("rigd", "class-mean")
        .flatMap(
            method -> shelf.models().stream().filter(model -> model.card().method().equals(method)))
        .findFirst()
        .or(() -> shelf.models().stream().findFirst())
        .ifPresent(shelf.chosenProperty()::set);
    training.open();
    Background.run(
        () -> {
          Home.sweep();
          PrivateCopy.sweep(Duration.ofHours(1));
          return "";
        },
        done -> {},
        failure -> {});
    return startEngine();
  }

  private CompletableFuture<List<String>> startEngine() {
    NativeLibraries.observe(engine.preparation());
    return lane.start()
        .whenComplete(
            (devices, failure) ->
                Platform.runLater(
                    () -> {
                      if (failure == null) {
                        engine.done();
                        status.loaded(devices, device);
                        catchUp();
                        training.devices().setAll(devices);
                      } else {
                        engineFailed = true;
                        status.failed();
                        engine.failed(Sentence.of(failure));
                      }
                    }));
  }

  /** Begins what could not begin when the engine came at the second attempt only. */
  private void catchUp() {
    if (!engineFailed) {
      return;
    }
    engineFailed = false;
    explore.noticeProperty().set("");
    switch (screen.get()) {
      case EXPLORE -> explore.restart();
      case COMPARE -> compare.open();
      case TOY, TRAIN -> {}
    }
    if (!toy.panels().isEmpty()) {
      toy.restart();
    }
  }

  private void useDevice(String chosen) {
    String before = device;
    lane.useDevice(chosen)
        .whenComplete(
            (now, failure) ->
                Platform.runLater(
                    () -> {
                      device = failure == null ? chosen : before;
                      if (failure == null) {
                        explore.outdate(); // a grid is made on one device
                        compare.restartSoon();
                      } else {
                        status.show(before);
                        explore.report(failure);
                      }
                    }));
  }

  /** Opens checkpoints, pictures and data sets, each told by what it is. */
  void open(List<Path> files) {
    opening.open(files);
  }

  private Optional<Dataset> labelledImages() {
    return Optional.ofNullable(explore.rows().sourceProperty().get())
        .map(source -> Datasets.limit(source, MOST_CHECKED, 0));
  }

  /** An import's questions are answered before pictures nobody looks at. */
  private void yieldTo(boolean questions) {
    switch (screen.get()) {
      case EXPLORE -> {
        if (questions) {
          explore.rest();
        } else {
          explore.resume();
        }
      }
      case COMPARE -> {
        if (questions) {
          compare.hide();
        } else {
          compare.open();
        }
      }
      case TOY, TRAIN -> {}
    }
  }

  /** Asks where, then saves the grid, the comparison, or the playground's panels. */
  void export() {
    switch (screen.get()) {
      case EXPLORE -> dialogs.save("grid.png").ifPresent(explore::export);
      case COMPARE -> compareView.export();
      case TOY -> toyView.exportFigure();
      case TRAIN -> explore.noticeProperty().set("A run's model is in its folder, and on Explore.");
    }
  }

  /** Ends what runs for this window; its lane is its owner's. */
  public void close() {
    engine.close();
    explore.cancel();
    compare.hide();
    measure.pause();
    alignment.pause();
    blindTest.stop();
    toy.close();
    training.close();
    importing.close();
  }

  /** Stops what runs on the engine's lane, within one step; what was made so far stays. */
  void stop() {
    explore.cancel();
    compare.cancel();
    measure.pause();
    alignment.pause();
    blindTest.stop();
  }

  void switchTheme() {
    theme.set(theme.get().other());
  }

  void help() {
    Help.show(getScene().getWindow());
  }

  public CompareViewModel compare() {
    return compare;
  }

  public MeasureViewModel measure() {
    return measure;
  }

  public AlignmentViewModel alignment() {
    return alignment;
  }

  public BlindTestViewModel blindTest() {
    return blindTest;
  }

  public TrainingViewModel training() {
    return training;
  }

  /** Says a sentence over whatever is shown. */
  void tell(String sentence) {
    explore.noticeProperty().set(sentence);
  }

  /** Puts a finished run's model among the others, without choosing it. */
  private void shelve(Path model) {
    try {
      shelf.add(model);
    } catch (UserException e) {
      explore.report(e);
    }
  }

  public ToyViewModel toy() {
    return toy;
  }

  /** The screen that is shown. */
  public ObjectProperty<Screen> screenProperty() {
    return screen;
  }

  ModelShelf shelf() {
    return shelf;
  }

  ImportViewModel importing() {
    return importing;
  }

  public ExploreViewModel explore() {
    return explore;
  }

  ObjectProperty<Theme> themeProperty() {
    return theme;
  }

  FileDialogs dialogs() {
    return dialogs;
  }
}
