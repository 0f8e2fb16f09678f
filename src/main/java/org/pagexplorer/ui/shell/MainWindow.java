package org.pagexplorer.ui.shell;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.stream.Stream;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.scene.Node;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import org.pagexplorer.dataset.Dataset;
import org.pagexplorer.dataset.Datasets;
import org.pagexplorer.dataset.Samples;
import org.pagexplorer.lab.Home;
import org.pagexplorer.lab.model.EngineLane;
import org.pagexplorer.lab.model.PrivateCopy;
import org.pagexplorer.lab.settings.Recents.Kind;
import org.pagexplorer.ui.attack.AttackSetup;
import org.pagexplorer.ui.compare.AlignmentViewModel;
import org.pagexplorer.ui.compare.BlindTestViewModel;
import org.pagexplorer.ui.compare.CompareViewModel;
import org.pagexplorer.ui.compare.MeasureViewModel;
import org.pagexplorer.ui.explore.ExploreViewModel;
import org.pagexplorer.ui.importing.ImportView;
import org.pagexplorer.ui.importing.ImportViewModel;
import org.pagexplorer.ui.settings.Part;
import org.pagexplorer.ui.settings.RecentFiles;
import org.pagexplorer.ui.support.Activity;
import org.pagexplorer.ui.support.BackgroundTask;
import org.pagexplorer.ui.support.ExportChoice;
import org.pagexplorer.ui.support.FileDialogs;
import org.pagexplorer.ui.support.ModelArrangement;
import org.pagexplorer.ui.support.ModelOrder;
import org.pagexplorer.ui.support.ModelShelf;
import org.pagexplorer.ui.support.Notice;
import org.pagexplorer.ui.support.Theme;
import org.pagexplorer.ui.toy.ToyViewModel;
import org.pagexplorer.ui.training.TrainingViewModel;
import org.pagexplorer.ui.viewer.ViewerViewModel;

/** The whole window but its frame: rail, models, one of the screens, status. */
public final class MainWindow extends BorderPane {
  private final FileDialogs dialogs;
  private final ModelShelf shelf = new ModelShelf();
  private final ObjectProperty<Theme> theme = new SimpleObjectProperty<>(FIRST_THEME);
  private final StringProperty noticeText = new SimpleStringProperty("");
  private final Notice notice = new WindowNotice(noticeText);
  private final ObjectProperty<Screen> screen = new SimpleObjectProperty<>(Screen.EXPLORE);
  private final Screens screens;
  private final ModelPane models;
  private final StackPane middle;
  private final Messages messages;
  private final ImportViewModel importing;
  private final Opening opening;
  private final EngineStart engine;
  private final RecentFiles recent = new RecentFiles();
  private final ChosenModel chosen;
  private final WaitingExports waiting = new WaitingExports(notice);
  private final ActivityList running = new ActivityList(this::activities);
  private final Tour tour = new Tour(this);

  /** Of a window that remembers nothing. */
  static final Theme FIRST_THEME = Theme.LIGHT;

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
    this.dialogs = dialogs;
    FileDialogs all = new WindowDialogs(dialogs, choices -> exportDialog(choices).show());
    screens = new Screens(lane, shelf, notice, theme, all, this::open);
    engine = new EngineStart(lane, device, screens, screen, notice);
    models = new ModelPane(shelf, dialogs, recent, notice, this::open);
    models.managedProperty().bind(models.visibleProperty());
    setLeft(new HBox(new Rail(this, running.button()), models));
    middle = new StackPane(screens.view(Screen.EXPLORE));
    messages = new Messages(engine.status());
    messages.add(new NoticeBar(noticeText));
    importing = new ImportViewModel(lane, this::labeledImages, file -> open(List.of(file)));
    opening =
        new Opening(
            screen,
            shelf,
            explore(),
            importing,
            screens::openPoints,
            new FigureOpening(screen, screens, shelf, recent, notice),
            recent,
            notice);
    chosen = new ChosenModel(shelf, setup(), notice);
    setCenter(new StackPane(middle, tour.layer(), new ImportView(importing), engine.pane()));
    importing
        .stageProperty()
        .addListener((property, old, now) -> yieldTo(now != ImportViewModel.Stage.CLOSED));
    screen.addListener((property, old, now) -> show(old, now));
    screens.showElsewhere(screen::set);
    setBottom(messages);
    theme.addListener((property, old, now) -> dress(now));
    sceneProperty().addListener((property, old, now) -> dress(theme.get()));
    setup()
        .rows()
        .sourceProperty()
        .addListener(
            (property, old, now) ->
                setup().rows().folder().ifPresent(folder -> recent.opened(Kind.DATASETS, folder)));
    new Dropping(this).listen();
    new Shortcuts(this).listen();
  }

  /** One screen is shown at a time; the others rest. */
  private void show(Screen old, Screen now) {
    screens.rest(old);
    models.setVisible(now == Screen.EXPLORE);
    middle.getChildren().setAll(screens.view(now));
    screens.show(now);
  }

  private void dress(Theme now) {
    if (getScene() != null) {
      now.applyTo(getScene());
    }
  }

  /** Loads models, samples and PyTorch, each on its own thread, behind the visible window. */
  public CompletableFuture<List<String>> begin() {
    beginModels();
    return beginWork();
  }

  /** What one sees at first: models and samples. Nothing is attacked before {@link #beginWork}. */
  void beginModels() {
    explore().rest();
    setup().rows().open(() -> Samples.open(Home.assets()));
    List<String> broken = shelf.scan(Home.modelFolders());
    if (!broken.isEmpty()) {
      notice.say(broken.getFirst());
    }
    // Who opens the window for the first time sees at once what it is about.
    Stream.of("rigd", "class-mean")
        .flatMap(
            method -> shelf.models().stream().filter(model -> model.card().method().equals(method)))
        .findFirst()
        .or(() -> shelf.models().stream().findFirst())
        .ifPresent(shelf.chosenProperty()::set);
  }

  /** What takes processors from the first picture of the window, and is not seen in it. */
  CompletableFuture<List<String>> beginWork() {
    if (screen.get() == Screen.EXPLORE) {
      explore().resume();
    }
    training().open();
    running.open();
    BackgroundTask.of(Executors.callable(MainWindow::sweep)).start();
    return engine.begin();
  }

  private static void sweep() {
    Home.sweep();
    PrivateCopy.sweep(Duration.ofHours(1));
  }

  /** What is to be remembered of a window before it is shown. */
  static Part themePart(ObjectProperty<Theme> theme) {
    return new Part("theme").constant("theme", theme, Theme.values());
  }

  /** The device was said by who started the program, for this time. */
  void leaveDevice() {
    engine.leaveDevice();
  }

  /** What else is to be remembered, in the order in which it can be set. */
  List<Part> parts() {
    List<Part> parts = new ArrayList<>();
    parts.add(arrangementPart());
    parts.add(chosen.part());
    parts.addAll(screens.parts());
    engine.part().ifPresent(parts::add);
    parts.add(new Part("screen").constant("screen", screen, Screen.values()));
    return parts;
  }

  /** Tells what else is to be remembered of screens that are made later, when they are there. */
  void laterParts(Consumer<Part> told) {
    screens.laterParts(told);
  }

  private Part arrangementPart() {
    ModelArrangement arrangement = shelf.arrangement();
    return new Part("models")
        .constant("order", arrangement.orderProperty(), ModelOrder.values())
        .texts("hidden", arrangement::hidden, arrangement.hidden()::setAll, arrangement.hidden())
        .truth("showsHidden", arrangement.showsHiddenProperty());
  }

  /** Where one types which model to look for; they are beside Explore. */
  void searchModels() {
    if (screen.get() == Screen.EXPLORE) {
      models.search();
    }
  }

  /** What the chosen model's card shows, for pictures of it. */
  Optional<Region> card() {
    return shelf.chosen().map(models::card);
  }

  /** What was remembered has been set: it is where undoing ends. */
  void settled() {
    setup().undo().forget();
  }

  /** What was opened recently. */
  RecentFiles recent() {
    return recent;
  }

  /** Shows something in the status line. */
  void offer(Node bar) {
    engine.status().offer(bar);
  }

  /** Shows a bar over the screen. */
  void warn(Node bar) {
    messages.add(bar);
  }

  /** Takes the latest change of a parameter or of the rows back, or makes it again. */
  boolean undo(boolean again) {
    boolean attacks = screen.get() == Screen.EXPLORE || screen.get() == Screen.COMPARE;
    if (attacks && again) {
      setup().undo().redo();
    } else if (attacks) {
      setup().undo().undo();
    }
    return attacks;
  }

  /** Opens checkpoints, pictures and datasets, each told by what it is. */
  void open(List<Path> files) {
    opening.open(files);
  }

  private Optional<Dataset> labeledImages() {
    return Optional.ofNullable(setup().rows().sourceProperty().get())
        .map(source -> Datasets.limit(source, MOST_CHECKED, 0));
  }

  /** An import's questions are answered before pictures nobody looks at. */
  private void yieldTo(boolean questions) {
    switch (screen.get()) {
      case EXPLORE, COMPARE -> {
        if (questions) {
          screens.rest(screen.get());
        } else {
          screens.show(screen.get());
        }
      }
      case TOY, TRAIN -> {}
    }
  }

  void export() {
    exportDialog().show();
  }

  /** For what is on the screen, not shown yet. */
  ExportDialog exportDialog() {
    return exportDialog(screens.exports(screen.get()));
  }

  private ExportDialog exportDialog(List<ExportChoice> choices) {
    return new ExportDialog(getScene().getWindow(), choices, dialogs, waiting, notice);
  }

  /** Ends what runs for this window; its lane is its owner's. */
  public void close() {
    running.close();
    waiting.close();
    engine.pane().close();
    screens.close();
    importing.close();
  }

  /** What would be lost with the window, in words. */
  List<String> unfinished() {
    return Stream.concat(waiting.activities(), screens.unfinished())
        .map(each -> "%s (%s)".formatted(each.name(), each.words()))
        .toList();
  }

  /** All that runs, for the list of it. */
  private List<Activity> activities() {
    return Stream.of(
            screens.activities(), importing.activity().stream(), BackgroundTask.underWay().stream())
        .flatMap(each -> each)
        .toList();
  }

  /** Stops what the status line names, within one step; what was made so far stays. */
  void stop() {
    screens.stop();
  }

  void switchTheme() {
    theme.set(theme.get().other());
  }

  void help() {
    Help.show(getScene().getWindow(), tour.step(), tour::begin);
  }

  /** The key: leaves the tour, or else stops what runs. */
  void escape() {
    if (tour.isOpen()) {
      tour.leave();
    } else {
      stop();
    }
  }

  /** What shows the window to who is new to it. */
  Tour tour() {
    return tour;
  }

  /** Says a sentence over whatever is shown. */
  void tell(String sentence) {
    notice.say(sentence);
  }

  /** A sentence for the user; empty for none. */
  StringProperty noticeProperty() {
    return noticeText;
  }

  private AttackSetup setup() {
    return screens.setup;
  }

  public ExploreViewModel explore() {
    return screens.explore;
  }

  /** The large view of a tile. */
  ViewerViewModel viewer() {
    return screens.exploreView.viewer();
  }

  public CompareViewModel compare() {
    return screens.compare;
  }

  public MeasureViewModel measure() {
    return screens.measure;
  }

  public AlignmentViewModel alignment() {
    return screens.alignment;
  }

  public BlindTestViewModel blindTest() {
    return screens.blindTest;
  }

  public TrainingViewModel training() {
    return screens.training;
  }

  public ToyViewModel toy() {
    return screens.toy;
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

  ObjectProperty<Theme> themeProperty() {
    return theme;
  }

  FileDialogs dialogs() {
    return dialogs;
  }
}
