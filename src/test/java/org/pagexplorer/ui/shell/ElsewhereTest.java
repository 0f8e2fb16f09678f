package org.pagexplorer.ui.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.pagexplorer.ui.support.Waiting.waitFor;

import java.util.List;
import java.util.Optional;
import javafx.geometry.Point2D;
import javafx.scene.control.Slider;
import javafx.scene.control.SplitPane;
import javafx.scene.input.Clipboard;
import javafx.scene.input.KeyCode;
import javafx.scene.input.ScrollEvent;
import javafx.stage.Stage;
import org.junit.jupiter.api.Test;
import org.pagexplorer.checkpoint.catalogue.ModelFile;
import org.pagexplorer.lab.attack.OriginalImage;
import org.pagexplorer.ui.attack.GridAttack;
import org.pagexplorer.ui.attack.TileWords;
import org.pagexplorer.ui.control.CrispPicture;
import org.pagexplorer.ui.control.TileGrid;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.Start;

/**
 * A tile of Explore on Compare and back, menus there, tiles of other sizes, the inspector's width.
 */
class ElsewhereTest extends WindowFixture {
  private static final int TARGETS = 3;

  @Start
  void start(Stage stage) {
    open(stage, 2);
    explore.targets().setAll(2, 4, 7);
  }

  private static TileGrid grid(FxRobot robot, String id) {
    return robot.lookup(id).queryAs(TileGrid.class);
  }

  private ModelFile model(String name) {
    return window.shelf().models().stream()
        .filter(one -> one.card().name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static Point2D tile(TileGrid grid, int row, int column) {
    return grid.localToScreen(grid.middleOf(row, column));
  }

  /** Of few columns, tiles fill the width, and the second image would be below the window. */
  private static void allInSight(FxRobot robot, TileGrid grid) {
    robot.interact(
        () -> {
          grid.zoomedSideProperty().set(48);
          grid.getScene().getRoot().applyCss();
          grid.getScene().getRoot().layout(); // so that tiles are where they say
        });
  }

  private void waitForComparison() {
    waitFor(
        "the comparison", PATIENCE, () -> window.compare().result(1, 10 * TARGETS - 1).isPresent());
  }

  @Test
  void aTileOfAnAttackThatIsDueIsSelectedWhenItHasBegun(FxRobot robot) {
    waitForAttack();
    robot.interact(
        () -> {
          explore.targets().setAll(7, 2);
          explore.reveal(explore.rows().images(), 3, "horse");
        });
    waitForAttack();
    assertEquals(3 * 2, explore.selectedTileProperty().get());
  }

  @Test
  void compareShowsThatImageAndTargetByThatModelAndExploreShowsItAgain(FxRobot robot) {
    ModelFile second = model("Second");
    robot.interact(() -> window.shelf().chosenProperty().set(second));
    waitForAttack();
    choose(robot, tile(grid(robot, "#grid"), 1, 2), "tile-compare");
    assertEquals(MainWindow.Screen.COMPARE, window.screenProperty().get());
    waitForComparison();
    List<ModelFile> compared = List.copyOf(window.compare().compared());
    int of = compared.indexOf(second);
    int expected = (compared.size() + of) * TARGETS + 2;
    assertEquals(expected, window.compare().selectedTileProperty().get());
    TileGrid compare = grid(robot, "#compare-grid");
    robot.interact(() -> window.compare().selectedTileProperty().set(0));
    allInSight(robot, compare);
    choose(robot, tile(compare, compared.size() + of, 1), "tile-compare");
    assertEquals(MainWindow.Screen.EXPLORE, window.screenProperty().get());
    assertEquals(second, window.shelf().chosenProperty().get());
    waitForAttack();
    assertEquals(TARGETS + 1, explore.selectedTileProperty().get());
  }

  @Test
  void comparesTilesAndRowsHaveMenusAndCopy(FxRobot robot) {
    waitForAttack();
    robot.interact(() -> window.screenProperty().set(MainWindow.Screen.COMPARE));
    waitForComparison();
    TileGrid grid = grid(robot, "#compare-grid");
    allInSight(robot, grid);
    int models = window.compare().compared().size();
    robot.clickOn(tile(grid, models + 1, 2));
    robot.push(KeyCode.CONTROL, KeyCode.C);
    String copied = copied(robot);
    String words = grid.described();
    assertEquals(words, copied, "as it says below the pointer");
    assertTrue(copied.contains("automobile → horse"), copied);
    choose(robot, tile(grid, models, 0), "tile-copy-command");
    assertTrue(copied(robot).contains(" --index 12 --targets bird "), copied(robot));
    List<String> before = names();
    choose(robot, grid.localToScreen(grid.middleOf(models)), "row-copy-command");
    assertTrue(copied(robot).contains("first.safetensors "), copied(robot));
    assertTrue(copied(robot).contains("second.safetensors --index 12 "), copied(robot));
    choose(robot, grid.localToScreen(grid.middleOf(models)), "row-up");
    assertEquals(List.of(before.get(1), before.get(0)), names().subList(0, 2));
    robot.push(KeyCode.DELETE);
    assertEquals(before.get(0), names().getFirst());
    assertEquals(9, names().size());
  }

  private static String copied(FxRobot robot) {
    String[] found = new String[1];
    robot.interact(() -> found[0] = Clipboard.getSystemClipboard().getString());
    return found[0];
  }

  private List<String> names() {
    return explore.rows().images().stream().map(OriginalImage::origin).toList();
  }

  @Test
  void ctrlAndTheWheelScaleTilesAndThatIsRemembered(FxRobot robot) {
    waitForAttack();
    TileGrid grid = grid(robot, "#grid");
    int fitting = grid.side();
    Point2D place = tile(grid, 2, 1);
    robot.interact(() -> grid.fireEvent(wheel(grid, place)));
    assertTrue(grid.side() > fitting, grid.side() + " after " + fitting);
    assertEquals(grid.side(), grid.zoomedSideProperty().get());
    // All columns fit, so that they only have one place from left to right.
    double moved = Math.abs(tile(grid, 2, 1).getY() - place.getY());
    assertTrue(moved < 8, tile(grid, 2, 1) + " was at " + place);
    var remembered =
        window.parts().stream().filter(part -> part.name().equals("tiles")).findFirst();
    assertEquals(grid.side(), remembered.orElseThrow().give().get("explore").getAsInt());
    robot.interact(grid::requestFocus);
    robot.push(KeyCode.CONTROL, KeyCode.MINUS);
    robot.push(KeyCode.CONTROL, KeyCode.MINUS);
    assertTrue(grid.side() < fitting, grid.side() + " after " + fitting);
    robot.push(KeyCode.CONTROL, KeyCode.DIGIT0);
    robot.interact(() -> {});
    assertEquals(fitting, grid.side());
  }

  private static ScrollEvent wheel(TileGrid grid, Point2D screen) {
    Point2D local = grid.screenToLocal(screen);
    Point2D scene = grid.localToScene(local);
    return new ScrollEvent(
        null,
        grid,
        ScrollEvent.SCROLL,
        scene.getX(),
        scene.getY(),
        screen.getX(),
        screen.getY(),
        false,
        true,
        false,
        false,
        false,
        false,
        0,
        40,
        0,
        40,
        ScrollEvent.HorizontalTextScrollUnits.NONE,
        0,
        ScrollEvent.VerticalTextScrollUnits.NONE,
        0,
        0,
        new javafx.scene.input.PickResult(grid, scene.getX(), scene.getY()));
  }

  @Test
  void theInspectorsPicturesGrowWithItsWidth(FxRobot robot) {
    waitForAttack();
    CrispPicture picture =
        robot.lookup("#inspector").query().lookupAll(".picture-title").stream()
            .map(title -> (CrispPicture) title.getParent())
            .findFirst()
            .orElseThrow();
    SplitPane split = robot.lookup("#explore-split").queryAs(SplitPane.class);
    robot.interact(() -> split.setDividerPositions(0.5));
    robot.interact(() -> {});
    double wide = picture.side();
    assertTrue(wide > 200, "side " + wide);
    robot.interact(() -> split.setDividerPositions(0.9));
    robot.interact(() -> {});
    assertTrue(picture.side() < wide && picture.side() >= 120, "side " + picture.side());
  }

  @Test
  void whileAnAttackIsNotDoneTheInspectorTellsTheStepThatIsShown(FxRobot robot) {
    waitForAttack();
    robot.interact(() -> explore.settings().stepsProperty().set(500));
    waitFor(
        "its second step",
        PATIENCE,
        () ->
            explore.attack().isPresent()
                && explore.stepOf(explore.selectedTileProperty().get()) > 1);
    robot.interact(explore::cancel);
    GridAttack run = explore.attack().orElseThrow();
    int tile = explore.selectedTileProperty().get();
    assertTrue(run.trajectory(tile).result() == null, "it was stopped");
    robot.interact(() -> robot.lookup("#scrubber").queryAs(Slider.class).setValue(1));
    String numbers = text(robot, "#inspector-numbers");
    String norms = TileWords.of(run, tile, 1).lines().toList().getLast();
    assertTrue(numbers.contains("step 1: classified as "), numbers);
    assertTrue(numbers.endsWith(norms), numbers + " but " + norms);
    assertEquals("probabilities, step 0 → step 1", text(robot, "#probability-heading"));
    assertEquals(Optional.empty(), explore.lastResult(tile));
  }
}
