package org.pagexplorer.ui.shell;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.pagexplorer.ui.support.Waiting.waitFor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import javafx.geometry.Point2D;
import javafx.scene.image.Image;
import javafx.scene.image.WritableImage;
import javafx.scene.input.Clipboard;
import javafx.scene.input.ClipboardContent;
import javafx.scene.input.KeyCode;
import javafx.scene.paint.Color;
import javafx.stage.Stage;
import org.junit.jupiter.api.Test;
import org.pagexplorer.dataset.Fit;
import org.pagexplorer.dataset.ImageFiles;
import org.pagexplorer.domain.InputShape;
import org.pagexplorer.ui.attack.GridAttack;
import org.pagexplorer.ui.attack.Scrubber;
import org.pagexplorer.ui.attack.TileWords;
import org.pagexplorer.ui.control.TileGrid;
import org.pagexplorer.ui.support.Pictures;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.Start;

/** What one does with a tile, and what is pasted. */
class TileMenuTest extends WindowFixture {
  private static final int STEPS = 4;
  private static final int TILE = 3;

  @Start
  void start(Stage stage) {
    open(stage, STEPS);
    explore.settings().epsilonProperty().set(2);
  }

  private static Point2D place(FxRobot robot, int column) {
    TileGrid grid = robot.lookup("#grid").queryAs(TileGrid.class);
    return grid.localToScreen(grid.middleOf(0, column));
  }

  private static void choose(FxRobot robot, String id) {
    choose(robot, place(robot, TILE), id);
  }

  private static Object clipboard(FxRobot robot, boolean picture) {
    Object[] found = new Object[1];
    robot.interact(
        () ->
            found[0] =
                picture
                    ? Clipboard.getSystemClipboard().getImage()
                    : Clipboard.getSystemClipboard().getString());
    return found[0];
  }

  private static void assertShows(byte[] chw, Image picture) {
    InputShape shape = InputShape.CIFAR;
    assertEquals(shape.width(), (int) picture.getWidth());
    int[] expected = new int[shape.width() * shape.height()];
    Pictures.fromBytes(chw, 0, shape, expected);
    int[] found = new int[expected.length];
    for (int i = 0; i < found.length; i++) {
      found[i] = picture.getPixelReader().getArgb(i % shape.width(), i / shape.width());
    }
    assertArrayEquals(expected, found);
  }

  @Test
  void pictureAndNumbersOfTheStepThatIsShownAreCopied(FxRobot robot) {
    GridAttack run = waitForAttack();
    choose(robot, "tile-copy-picture");
    assertEquals(TILE, explore.selectedTileProperty().get());
    assertShows(run.trajectory(TILE).pixels(STEPS), (Image) clipboard(robot, true));
    robot.interact(() -> explore.scrubbedStepProperty().set(1));
    choose(robot, "tile-copy-numbers");
    String numbers = TileWords.of(run, TILE, 1);
    assertTrue(numbers.contains("\nstep 1: p(cat) = "), numbers);
    assertEquals(numbers, clipboard(robot, false));
    robot.clickOn("#grid");
    robot.interact(() -> explore.selectedTileProperty().set(TILE + 1));
    robot.push(KeyCode.CONTROL, KeyCode.C);
    assertShows(run.trajectory(TILE + 1).pixels(1), (Image) clipboard(robot, true));
    assertEquals(TileWords.of(run, TILE + 1, 1), clipboard(robot, false));
  }

  @Test
  void theCommandIsOneThatPagTakes(FxRobot robot) {
    GridAttack run = waitForAttack();
    choose(robot, "tile-copy-command");
    String command = (String) clipboard(robot, false);
    assertTrue(command.startsWith("pag attack --model " + run.model().file()), command);
    assertTrue(command.contains(" --index 0 --targets cat --norm l2 --epsilon 2 --steps 4 "));
    assertPagTakes(command);
  }

  @Test
  void aPictureIsSavedAndARowMadeOfIt(FxRobot robot) {
    GridAttack run = waitForAttack();
    byte[] pixels = run.trajectory(TILE).pixels(STEPS);
    Path file = folder.resolve("saved.png");
    dialogs.saved = Optional.of(file);
    choose(robot, "tile-save");
    waitFor("the file", () -> window.noticeProperty().get().contains("Saved " + file));
    var read = ImageFiles.fit(file, InputShape.CIFAR, Fit.CROP).image();
    assertArrayEquals(pixels, Pictures.toBytes(read));
    int rows = explore.rows().images().size();
    choose(robot, "tile-use");
    waitFor("the row", () -> explore.rows().images().size() == rows + 1);
    assertArrayEquals(pixels, Pictures.toBytes(explore.rows().images().getFirst().image()));
    GridAttack next = waitForAttack();
    assertArrayEquals(pixels, Pictures.toBytes(next.tiles().getFirst().image()));
    choose(robot, "tile-copy-command");
    String command = (String) clipboard(robot, false);
    assertTrue(command.contains(" --image " + folder.resolve("user/pictures")), command);
  }

  @Test
  void aPastedBitmapIsANewRow(FxRobot robot) throws IOException {
    waitForAttack();
    int rows = explore.rows().images().size();
    WritableImage red = new WritableImage(32, 32);
    for (int i = 0; i < 32 * 32; i++) {
      red.getPixelWriter().setColor(i % 32, i / 32, Color.RED);
    }
    robot.interact(
        () -> {
          ClipboardContent content = new ClipboardContent();
          content.putImage(red);
          Clipboard.getSystemClipboard().setContent(content);
        });
    robot.clickOn("#grid");
    robot.push(KeyCode.CONTROL, KeyCode.V);
    waitFor("the row", () -> explore.rows().images().size() == rows + 1);
    var added = explore.rows().images().getFirst();
    assertEquals(
        List.of(1f, 0f, 0f),
        List.of(added.image().at(0, 5, 6), added.image().at(1, 5, 6), added.image().at(2, 5, 6)));
    assertTrue(Files.exists(folder.resolve("user/pictures").resolve(added.origin())));
  }

  @Test
  void theSameImagesAreShownInCompare(FxRobot robot) {
    waitForAttack();
    choose(robot, "tile-compare");
    assertEquals(MainWindow.Screen.COMPARE, window.screenProperty().get());
  }

  @Test
  void anAttackThatBeginsAnewIsFollowed(FxRobot robot) {
    waitForAttack();
    robot.interact(() -> explore.scrubbedStepProperty().set(1));
    robot.interact(() -> explore.settings().epsilonProperty().set(3));
    waitForAttack();
    assertEquals(Scrubber.FOLLOW, explore.scrubbedStepProperty().get());
  }
}
