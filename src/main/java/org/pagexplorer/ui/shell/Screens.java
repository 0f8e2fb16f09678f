package org.pagexplorer.ui.shell;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import javafx.beans.binding.Bindings;
import javafx.beans.binding.BooleanBinding;
import javafx.beans.binding.StringBinding;
import javafx.beans.property.ObjectProperty;
import javafx.collections.FXCollections;
import javafx.scene.Node;
import org.pagexplorer.domain.UserException;
import org.pagexplorer.lab.Home;
import org.pagexplorer.lab.model.EngineLane;
import org.pagexplorer.lab.runs.RunQueue;
import org.pagexplorer.ui.attack.AttackSettings;
import org.pagexplorer.ui.attack.AttackSetup;
import org.pagexplorer.ui.attack.ImageRows;
import org.pagexplorer.ui.compare.AlignmentViewModel;
import org.pagexplorer.ui.compare.BlindTestViewModel;
import org.pagexplorer.ui.compare.CompareView;
import org.pagexplorer.ui.compare.CompareViewModel;
import org.pagexplorer.ui.compare.MeasureViewModel;
import org.pagexplorer.ui.compare.MeasuringViewModel;
import org.pagexplorer.ui.compare.SteppedWork;
import org.pagexplorer.ui.control.TileGrid;
import org.pagexplorer.ui.explore.ExploreView;
import org.pagexplorer.ui.explore.ExploreViewModel;
import org.pagexplorer.ui.settings.Part;
import org.pagexplorer.ui.settings.Splits;
import org.pagexplorer.ui.shell.MainWindow.Screen;
import org.pagexplorer.ui.support.Activity;
import org.pagexplorer.ui.support.ExportChoice;
import org.pagexplorer.ui.support.FileDialogs;
import org.pagexplorer.ui.support.ModelShelf;
import org.pagexplorer.ui.support.Notice;
import org.pagexplorer.ui.support.Theme;
import org.pagexplorer.ui.toy.ToyView;
import org.pagexplorer.ui.toy.ToyViewModel;
import org.pagexplorer.ui.training.TrainingView;
import org.pagexplorer.ui.training.TrainingViewModel;

/**
 * Composes the screens: gives them the attack's setup and the notice that they share, and lets one
 * work while the others rest.
 */
final class Screens {
  private final ModelShelf shelf;
  private final Notice notice;
  final AttackSetup setup;
  final ExploreViewModel explore;
  final ExploreView exploreView;
  final CompareViewModel compare;
  final MeasureViewModel measure;
  final AlignmentViewModel alignment;
  final BlindTestViewModel blindTest;
  private final Later<CompareView> compareView;
  final ToyViewModel toy;
  private final Later<ToyView> toyView;
  final TrainingViewModel training;
  private final Later<TrainingView> trainingView;

  /**
   * @param open told of files that the user chose
   */
  Screens(
      EngineLane lane,
      ModelShelf shelf,
      Notice notice,
      ObjectProperty<Theme> theme,
      FileDialogs dialogs,
      Consumer<List<Path>> open) {
    this.shelf = shelf;
    this.notice = notice;
    setup =
        new AttackSetup(
            new ImageRows(notice),
            FXCollections.observableArrayList(),
            new AttackSettings(),
            shelf::classes,
            notice);
    explore = new ExploreViewModel(lane, shelf, setup);
    exploreView = new ExploreView(explore, theme, dialogs, open);
    compare = new CompareViewModel(lane, shelf, setup);
    measure = new MeasureViewModel(lane, compare, notice);
    alignment = new AlignmentViewModel(lane, compare, notice);
    blindTest = new BlindTestViewModel(lane, compare, notice);
    compareView =
        new Later<>(
            () -> new CompareView(compare, measure, alignment, blindTest, theme, dialogs, open));
    toy = new ToyViewModel(notice, theme);
    toyView = new Later<>(() -> new ToyView(toy, dialogs));
    RunQueue queue = new RunQueue(Home.user().resolve("runs"));
    training = new TrainingViewModel(lane, queue, notice, this::shelve, shelf::forget);
    trainingView = new Later<>(() -> new TrainingView(training, theme, dialogs));
  }

  /** Puts a finished run's model among the others, without choosing it. */
  private void shelve(Path model) {
    try {
      shelf.add(model);
    } catch (UserException e) {
      notice.report(e);
    }
  }

  /** Shows a tile of one attacking screen on the other. */
  void showElsewhere(Consumer<Screen> show) {
    exploreView.setOnCompare(
        tile -> {
          compareView.get().showPictures();
          show.accept(Screen.COMPARE);
          compare.reveal(tile.attack().model(), tile.row(), tile.head());
        });
    compareView.whenThere(
        view ->
            view.setOnExplore(
                tile -> {
                  shelf.chosenProperty().set(tile.attack().model());
                  show.accept(Screen.EXPLORE);
                  explore.reveal(tile.attack().images(), tile.row(), tile.head());
                }));
  }

  /** How large tiles are that the user has zoomed. */
  private static Part tilesPart(String name, String field, TileGrid grid) {
    return new Part(name).whole(field, grid.zoomedSideProperty(), 0, TileGrid.LARGEST);
  }

  /** Reads points into the playground. */
  void openPoints(Path file) {
    toyView.get().openPoints(file);
  }

  /** A screen, which is made when it is first asked for. */
  Node view(Screen screen) {
    return switch (screen) {
      case EXPLORE -> exploreView;
      case COMPARE -> compareView.get();
      case TOY -> toyView.get();
      case TRAIN -> trainingView.get();
    };
  }

  /** What is to be remembered of them. */
  List<Part> parts() {
    return List.of(
        setup.settings().part(),
        setup.panelPart(),
        setup.rowsPart(),
        setup.picturesPart(),
        setup.paintedPart(),
        compare.part(),
        measure.part(),
        alignment.part(),
        exploreView.viewer().saliency().part(),
        toy.part(),
        tilesPart("tiles", "explore", exploreView.grid()),
        Splits.part("splits", List.of(exploreView)));
  }

  /** The parts of {@link #laterParts} that were once within another. */
  static List<String> laterNames(String first) {
    return switch (first) {
      case "tiles" -> List.of("tiles-compare");
      case "splits" -> List.of("splits-compare", "splits-toy", "splits-train");
      default -> List.of();
    };
  }

  /** Tells what else is to be remembered of screens that are made later, when they are there. */
  void laterParts(Consumer<Part> told) {
    compareView.whenThere(
        view -> {
          told.accept(tilesPart("tiles-compare", "compare", view.grid()));
          told.accept(Splits.part("splits-compare", List.of(view)));
        });
    toyView.whenThere(view -> told.accept(Splits.part("splits-toy", List.of(view))));
    trainingView.whenThere(
        view -> {
          told.accept(view.part());
          told.accept(Splits.part("splits-train", List.of(view)));
        });
  }

  /** Nobody looks at it, or it waits. */
  void rest(Screen screen) {
    switch (screen) {
      case EXPLORE -> explore.rest();
      case COMPARE -> compare.hide();
      case TOY -> toy.hide();
      case TRAIN -> {} // its clock goes on: a queue waits for nobody to look
    }
  }

  void show(Screen screen) {
    switch (screen) {
      case EXPLORE -> explore.resume();
      case COMPARE -> compare.open();
      case TOY -> toy.open();
      case TRAIN -> setup.rows().folder().ifPresent(trainingView.get()::propose);
    }
  }

  /** Begins what could not begin when the engine came at the second attempt only. */
  void catchUp(Screen shown) {
    switch (shown) {
      case EXPLORE -> explore.restart();
      case COMPARE -> compare.open();
      case TOY, TRAIN -> {}
    }
    if (!toy.panels().isEmpty()) {
      toy.restart();
    }
  }

  /** The engine computes on another device: a grid is made on one. */
  void moved() {
    explore.outdate();
    compare.restartSoon();
  }

  /** Whether anything runs on the engine's lane, or for the paper's page, that can be stopped. */
  BooleanBinding busy() {
    return laneIsBusy().or(isReproducing());
  }

  private BooleanBinding laneIsBusy() {
    return explore
        .busyProperty()
        .or(compare.busyProperty())
        .or(isRunning(measure))
        .or(isRunning(alignment))
        .or(blindTest.preparingProperty());
  }

  private BooleanBinding isReproducing() {
    return measure.reproduction().stateProperty().isEqualTo(SteppedWork.State.RUNNING);
  }

  private static BooleanBinding isRunning(MeasuringViewModel<?> work) {
    return work.stateProperty().isEqualTo(SteppedWork.State.RUNNING);
  }

  /** What that is, in words. */
  StringBinding doing() {
    return Bindings.when(explore.busyProperty())
        .then(explore.progressProperty())
        .otherwise(
            Bindings.when(compare.busyProperty())
                .then(compare.progressProperty())
                .otherwise(
                    Bindings.when(isRunning(measure))
                        .then("measuring accuracies")
                        .otherwise(
                            Bindings.when(isRunning(alignment))
                                .then("measuring alignment")
                                .otherwise(
                                    Bindings.when(blindTest.preparingProperty())
                                        .then("preparing the blind test")
                                        .otherwise("reproducing the paper")))));
  }

  /** All that runs for the screens. */
  Stream<Activity> activities() {
    return Stream.of(
            explore.activity().stream(),
            compare.activity().stream(),
            unfinished(),
            measure.reproduction().activity().stream(),
            blindTest.activity().stream(),
            toy.activity().stream(),
            training.activities().stream())
        .flatMap(each -> each);
  }

  /** Of it, what would be lost with the window, and not soon made again. */
  Stream<Activity> unfinished() {
    return Stream.of(
            measure.activity("Measuring accuracies"),
            alignment.activity("Measuring alignment"),
            toy.seeds().activity())
        .flatMap(Optional::stream);
  }

  /**
   * Stops what {@link #doing} names, within one step; what was made so far stays. The paper's page,
   * which goes on beside everything else, is stopped once nothing else runs.
   */
  void stop() {
    if (!laneIsBusy().get()) {
      measure.reproduction().stop();
    }
    setup.rows().choice().stopSearch();
    explore.cancel();
    compare.cancel();
    measure.pause();
    alignment.pause();
    blindTest.stop();
  }

  /** What can be exported of a screen, the likeliest first. */
  List<ExportChoice> exports(Screen shown) {
    return switch (shown) {
      case EXPLORE -> exploreView.exports();
      case COMPARE -> compareView.get().exports();
      case TOY -> toyView.get().exports();
      case TRAIN -> trainingView.get().exports();
    };
  }

  /** Ends what runs for this window. */
  void close() {
    stop();
    compare.hide();
    measure.reproduction().close();
    toy.close();
    training.close();
  }
}
