package org.pagexplorer.ui.toy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.pagexplorer.ui.support.Waiting.waitFor;

import java.util.List;
import javafx.geometry.Point2D;
import javafx.scene.control.ComboBox;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.input.MouseButton;
import javafx.stage.Stage;
import org.junit.jupiter.api.Test;
import org.pagexplorer.dataset.toy.PointSet;
import org.pagexplorer.domain.Method;
import org.pagexplorer.lab.toy.AttackPath;
import org.pagexplorer.lab.toy.ToySetup;
import org.pagexplorer.lab.toy.ToySetup.Points;
import org.pagexplorer.ui.support.FxTest;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.Start;

@FxTest
class ToyScreenTest extends ToyStage {
  @Start
  void start(Stage stage) {
    open(stage);
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
    for (PanelViewModel panel : model.panels()) {
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
          model.points().use(new Points.Own(PointSet.EMPTY));
          PointSet few =
              PointSet.EMPTY.with(-50, 0, 0).with(-40, 10, 0).with(40, 0, 1).with(55, 5, 1);
          model.points().use(new Points.Own(few));
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
          model.points().use(new Points.Own(few));
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
    assertEquals("\"many\" is not a number; kept 1.", notice.get());
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
  void pointsOfOneClassSayWhatIsMissing(FxRobot robot) {
    robot.interact(
        () -> model.points().use(new Points.Own(PointSet.EMPTY.with(1, 2, 0).with(3, 4, 0))));
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
  void aRestingPointerHearsWhatTheNetworkHasLearntSince(FxRobot robot) {
    pause(robot);
    robot.moveTo(onScreen(0, 30, 60));
    PlaneCanvas canvas = view.canvas(0);
    waitFor("the answer", () -> canvas.answerProperty().get() != null);
    PanelViewModel.Answer before = canvas.answerProperty().get();
    robot.interact(() -> model.once(true));
    waitFor(
        "another answer",
        () -> canvas.answerProperty().get().probability() != before.probability());
    assertEquals(before.x1(), canvas.answerProperty().get().x1());
    assertEquals(before.x2(), canvas.answerProperty().get().x2());
  }

  @Test
  void spaceTogglesAndTheScreenRestsWhenHidden(FxRobot robot) {
    waitForTraining();
    robot.interact(() -> view.canvas(0).requestFocus());
    robot.interact(model::hide);
    waitForRest();
    assertTrue(model.playingProperty().get(), "though nobody has paused it");
    double epochs = model.epochsProperty().get();
    robot.interact(model::open);
    waitFor("more", PATIENCE, () -> model.epochsProperty().get() > epochs);
    robot.type(KeyCode.SPACE);
    waitFor("the pause", () -> !model.playingProperty().get());
  }
}
