package org.pagexplorer.ui.shell;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.pagexplorer.ui.support.Waiting.waitFor;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import javafx.geometry.Point2D;
import javafx.scene.image.Image;
import javafx.scene.input.Clipboard;
import javafx.scene.input.KeyCode;
import javafx.scene.input.MouseButton;
import javafx.stage.Stage;
import org.junit.jupiter.api.Test;
import org.pagexplorer.dataset.Fit;
import org.pagexplorer.dataset.ImageFiles;
import org.pagexplorer.domain.InputShape;
import org.pagexplorer.domain.Precision;
import org.pagexplorer.lab.attack.OriginalImage;
import org.pagexplorer.ui.attack.GridAttack;
import org.pagexplorer.ui.control.TileGrid;
import org.pagexplorer.ui.support.Pictures;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.Start;

/** What one does with rows: by pointer, keys and menu. */
class RowsTest extends WindowFixture {

  @Start
  void start(Stage stage) {
    open(stage, 2);
  }

  private List<String> names() {
    return explore.rows().images().stream().map(OriginalImage::origin).toList();
  }

  private static Point2D place(FxRobot robot, int row) {
    TileGrid grid = robot.lookup("#grid").queryAs(TileGrid.class);
    return grid.localToScreen(grid.middleOf(row));
  }

  private static void choose(FxRobot robot, int row, String id) {
    choose(robot, place(robot, row), id);
  }

  private static <T> T clipboard(FxRobot robot, Function<Clipboard, T> what) {
    Object[] found = new Object[1];
    robot.interact(() -> found[0] = what.apply(Clipboard.getSystemClipboard()));
    @SuppressWarnings("unchecked")
    T t = (T) found[0];
    return t;
  }

  private static List<String> with(List<String> names, int from, int to) {
    List<String> moved = new ArrayList<>(names);
    moved.add(to, moved.remove(from));
    return moved;
  }

  @Test
  void aRowIsDraggedToAnotherPlaceAndWhatIsUndoneComesBack(FxRobot robot) {
    waitForAttack();
    List<String> before = names();
    assertEquals(10, before.size(), "one of each class has all classes");
    robot.drag(place(robot, 0)).dropTo(place(robot, 2).add(0, 12));
    assertEquals(with(before, 0, 2), names());
    GridAttack attack = waitForAttack();
    assertEquals(names(), attack.images().stream().map(OriginalImage::origin).toList());
    robot.push(KeyCode.CONTROL, KeyCode.Z);
    assertEquals(before, names());
    robot.push(KeyCode.CONTROL, KeyCode.SHIFT, KeyCode.Z);
    assertEquals(with(before, 0, 2), names());
  }

  @Test
  void keysMoveARowWithItsSelectionAndRemoveIt(FxRobot robot) {
    waitForAttack();
    List<String> before = names();
    robot.clickOn(place(robot, 1), MouseButton.PRIMARY);
    robot.push(KeyCode.ALT, KeyCode.DOWN);
    robot.push(KeyCode.ALT, KeyCode.DOWN);
    assertEquals(with(before, 1, 3), names());
    robot.push(KeyCode.ALT, KeyCode.UP);
    assertEquals(with(before, 1, 2), names());
    robot.push(KeyCode.RIGHT); // its first tile goes with it, too
    assertEquals(20, explore.selectedTileProperty().get());
    robot.push(KeyCode.RIGHT);
    assertEquals(21, explore.selectedTileProperty().get());
    robot.push(KeyCode.ALT, KeyCode.UP);
    assertEquals(before, names());
    assertEquals(11, explore.selectedTileProperty().get());
    robot.push(KeyCode.DELETE);
    assertEquals(9, names().size());
    assertTrue(!names().contains(before.get(1)), "" + names());
    waitForAttack();
    robot.interact(() -> window.undo(false));
    assertEquals(before, names());
  }

  @Test
  void theMenuCopiesSavesAndArranges(FxRobot robot) {
    waitForAttack();
    List<String> before = names();
    choose(robot, 2, "row-copy");
    assertEquals(before.get(2), clipboard(robot, Clipboard::getString));
    byte[] pixels = Pictures.toBytes(explore.rows().images().get(2).image());
    int[] expected = new int[32 * 32];
    Pictures.fromBytes(pixels, 0, InputShape.CIFAR, expected);
    Image copied = clipboard(robot, Clipboard::getImage);
    for (int i = 0; i < expected.length; i++) {
      assertEquals(expected[i], copied.getPixelReader().getArgb(i % 32, i / 32));
    }
    robot.clickOn(place(robot, 4), MouseButton.PRIMARY);
    robot.push(KeyCode.CONTROL, KeyCode.C);
    assertEquals(before.get(4), clipboard(robot, Clipboard::getString));
    Path file = folder.resolve("row.png");
    dialogs.saved = Optional.of(file);
    choose(robot, 2, "row-save");
    waitFor("the file", () -> window.noticeProperty().get().contains("Saved " + file));
    var read = ImageFiles.fit(file, InputShape.CIFAR, Fit.CROP).image();
    assertArrayEquals(pixels, Pictures.toBytes(read));
    choose(robot, 2, "row-up");
    assertEquals(with(before, 2, 1), names());
    choose(robot, 1, "row-down");
    assertEquals(before, names());
    choose(robot, 0, "row-remove");
    assertEquals(before.subList(1, 10), names());
    choose(robot, 3, "row-alone");
    assertEquals(List.of(before.get(4)), names());
    for (int i = 0; i < 4; i++) {
      robot.interact(() -> window.undo(false));
    }
    assertEquals(before, names());
  }

  @Test
  void aRowsCommandIsOneThatPagTakes(FxRobot robot) {
    waitForAttack();
    robot.interact(() -> explore.targets().setAll(3, 5));
    waitForAttack();
    choose(robot, 1, "row-copy-command");
    String command = clipboard(robot, Clipboard::getString);
    assertTrue(command.contains(" --index 12 --targets cat,dog "), command);
    assertPagTakes(command);
  }

  @Test
  void onlyMisclassifiedImagesAreShownAndMoreOfThem(FxRobot robot) {
    waitForAttack();
    robot.interact(() -> explore.rows().choice().choose("misclassified"));
    waitFor("rows", () -> explore.rows().choice().choiceProperty().get().equals("misclassified"));
    waitFor("seven", () -> names().size() == 7);
    waitForAttack();
    robot.clickOn("#more-images");
    waitFor("more", () -> names().size() > 7);
    List<OriginalImage> images = List.copyOf(explore.rows().images());
    Path model = explore.attack().orElseThrow().model().file();
    int[] named =
        lane.submit(
                l ->
                    l.classifier(model, Precision.EXACT)
                        .predictions(images.stream().map(OriginalImage::image).toList()))
            .join();
    for (int i = 0; i < named.length; i++) {
      assertTrue(named[i] != images.get(i).label().orElseThrow(), images.get(i).origin());
    }
  }

  @Test
  void moreRandomImagesComeBelowThoseThatAreShown(FxRobot robot) {
    waitForAttack();
    assertTrue(robot.lookup("#more-images").query().isDisabled(), "each class has its one");
    robot.interact(() -> explore.rows().choice().choose("at random"));
    waitFor("rows", () -> names().size() == 7);
    List<String> before = names();
    robot.clickOn("#more-images");
    waitFor("more", () -> names().size() == 14);
    assertEquals(before, names().subList(0, 7));
  }
}
