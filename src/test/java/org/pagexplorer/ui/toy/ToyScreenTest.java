package org.pagexplorer.ui.toy;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.pagexplorer.ui.support.Waiting.waitFor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.geometry.Point2D;
import javafx.scene.Scene;
import javafx.scene.control.ComboBox;
import javafx.scene.control.TextField;
import javafx.scene.input.Clipboard;
import javafx.scene.input.ClipboardContent;
import javafx.scene.input.KeyCode;
import javafx.scene.input.MouseButton;
import javafx.stage.Stage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pagexplorer.checkpoint.CheckpointFiles;
import org.pagexplorer.dataset.toy.PointSet;
import org.pagexplorer.domain.Family;
import org.pagexplorer.domain.Method;
import org.pagexplorer.engine.TorchEngine;
import org.pagexplorer.lab.TargetGrid;
import org.pagexplorer.lab.figure.FigureMaker;
import org.pagexplorer.lab.figure.FigureSpecification;
import org.pagexplorer.lab.figure.FigureSpecification.Toy;
import org.pagexplorer.lab.figure.FigureText;
import org.pagexplorer.lab.toy.AttackPath;
import org.pagexplorer.lab.toy.SetupText;
import org.pagexplorer.lab.toy.ToySetup;
import org.pagexplorer.lab.toy.ToySetup.Points;
import org.pagexplorer.ui.support.AnsweringDialogs;
import org.pagexplorer.ui.support.FxTest;
import org.pagexplorer.ui.support.Theme;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.Start;

@FxTest
class ToyScreenTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir Path folder;

  private final AnsweringDialogs dialogs = new AnsweringDialogs();
  private final SimpleStringProperty notice = new SimpleStringProperty("");
  private ToyViewModel model;
  private ToyView view;

  @Start
  void start(Stage stage) {
    model = new ToyViewModel(notice, new SimpleObjectProperty<>(Theme.LIGHT));
    view = new ToyView(model, dialogs);
    Scene scene = new Scene(view, 1300, 900);
    Theme.LIGHT.applyTo(scene);
    stage.setScene(scene);
    stage.show();
    model.open();
  }

  @AfterEach
  void close(FxRobot robot) {
    robot.interact(model::close);
  }

  private void waitForTraining() {
    waitFor("the networks to learn", PATIENCE, () -> model.epochsProperty().get() > 0.2);
  }

  private void pause(FxRobot robot) {
    waitForTraining();
    robot.clickOn("#toy-play");
    waitFor("the pause", () -> !model.playingProperty().get());
    waitForRest();
  }

  /** Until the frame under way, and the one in full resolution after it, are on the screen. */
  private void waitForRest() {
    long[] seen = {-1};
    waitFor(
        "the last frame",
        PATIENCE,
        () -> {
          boolean same = seen[0] == model.frames();
          seen[0] = model.frames();
          Thread.sleep(150);
          return same;
        });
  }

  private Point2D onScreen(int panel, double x1, double x2) {
    PlaneCanvas canvas = view.canvas(panel);
    return canvas.localToScreen(canvas.toPixel(x1, x2));
  }

  private void choose(FxRobot robot, ComboBox<String> box, String value) {
    robot.interact(
        () -> {
          box.setValue(value);
          box.getOnAction().handle(new javafx.event.ActionEvent());
        });
  }

  private void type(FxRobot robot, String id, String text) {
    TextField field = robot.lookup(id).queryAs(TextField.class);
    robot.interact(
        () -> {
          field.setText(text);
          field.getOnAction().handle(new javafx.event.ActionEvent());
        });
  }

  @Test
  void opensOnTwoNetworksThatLearnFromOneSeed() {
    waitForTraining();
    assertEquals(
        List.of(Method.VANILLA, Method.NEAREST_NEIGHBOR),
        model.panels().stream().map(panel -> panel.schemeProperty().get().method()).toList());
    waitFor("numbers", PATIENCE, () -> model.panels().get(1).numbersProperty().get() != null);
    assertEquals(600, model.panels().get(0).numbersProperty().get().n());
  }

  @Test
  void pausesGoesOneStepAndOneEpochAndResets(FxRobot robot) {
    pause(robot);
    double before = model.epochsProperty().get();
    robot.clickOn("#toy-step");
    waitFor("one step", () -> model.epochsProperty().get() > before);
    assertEquals(before + 1.0 / 47, model.epochsProperty().get(), 1e-9);
    robot.clickOn("#toy-epoch");
    double whole = Math.floor(before + 1.0 / 47) + 1;
    waitFor("the epoch's end", PATIENCE, () -> model.epochsProperty().get() == whole);
    robot.clickOn("#toy-reset");
    waitFor("the beginning", () -> model.epochsProperty().get() == 0);
    assertFalse(model.playingProperty().get());
  }

  @Test
  void trainsToTheLastEpochAndBeginsAnewWhenPlayedAgain(FxRobot robot) {
    robot.interact(() -> model.change(now -> now.withEpochs(2)));
    waitFor("the end", PATIENCE, () -> !model.playingProperty().get());
    waitForRest();
    assertEquals(2, model.epochsProperty().get(), 1e-9);
    robot.interact(() -> model.change(now -> now.withEpochs(50)));
    robot.clickOn("#toy-play");
    waitFor("more epochs", PATIENCE, () -> model.epochsProperty().get() > 2.1);
  }

  @Test
  void aClickShowsThePathsWithinTheBallInEachPanel(FxRobot robot) {
    pause(robot);
    robot.clickOn(onScreen(0, 10, 20), MouseButton.PRIMARY);
    for (PanelModel panel : model.panels()) {
      waitFor("paths", PATIENCE, () -> panel.frameProperty().get().paths().size() == 3);
      for (AttackPath path : panel.frameProperty().get().paths()) {
        assertEquals(11, path.size());
        int last = 2 * path.size() - 2;
        double moved =
            Math.hypot(
                path.iterates()[last] - path.iterates()[0],
                path.iterates()[last + 1] - path.iterates()[1]);
        assertTrue(moved <= 15 * (1 + 1e-5), "moved by " + moved);
      }
    }
    assertEquals(1, model.clickProperty().get().label());
  }

  @Test
  void aPaintedPointIsOneMoreAndCanBeUndoneAndRedone(FxRobot robot) {
    pause(robot);
    robot.clickOn("#toy-clear");
    waitFor("the empty plane", () -> model.problemProperty().get().train().size() == 0);
    robot.clickOn("#toy-tool-blue");
    robot.clickOn(onScreen(0, -60, -40), MouseButton.PRIMARY);
    waitFor("the point", () -> model.problemProperty().get().train().size() == 1);
    PointSet one = model.problemProperty().get().train();
    assertEquals(-60, one.x1(0), 1);
    assertEquals(-40, one.x2(0), 1);
    assertEquals(0, one.labels()[0]);
    robot.clickOn("#toy-undo");
    waitFor("the undo", () -> model.problemProperty().get().train().size() == 0);
    robot.clickOn("#toy-redo");
    waitFor("the redo", () -> model.problemProperty().get().train().size() == 1);
    robot.clickOn("#toy-undo").clickOn("#toy-undo");
    waitFor("the line", () -> model.problemProperty().get().train().size() == 6000);
  }

  @Test
  void fewPaintedPointsOfBothClassesAreLearnt(FxRobot robot) {
    robot.interact(
        () -> {
          model.usePoints(new Points.Own(PointSet.EMPTY));
          PointSet few =
              PointSet.EMPTY.with(-50, 0, 0).with(-40, 10, 0).with(40, 0, 1).with(55, 5, 1);
          model.usePoints(new Points.Own(few));
          model.change(now -> now.withEpochs(200));
          model.playingProperty().set(true);
        });
    waitFor("the end", PATIENCE, () -> !model.playingProperty().get());
    waitForRest();
    assertEquals(1, model.panels().get(0).numbersProperty().get().clean());
    // 0.4 of the median distance to the other class
    assertEquals(35, model.setupProperty().get().epsilon(), 4);
  }

  @Test
  void anEraserTakesPointsAway(FxRobot robot) {
    robot.interact(
        () -> {
          model.playingProperty().set(false);
          PointSet few =
              PointSet.EMPTY.with(-50, 0, 0).with(-40, 60, 0).with(40, 0, 1).with(55, 5, 1);
          model.usePoints(new Points.Own(few));
        });
    waitForRest();
    robot.clickOn("#toy-tool-erase");
    robot.clickOn(onScreen(1, -40, 60), MouseButton.PRIMARY);
    waitFor("three points", () -> model.problemProperty().get().train().size() == 3);
  }

  @Test
  void panelsAreAddedAndTakenAway(FxRobot robot) {
    waitForTraining();
    robot.interact(() -> model.addPanel(new ToySetup.Scheme(Method.CLASS_MEAN, 1)));
    robot.interact(() -> model.addPanel(new ToySetup.Scheme(Method.ADVERSARIAL, 1)));
    waitFor("four panels", () -> robot.lookup("#toy-panel-3").tryQuery().isPresent());
    waitForTraining();
    assertTrue(robot.lookup("#toy-add-panel").query().isDisabled());
    robot.interact(() -> model.removePanel(0));
    waitFor("three panels", () -> model.panels().size() == 3);
    assertEquals(Method.NEAREST_NEIGHBOR, model.panels().get(0).schemeProperty().get().method());
    waitForTraining();
  }

  @Test
  void everyPanelAddsFromTheMenu(FxRobot robot) {
    waitForTraining();
    robot.clickOn("#toy-add-panel").clickOn("#toy-add-one-image");
    waitFor("three panels", () -> model.panels().size() == 3);
    assertEquals(Method.ONE_IMAGE, model.panels().get(2).schemeProperty().get().method());
  }

  @Test
  void parametersTakeEffectAndBadOnesAreASentence(FxRobot robot) {
    waitForTraining();
    type(robot, "#toy-lr", "0.002");
    assertEquals(0.002, model.setupProperty().get().learningRate());
    assertTrue(model.epochsProperty().get() > 0, "the training goes on");
    type(robot, "#toy-hidden", "8");
    assertEquals(8, model.setupProperty().get().hidden());
    type(robot, "#toy-hidden", "-3");
    assertEquals(8, model.setupProperty().get().hidden());
    assertEquals("This cannot be set: the hidden width is 1 to 1024.", notice.get());
    type(robot, "#toy-seed", "many");
    assertEquals("\"many\" is no number; the old one stays.", notice.get());
    assertEquals("1", robot.lookup("#toy-seed").queryAs(TextField.class).getText());
  }

  @Test
  void otherDataBringTheirOwnEpsilonAndView(FxRobot robot) {
    waitForTraining();
    @SuppressWarnings("unchecked")
    ComboBox<String> data = robot.lookup("#toy-data").queryAs(ComboBox.class);
    choose(robot, data, "Two moons");
    waitFor("the moons", () -> model.problemProperty().get().train().size() == 2000);
    assertNotEquals(15, model.setupProperty().get().epsilon());
    waitForTraining();
    type(robot, "#toy-epsilon", "3");
    assertEquals(3, model.setupProperty().get().epsilon());
  }

  @Test
  void wheelZoomsAllPanelsAboutThePointer(FxRobot robot) {
    pause(robot);
    double before = model.view().filled().width();
    Point2D at = onScreen(0, 20, 40);
    robot.moveTo(at).scroll(3, javafx.geometry.VerticalDirection.UP);
    waitFor("the zoom", () -> model.view().filled().width() != before);
    Point2D still = view.canvas(1).toPixel(20, 40);
    Point2D there = view.canvas(0).toPixel(20, 40);
    assertEquals(there, still);
    assertEquals(at.getX(), view.canvas(0).localToScreen(there).getX(), 1.5);
  }

  @Test
  void aSetUpIsCopiedAndPastedBack(FxRobot robot) {
    waitForTraining();
    ToySetup other =
        ToySetup.paper()
            .withSeed(5)
            .withActivation(Family.MLP_TANH)
            .withSchemes(List.of(new ToySetup.Scheme(Method.CLASS_MEAN, 0.5)));
    robot.clickOn("#toy-export").clickOn("#toy-copy-setup");
    String[] copied = new String[1];
    robot.interact(() -> copied[0] = Clipboard.getSystemClipboard().getString());
    assertEquals(ToySetup.paper(), SetupText.parse(copied[0]));
    robot.interact(
        () -> {
          ClipboardContent content = new ClipboardContent();
          content.putString(SetupText.of(other));
          Clipboard.getSystemClipboard().setContent(content);
        });
    robot.clickOn("#toy-export").clickOn("#toy-paste-setup");
    waitFor("the set-up", () -> model.setupProperty().get().equals(other));
    assertEquals(1, model.panels().size());
    robot.interact(
        () -> {
          ClipboardContent content = new ClipboardContent();
          content.putString("nothing of ours");
          Clipboard.getSystemClipboard().setContent(content);
        });
    robot.clickOn("#toy-export").clickOn("#toy-paste-setup");
    waitFor("the sentence", () -> notice.get().startsWith("This is no set-up"));
    assertEquals(other, model.setupProperty().get());
  }

  @Test
  void figureBoundariesWeightsAndPointsAreExported(FxRobot robot) throws IOException {
    pause(robot);
    Path figure = folder.resolve("panels.svg");
    dialogs.saved = Optional.of(figure);
    robot.clickOn("#toy-export").clickOn("#toy-export-figure");
    waitFor("the figure", PATIENCE, () -> Files.exists(figure));
    assertTrue(Files.readString(figure).contains("Vanilla"));
    Path boundaries = folder.resolve("boundaries.csv");
    dialogs.saved = Optional.of(boundaries);
    robot.clickOn("#toy-export").clickOn("#toy-export-boundary");
    waitFor("the boundaries", PATIENCE, () -> Files.exists(boundaries));
    assertTrue(Files.readString(boundaries).startsWith("panel,x1,x2,x1_end,x2_end\n"));
    dialogs.saved = Optional.of(folder.resolve("toy.safetensors"));
    robot.clickOn("#toy-export").clickOn("#toy-export-weights");
    Path second = folder.resolve("toy-2-nearest-neighbor.safetensors");
    waitFor("the weights", PATIENCE, () -> Files.exists(second));
    assertEquals("nearest-neighbor", CheckpointFiles.read(second).card().method());
    assertEquals(
        "vanilla",
        CheckpointFiles.read(folder.resolve("toy-1-vanilla.safetensors")).card().method());
    Path points = folder.resolve("points.csv");
    dialogs.saved = Optional.of(points);
    robot.clickOn("#toy-export").clickOn("#toy-export-points");
    waitFor("the points", PATIENCE, () -> Files.exists(points));
    waitFor("the notice", () -> notice.get().contains("points.csv"));
    assertEquals(6001, Files.readAllLines(points).size());
  }

  /** In the midst of training, of what is in view: the specification tells the step. */
  @Test
  void aFigureIsMadeAgainToTheByteFromItsSpecification(FxRobot robot) throws IOException {
    waitForTraining();
    Path file = folder.resolve("toy.png");
    dialogs.saved = Optional.of(file);
    robot.interact(view::exportFigure);
    waitFor("the file", PATIENCE, () -> notice.get().contains("specification beside them"));
    FigureSpecification specification = FigureText.read(FigureText.beside(file));
    assertTrue(((Toy) specification).steps() > 0);
    Path again = folder.resolve("again.png");
    try (TorchEngine engine = TorchEngine.open("cpu")) {
      FigureMaker.make(specification, engine, new TargetGrid.Listener() {})
          .orElseThrow()
          .write(again);
    }
    assertArrayEquals(Files.readAllBytes(file), Files.readAllBytes(again));
  }

  @Test
  void aFigureOfAChangedTrainingHasNoSpecificationAndSaysSo(FxRobot robot) {
    waitForTraining();
    robot.interact(() -> model.change(setup -> setup.withLearningRate(0.02)));
    Path file = folder.resolve("toy.png");
    dialogs.saved = Optional.of(file);
    robot.interact(view::exportFigure);
    waitFor("the file", PATIENCE, () -> notice.get().contains("without a specification"));
    assertTrue(Files.exists(file));
    assertFalse(Files.exists(FigureText.beside(file)));
    robot.interact(model::restart);
    assertFalse(model.isMixed());
  }

  @Test
  void badPointsLoseNothingAndGoodOnesAreUsed(FxRobot robot) throws IOException {
    waitForTraining();
    Path file = Files.writeString(folder.resolve("mine.csv"), "0,0,0\n1,hello,1\n");
    robot.interact(() -> view.openPoints(file));
    waitFor("the sentence", () -> notice.get().startsWith("Line 2 of mine.csv"));
    assertEquals(6000, model.problemProperty().get().train().size());
    Files.writeString(file, "0,0,0\n1,1,0\n9,9,1\n8,8,1\n");
    robot.interact(() -> view.openPoints(file));
    waitFor("the points", () -> model.problemProperty().get().train().size() == 4);
  }

  @Test
  void pastingASetUpOverPaintedPointsCanBeUndone(FxRobot robot) {
    PointSet painted =
        PointSet.EMPTY.with(-50, 0, 0).with(-40, 60, 0).with(40, 0, 1).with(55, 5, 1);
    robot.interact(() -> model.usePoints(new Points.Own(painted)));
    robot.interact(() -> model.use(ToySetup.paper()));
    assertEquals(6000, model.problemProperty().get().train().size());
    robot.interact(model::undo);
    assertEquals(painted, model.problemProperty().get().train());
  }

  @Test
  void pointsOfOneClassSayWhatIsMissing(FxRobot robot) {
    robot.interact(
        () -> model.usePoints(new Points.Own(PointSet.EMPTY.with(1, 2, 0).with(3, 4, 0))));
    waitFor(
        "the words",
        PATIENCE,
        () ->
            robot.lookup(".panel-hover").queryAllAs(javafx.scene.control.Label.class).stream()
                .anyMatch(label -> label.getText().startsWith("Nothing to learn yet")));
    robot.clickOn("#toy-seeds");
    waitFor("the sentence", PATIENCE, () -> notice.get().startsWith("There is nothing to learn"));
  }

  @Test
  void manySeedsRunInTheBackgroundAndStop(FxRobot robot) {
    robot.interact(() -> model.change(now -> now.withEpochs(1)));
    waitFor("the end", PATIENCE, () -> !model.playingProperty().get());
    robot.clickOn("#toy-seeds");
    waitFor("all of them", PATIENCE, () -> model.seeds().results().size() == 20);
    waitFor("the end", () -> !model.seeds().runningProperty().get());
    robot.interact(() -> model.change(now -> now.withEpochs(100)));
    robot.clickOn("#toy-seeds");
    waitFor("the start", () -> model.seeds().runningProperty().get());
    robot.clickOn("#toy-seeds-cancel");
    waitFor("the stop", () -> !model.seeds().runningProperty().get());
    assertEquals(0, model.seeds().results().size());
  }

  @Test
  void pointerAsksWhatTheNetworksSay(FxRobot robot) {
    pause(robot);
    robot.moveTo(onScreen(0, 30, 60));
    for (int i = 0; i < 2; i++) {
      PlaneCanvas canvas = view.canvas(i);
      waitFor("the answer", () -> canvas.answerProperty().get() != null);
      double p = canvas.answerProperty().get().probability();
      assertTrue(p >= 0 && p <= 1, "p = " + p);
    }
  }

  @Test
  void spaceTogglesAndTheScreenRestsWhenHidden(FxRobot robot) {
    waitForTraining();
    robot.interact(() -> view.canvas(0).requestFocus());
    robot.interact(model::hide);
    waitForRest();
    double epochs = model.epochsProperty().get();
    waitForRest();
    assertEquals(epochs, model.epochsProperty().get());
    robot.interact(model::open);
    waitFor("more", PATIENCE, () -> model.epochsProperty().get() > epochs);
    robot.type(KeyCode.SPACE);
    waitFor("the pause", () -> !model.playingProperty().get());
  }
}
