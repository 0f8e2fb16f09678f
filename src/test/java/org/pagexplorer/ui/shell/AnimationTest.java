package org.pagexplorer.ui.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.pagexplorer.ui.support.Waiting.waitFor;

import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import javafx.geometry.Point2D;
import javafx.stage.Stage;
import org.junit.jupiter.api.Test;
import org.pagexplorer.domain.InputShape;
import org.pagexplorer.lab.figure.ReadApng;
import org.pagexplorer.ui.attack.GridAttack;
import org.pagexplorer.ui.control.TileGrid;
import org.pagexplorer.ui.support.Pictures;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.Start;

/** The attack as a file: each frame has the pixels that the window shows at that step. */
class AnimationTest extends WindowFixture {
  private static final int STEPS = 3;

  @Start
  void start(Stage stage) {
    open(stage, STEPS);
  }

  private GridAttack twoRows(FxRobot robot) {
    waitForAttack();
    robot.interact(
        () -> {
          explore.rows().choice().showIndices("0, 12");
          explore.targets().setAll(3, 5);
        });
    waitFor("the rows", () -> explore.rows().images().size() == 2);
    return waitForAttack();
  }

  private ReadApng save(FxRobot robot, Point2D at, String id, String name) {
    Path file = folder.resolve(name);
    dialogs.saved = Optional.of(file);
    TileGrid grid = robot.lookup("#grid").queryAs(TileGrid.class);
    choose(robot, grid.localToScreen(at), id);
    robot.clickOn("#export-save");
    waitFor("the file", () -> window.noticeProperty().get().contains("Saved " + file));
    return ReadApng.of(file);
  }

  private static int[] shown(GridAttack run, int tile, int step) {
    int[] argb = new int[32 * 32];
    Pictures.fromBytes(run.trajectory(tile).pixels(step), 0, InputShape.CIFAR, argb);
    return argb;
  }

  @Test
  void aTilesFramesAreWhatIsShownAtEachStep(FxRobot robot) {
    GridAttack run = twoRows(robot);
    TileGrid grid = robot.lookup("#grid").queryAs(TileGrid.class);
    ReadApng read = save(robot, grid.middleOf(1, 1), "tile-animation", "tile.apng");
    assertEquals(STEPS + 1, read.frames().size());
    for (int step = 0; step <= STEPS; step++) {
      BufferedImage frame = read.frames().get(step);
      assertEquals(256, frame.getWidth());
      int[] expected = shown(run, 3, step);
      for (int y = 0; y < 256; y++) {
        for (int x = 0; x < 256; x++) {
          assertEquals(expected[y / 8 * 32 + x / 8], frame.getRGB(x, y), "at step " + step);
        }
      }
    }
  }

  @Test
  void aRowAndTheGridAreFiguresThatMove(FxRobot robot) {
    GridAttack run = twoRows(robot);
    TileGrid grid = robot.lookup("#grid").queryAs(TileGrid.class);
    ReadApng row = save(robot, grid.middleOf(1), "row-animation", "row.apng");
    ReadApng all = save(robot, grid.middleOf(1), "grid-animation", "grid.apng");
    assertTrue(all.frames().getFirst().getHeight() > row.frames().getFirst().getHeight());
    for (int step = 0; step <= STEPS; step++) {
      for (int tile = 0; tile < 4; tile++) {
        assertEquals(tile >= 2, holds(row.frames().get(step), shown(run, tile, step)));
        assertTrue(holds(all.frames().get(step), shown(run, tile, step)));
      }
    }
    assertNotEquals(
        List.of(shown(run, 0, 0)[40]), List.of(0), "a tile that is black would be anywhere");
  }

  /** Whether a picture is there, enlarged by a whole factor. */
  private static boolean holds(BufferedImage frame, int[] picture) {
    int factor = 6; // of the figure's tiles, at twice their size
    for (int top = 0; top + 32 * factor <= frame.getHeight(); top++) {
      for (int left = 0; left + 32 * factor <= frame.getWidth(); left++) {
        if (isAt(frame, left, top, factor, picture)) {
          return true;
        }
      }
    }
    return false;
  }

  private static boolean isAt(BufferedImage frame, int left, int top, int factor, int[] picture) {
    for (int i = 0; i < picture.length; i++) {
      int x = left + i % 32 * factor;
      int y = top + i / 32 * factor;
      if (frame.getRGB(x, y) != picture[i]) {
        return false;
      }
    }
    return true;
  }
}
