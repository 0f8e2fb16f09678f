package org.pagexplorer.ui.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.pagexplorer.ui.support.Waiting.waitFor;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import javafx.beans.Observable;
import javafx.collections.ObservableList;
import javafx.geometry.Bounds;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.Button;
import javafx.scene.control.Slider;
import javafx.scene.input.KeyCode;
import javafx.scene.shape.Polygon;
import javafx.stage.Stage;
import org.junit.jupiter.api.Test;
import org.pagexplorer.ui.shell.MainWindow.Screen;
import org.pagexplorer.ui.support.CutTexts;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.Start;

/** The tour on the real screens. */
class TourTest extends WindowFixture {
  private static final List<int[]> SIZES =
      List.of(new int[] {1040, 700}, new int[] {1280, 720}, new int[] {1920, 1080});

  private Stage stage;

  @Start
  void start(Stage shown) {
    stage = shown;
    open(shown, 1);
  }

  private static Bounds scene(Node node) {
    return node.localToScene(node.getLayoutBounds());
  }

  private Node tour(String id) {
    return window.tour().layer().lookup(id);
  }

  private void lay(FxRobot robot) {
    robot.interact(
        () -> {
          window.applyCss();
          window.layout();
          window.layout(); // what wraps knows its height after the first
        });
  }

  private void begin(FxRobot robot) {
    waitForAttack();
    robot.interact(() -> window.tour().begin());
    lay(robot);
  }

  private void press(FxRobot robot, String id) {
    robot.interact(((Button) tour(id))::fire);
    lay(robot);
  }

  @Test
  void eachStepFramesARealControlOfItsScreenAndCoversNoneOfIt(FxRobot robot) {
    waitForAttack();
    for (int[] size : SIZES) {
      robot.interact(
          () -> {
            stage.setWidth(size[0]);
            stage.setHeight(size[1]);
          });
      begin(robot);
      for (TourStep step : TourStep.values()) {
        String where = step + " at " + size[0] + " × " + size[1];
        assertEquals(step.screen(), window.screenProperty().get(), where);
        waitFor(where, () -> tour("#tour-frame").isVisible());
        robot.interact(() -> look(step, where));
        press(robot, "#tour-next");
      }
      assertFalse(window.tour().isOpen(), "after its last step");
      assertEquals(TourStep.ROW, window.tour().step(), "it starts over");
    }
  }

  private void look(TourStep step, String where) {
    Bounds frame = scene(tour("#tour-frame"));
    Bounds card = scene(tour("#tour"));
    Node control = window.lookup(step.target());
    assertTrue(scene(control).intersects(frame), where);
    assertTrue(scene(window).contains(card), where + ": " + card);
    assertFalse(card.intersects(frame), where + ": " + card + " is over " + frame);
    List<String> cut = new ArrayList<>(CutTexts.in(window.tour().card()));
    assertEquals(List.of(), cut, where);
  }

  @Test
  void theScreenStaysUsableWhileItIsThere(FxRobot robot) {
    begin(robot);
    press(robot, "#tour-next");
    assertEquals(TourStep.EPSILON, window.tour().step());
    double before = explore.settings().epsilonProperty().get();
    Slider slider = (Slider) window.lookup("#epsilon");
    robot.clickOn(slider.lookup(".track"));
    assertTrue(explore.settings().epsilonProperty().get() != before, "ε has moved");
    assertTrue(window.tour().isOpen());
    Bounds row = scene(window.lookup("#grid"));
    robot.clickOn(window.localToScreen(row.getMinX() + 200, row.getMinY() + 60));
    assertTrue(explore.selectedTileProperty().get() >= 0, "a tile was clicked");
  }

  @Test
  void escapeLeavesAndHelpComesBackToTheStep(FxRobot robot) {
    begin(robot);
    press(robot, "#tour-next");
    press(robot, "#tour-next");
    assertEquals(Screen.COMPARE, window.screenProperty().get());
    robot.push(KeyCode.ESCAPE);
    assertFalse(window.tour().isOpen());
    robot.interact(() -> window.screenProperty().set(Screen.TRAIN));
    robot.interact(window::help);
    Button again = robot.lookup("#help-tour").queryButton();
    assertEquals("Tour: back to step 3", again.getText());
    robot.interact(again::fire);
    assertTrue(window.tour().isOpen());
    assertEquals(Screen.COMPARE, window.screenProperty().get());
    press(robot, "#tour-back");
    assertEquals(TourStep.EPSILON, window.tour().step());
    press(robot, "#tour-leave");
    assertFalse(window.tour().isOpen());
  }

  @Test
  void escapeStopsWhatRunsOnceTheTourIsLeft(FxRobot robot) {
    begin(robot);
    robot.interact(() -> explore.settings().stepsProperty().set(1000));
    waitFor("an attack", PATIENCE, () -> explore.busyProperty().get());
    robot.push(KeyCode.ESCAPE);
    assertTrue(explore.busyProperty().get(), "the tour was left");
    robot.push(KeyCode.ESCAPE);
    waitFor("its end", PATIENCE, () -> !explore.busyProperty().get());
  }

  @Test
  void whoGoesElsewhereIsShownTheWayBack(FxRobot robot) {
    begin(robot);
    assertFalse(tour("#tour-show").isVisible());
    robot.interact(() -> window.screenProperty().set(Screen.TRAIN));
    lay(robot);
    assertTrue(tour("#tour-show").isVisible());
    assertFalse(tour("#tour-frame").isVisible());
    press(robot, "#tour-show");
    assertEquals(Screen.EXPLORE, window.screenProperty().get());
    assertTrue(tour("#tour-frame").isVisible());
    assertFalse(tour("#tour-show").isVisible());
  }

  /** Each change asks for a pulse, and each pulse places: it would never rest. */
  @Test
  void whatHasNotMovedIsNotPlacedAgain(FxRobot robot) {
    begin(robot);
    ObservableList<Double> points = ((Polygon) tour(".tour-arrow")).getPoints();
    List<Double> before = List.copyOf(points);
    assertFalse(before.isEmpty());
    AtomicInteger changes = new AtomicInteger();
    points.addListener((Observable changed) -> changes.incrementAndGet());
    robot.interact(() -> ((Parent) window.tour().layer()).requestLayout());
    lay(robot);
    assertEquals(before, points);
    assertEquals(0, changes.get());
    robot.interact(() -> stage.setWidth(stage.getWidth() - 100));
    press(robot, "#tour-next");
    assertTrue(changes.get() > 0, "it follows what has moved");
  }

  @Test
  void whoBeginsFromHelpIsOfferedItNoLonger(FxRobot robot) {
    robot.interact(() -> window.tour().offer());
    robot.interact(() -> window.tour().begin());
    assertFalse(window.lookup("#tour-offer").isVisible());
  }

  @Test
  void itIsOfferedOnce(FxRobot robot) {
    robot.interact(() -> window.tour().offer());
    Node offer = window.lookup("#tour-offer");
    assertTrue(offer.isVisible());
    assertFalse(window.tour().isOpen(), "it is only offered");
    robot.interact(((Button) offer.lookup("#tour-begin"))::fire);
    assertFalse(offer.isVisible());
    assertTrue(window.tour().isOpen());
    robot.interact(() -> window.tour().offer());
    assertEquals(1, window.lookupAll("#tour-offer").size());
  }
}
