package org.pagexplorer.ui.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.pagexplorer.ui.support.Waiting.waitFor;

import javafx.geometry.Bounds;
import javafx.scene.Node;
import javafx.scene.control.TextField;
import javafx.stage.Stage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pagexplorer.checkpoint.catalogue.ModelFile;
import org.pagexplorer.domain.Norm;
import org.pagexplorer.ui.support.FxTest;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.Start;

/** What comes and goes lies over the grid: its place and size stay to the pixel. */
@FxTest
class NothingMovesTest extends WindowFixture {
  private Stage stage;

  @Start
  void start(Stage shown) {
    stage = shown;
    open(shown, 1);
  }

  private static Bounds grid(FxRobot robot) {
    Bounds[] bounds = new Bounds[1];
    robot.interact(
        () -> {
          Node scroll = robot.lookup(".grid-scroll").query();
          scroll.getScene().getRoot().applyCss();
          scroll.getScene().getRoot().layout();
          bounds[0] = scroll.localToScene(scroll.getLayoutBounds());
        });
    return bounds[0];
  }

  private static boolean isShown(FxRobot robot, String id) {
    Node node = robot.lookup(id).query();
    for (Node each = node; each != null; each = each.getParent()) {
      if (!each.isVisible()) {
        return false;
      }
    }
    return true;
  }

  /** Also where the words need two lines. */
  @ParameterizedTest
  @ValueSource(ints = {1040, 1500})
  void hintsNoticesAndQuestionsLieOverTheGrid(int width, FxRobot robot) {
    waitForAttack();
    robot.interact(
        () -> {
          stage.setWidth(width);
          explore.settings().normProperty().set(Norm.LINF);
        });
    ModelFile vanilla = window.shelf().chosen().orElseThrow();
    robot.interact(() -> window.shelf().chosenProperty().set(null));
    waitFor("no hint", () -> !isShown(robot, "#hint"));
    Bounds before = grid(robot);
    robot.interact(() -> window.shelf().chosenProperty().set(vanilla));
    waitFor("the hint", () -> isShown(robot, "#hint"));
    assertTrue(text(robot, "#hint").startsWith("A vanilla model"), text(robot, "#hint"));
    assertEquals(before, grid(robot), "under a hint");
    robot.interact(() -> window.tell("A sentence. ".repeat(30)));
    assertTrue(isShown(robot, "#notice"));
    assertEquals(before, grid(robot), "under a notice");
    robot.interact(
        () -> {
          TextField epsilon = robot.lookup("#epsilon-text").queryAs(TextField.class);
          epsilon.setText("8");
          epsilon.fireEvent(new javafx.event.ActionEvent());
        });
    assertTrue(isShown(robot, "#radius-question"));
    assertEquals(before, grid(robot), "under a question");
    robot.interact(() -> window.offer(new TourOffer(window.tour())));
    assertEquals(before, grid(robot), "above an offer in the status line");
  }

  @Test
  void aHintGoesWhereItIsClosedAndComesForAnotherCause(FxRobot robot) {
    waitForAttack();
    waitFor("the hint", () -> isShown(robot, "#hint"));
    robot.clickOn("#hint-close");
    assertFalse(isShown(robot, "#hint"));
    robot.interact(() -> explore.targets().clear());
    waitFor("another hint", () -> isShown(robot, "#hint"));
  }
}
