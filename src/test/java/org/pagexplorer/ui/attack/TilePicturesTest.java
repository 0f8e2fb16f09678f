package org.pagexplorer.ui.attack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import javafx.stage.Stage;
import org.junit.jupiter.api.Test;
import org.pagexplorer.domain.Goal;
import org.pagexplorer.domain.InputShape;
import org.pagexplorer.ui.control.TileState;
import org.pagexplorer.ui.support.FxTest;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.Start;

@FxTest
class TilePicturesTest {
  private static final InputShape LARGE = new InputShape(3, 224, 224);
  private static final InputShape SMALL = new InputShape(3, 4, 4);

  @Start
  void start(Stage stage) {}

  private static Trajectory.Step step(InputShape shape, int gray) {
    byte[] pixels = new byte[shape.size()];
    Arrays.fill(pixels, (byte) gray);
    return new Trajectory.Step(0, pixels, 0.5f, 3, new float[4], 0, 0, 0);
  }

  @Test
  void aBoundedNumberOfPixelsIsKeptHoweverManyTilesAreSeen(FxRobot robot) {
    TilePictures pictures = new TilePictures(40 * 64 * 64);
    Trajectory.Step step = step(LARGE, 100);
    robot.interact(
        () -> {
          for (int tile = 0; tile < 5000; tile++) {
            pictures.tile(tile, LARGE, Goal.reach(3), step, 64);
            assertTrue(pictures.held() <= 40 * 64 * 64, pictures.held() + " pixels");
          }
          assertEquals(40 * 64 * 64, pictures.held());
          pictures.clear();
          assertEquals(0, pictures.held());
        });
  }

  @Test
  void aTileIsTheSameObjectUntilItsStepOrItsSizeChanges(FxRobot robot) {
    TilePictures pictures = new TilePictures();
    Trajectory.Step step = step(LARGE, 100);
    robot.interact(
        () -> {
          TileState first = pictures.tile(7, LARGE, Goal.reach(3), step, 64);
          assertTrue(first.success());
          assertSame(first, pictures.tile(7, LARGE, Goal.reach(3), step, 64));
          TileState later = pictures.tile(7, LARGE, Goal.reach(3), step(LARGE, 200), 64);
          assertNotSame(first, later);
          assertEquals(0xFFC8C8C8, later.picture().pixels()[0]);
          assertEquals(160 * 160, larger(pictures).picture().pixels().length);
          assertSame(TileState.EMPTY, pictures.tile(8, LARGE, Goal.reach(3), null, 64));
        });
  }

  private static TileState larger(TilePictures pictures) {
    return pictures.tile(7, LARGE, Goal.reach(3), step(LARGE, 200), 160);
  }

  @Test
  void aSmallPictureKeepsItsPixelsAndAThumbnailAveragesThem(FxRobot robot) {
    TilePictures pictures = new TilePictures();
    Trajectory.Step stripes = step(SMALL, 0);
    for (int i = 0; i < SMALL.size(); i += 2) {
      stripes.pixels()[i] = (byte) 200;
    }
    robot.interact(
        () -> {
          int[] own = pictures.tile(0, SMALL, Goal.reach(3), stripes, 64).picture().pixels();
          assertEquals(16, own.length);
          assertEquals(0xFFC8C8C8, own[0]);
          assertEquals(0xFF000000, own[1]);
          int[] thumbnail = pictures.tile(0, SMALL, Goal.reach(3), stripes, 2).picture().pixels();
          assertEquals(4, thumbnail.length);
          assertTrue(Arrays.stream(thumbnail).allMatch(pixel -> pixel == 0xFF646464));
        });
  }
}
