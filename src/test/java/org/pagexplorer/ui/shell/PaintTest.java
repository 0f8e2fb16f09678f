package org.pagexplorer.ui.shell;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.pagexplorer.ui.support.Waiting.waitFor;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import javafx.geometry.Point2D;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Slider;
import javafx.scene.input.KeyCode;
import javafx.scene.input.MouseButton;
import javafx.scene.layout.Region;
import javafx.stage.Stage;
import org.junit.jupiter.api.Test;
import org.pagexplorer.cli.PagCommand;
import org.pagexplorer.dataset.Fit;
import org.pagexplorer.dataset.MaskFile;
import org.pagexplorer.domain.Image;
import org.pagexplorer.domain.InputShape;
import org.pagexplorer.domain.Mask;
import org.pagexplorer.domain.Norm;
import org.pagexplorer.lab.attack.Brush;
import org.pagexplorer.lab.attack.PaintedRegion;
import org.pagexplorer.lab.attack.TargetGrid.Tile;
import org.pagexplorer.ui.attack.GridAttack;
import org.pagexplorer.ui.attack.TileCommand;
import org.pagexplorer.ui.control.TileGrid;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.Start;

/** One paints what may change, with the mouse, and the attack stays within. */
class PaintTest extends WindowFixture {
  private static final int SIDE = InputShape.CIFAR.width();

  @Start
  void start(Stage stage) {
    open(stage, 3);
    explore.settings().epsilonProperty().set(2);
  }

  private void openTile(FxRobot robot, int row, int column) {
    waitForAttack();
    TileGrid grid = robot.lookup("#grid").queryAs(TileGrid.class);
    robot.clickOn(grid.localToScreen(grid.middleOf(row, column)));
    robot.type(KeyCode.ENTER); // two clicks are no double click on a busy machine
    robot.clickOn("#viewer-paint");
    robot.interact(
        () -> {
          robot.lookup("#paint-softness").queryAs(Slider.class).setValue(0);
          window.applyCss(); // the bar takes its place from the pictures
          window.layout();
        });
  }

  /** Where a place of the original is on the screen, in its pixels. */
  private static Point2D at(FxRobot robot, double x, double y) {
    Region frame = (Region) robot.lookup("#viewer-original").query().lookup(".viewer-picture");
    int scale = (int) (Math.min(frame.getWidth(), frame.getHeight()) / SIDE);
    return frame.localToScreen(
        frame.getWidth() / 2 + (x - SIDE / 2.0) * scale,
        frame.getHeight() / 2 + (y - SIDE / 2.0) * scale);
  }

  private void drag(FxRobot robot, double x0, double y0, double x1, double y1) {
    robot.drag(at(robot, x0, y0), MouseButton.PRIMARY).dropTo(at(robot, x1, y1));
  }

  private List<PaintedRegion> regions(int row) {
    return explore.rows().images().get(row).regions();
  }

  private GridAttack attackWithin(int row, List<PaintedRegion> regions) {
    waitFor(
        "the attack within what is painted",
        PATIENCE,
        () ->
            explore
                .attack()
                .filter(now -> now.images().get(row).regions().equals(regions))
                .filter(GridAttack::isFinished)
                .isPresent());
    return explore.attack().orElseThrow();
  }

  /** How many pixels of a tile have changed where a mask is 0, and where it is 255. */
  private static int[] changed(GridAttack attack, int tile, Mask mask) {
    Tile its = attack.tiles().get(tile);
    Image result = attack.trajectory(tile).result().result();
    int[] changed = new int[2];
    for (int i = 0; i < its.image().pixels().length; i++) {
      if (its.image().pixels()[i] != result.pixels()[i]) {
        changed[mask.levels()[i % (SIDE * SIDE)] == 0 ? 0 : 1]++;
      }
    }
    return changed;
  }

  /** They were gone until the whole grid had been attacked again. */
  @Test
  void theOtherRowsStayOnShowWhileOneIsPaintedMovedOrRemoved(FxRobot robot) {
    waitForAttack();
    int columns = explore.attack().orElseThrow().heads().size();
    List<String> lost = new ArrayList<>();
    Mask blank = new Mask(SIDE, SIDE, new byte[SIDE * SIDE]);
    List<PaintedRegion> left =
        List.of(PaintedRegion.of(new Brush(1, 0, false).rectangle(blank, 0, 0, 9, SIDE)));
    robot.interact(
        () ->
            explore
                .revisionProperty()
                .addListener(
                    (property, old, now) ->
                        explore
                            .attack()
                            .filter(attack -> attack.trajectory(0).result() == null)
                            .ifPresent(attack -> lost.add("with " + attack.images().size()))));
    robot.interact(() -> explore.rows().paint(9, left));
    GridAttack painted = attackWithin(9, left);
    assertEquals(0, changed(painted, 9 * columns, left.getFirst().mask())[0]);
    robot.interact(() -> explore.rows().choice().move(9, 5));
    attackWithin(5, left);
    robot.interact(() -> explore.rows().choice().remove(5));
    waitFor("nine rows", PATIENCE, () -> explore.attack().orElseThrow().images().size() == 9);
    waitForAttack();
    assertEquals(List.of(), lost);
  }

  @Test
  void aRectangleOnTheOriginalIsAllThatChangesAndUndoGivesTheRestBack(FxRobot robot) {
    openTile(robot, 1, 2);
    robot.type(KeyCode.R);
    drag(robot, 4.1, 6.1, 19.9, 25.9);
    List<PaintedRegion> painted = regions(1);
    assertEquals(1, painted.size());
    Mask mask = painted.getFirst().mask();
    byte[] expected = new byte[SIDE * SIDE];
    for (int y = 6; y < 26; y++) {
      for (int x = 4; x < 20; x++) {
        expected[y * SIDE + x] = -1;
      }
    }
    assertArrayEquals(expected, mask.levels());
    GridAttack attack = attackWithin(1, painted);
    int columns = attack.heads().size();
    int[] changed = changed(attack, columns + 2, mask);
    assertEquals(0, changed[0], "outside nothing");
    assertTrue(changed[1] > 500, changed[1] + " pixels within");
    assertTrue(changed(attack, 2, mask)[0] > 500, "other rows change as a whole");
    robot.clickOn("#paint-undo");
    assertEquals(List.of(), regions(1));
    assertTrue(changed(attackWithin(1, List.of()), columns + 2, mask)[0] > 500);
    robot.clickOn("#paint-redo");
    assertEquals(painted, regions(1));
  }

  @Test
  void regionsHaveClassesAndRadiiOfTheirOwnAndAreWiped(FxRobot robot) {
    openTile(robot, 0, 3);
    drag(robot, 6, 6, 6, 26);
    robot.clickOn("#paint-add");
    drag(robot, 26, 6, 26, 26);
    ComboBox<String> target = robot.lookup("#paint-target").queryComboBox();
    robot.interact(() -> target.setValue("dog"));
    robot.clickOn("#paint-epsilon").write("4/8").type(KeyCode.ENTER);
    List<PaintedRegion> painted = regions(0);
    assertEquals(2, painted.size());
    assertEquals(Optional.empty(), painted.getFirst().target());
    assertEquals(OptionalDouble.empty(), painted.getFirst().epsilon());
    assertEquals(Optional.of("dog"), painted.getLast().target());
    assertEquals(OptionalDouble.of(0.5), painted.getLast().epsilon());
    GridAttack attack = attackWithin(0, painted);
    int dog = attack.classes().indexOf("dog");
    assertEquals(
        List.of(false, true),
        attack.tiles().get(3).regions().stream().map(r -> r.target().isPresent()).toList());
    assertEquals(dog, attack.tiles().get(3).regions().getLast().target().getAsInt());
    robot.clickOn("#paint-region-1");
    assertEquals("the column's class", target.getValue());
    robot.clickOn("#paint-eraser");
    drag(robot, 6, 2, 6, 30);
    assertEquals(List.of(painted.getLast()), regions(0), "a region that is wiped is gone");
    robot.clickOn("#paint-remove");
    assertEquals(List.of(), regions(0));
  }

  @Test
  void aRegionIsSavedAsAPictureAndOpenedOnAnother(FxRobot robot) {
    openTile(robot, 0, 1);
    drag(robot, 10, 10, 20, 20);
    Mask mask = regions(0).getFirst().mask();
    Path file = folder.resolve("mask.png");
    dialogs.saved = Optional.of(file);
    robot.clickOn("#paint-save");
    assertEquals(mask, MaskFile.read(file, InputShape.CIFAR, Fit.CROP));
    robot.clickOn("#viewer").type(KeyCode.DOWN);
    assertEquals(List.of(), regions(1));
    dialogs.opened = List.of(file);
    robot.clickOn("#paint-open");
    waitFor("the region", () -> !regions(1).isEmpty());
    assertEquals(List.of(PaintedRegion.of(mask)), regions(1));
    assertEquals(List.of(PaintedRegion.of(mask)), regions(0), "each picture has its own");
  }

  @Test
  void strokesGoOnOnTheSameTileAndWhatIsBeingTypedIsTaken(FxRobot robot) {
    openTile(robot, 2, 5);
    int tile = explore.selectedTileProperty().get();
    drag(robot, 6, 6, 6, 20);
    attackWithin(2, regions(2));
    assertEquals(tile, explore.selectedTileProperty().get());
    Mask one = regions(2).getFirst().mask();
    robot.clickOn("#paint-epsilon").write("0.5");
    drag(robot, 26, 6, 26, 20);
    waitFor("the typed radius", () -> regions(2).getFirst().epsilon().isPresent());
    assertEquals(OptionalDouble.of(0.5), regions(2).getFirst().epsilon());
    Mask both = regions(2).getFirst().mask();
    for (int i = 0; i < SIDE * SIDE; i++) {
      assertTrue((both.levels()[i] & 255) >= (one.levels()[i] & 255), "the first stroke stays");
    }
    assertFalse(both.equals(one));
    assertEquals(List.of(), regions(0));
    robot.interact(() -> explore.settings().normProperty().set(Norm.LINF));
    assertEquals(OptionalDouble.empty(), regions(2).getFirst().epsilon());
    assertEquals(both, regions(2).getFirst().mask());
  }

  @Test
  void theCopiedCommandMakesThePaintedPictureAgain(FxRobot robot) throws Exception {
    openTile(robot, 0, 3);
    drag(robot, 6, 6, 20, 26);
    robot.clickOn("#paint-epsilon").write("1.5").type(KeyCode.ENTER);
    GridAttack attack = attackWithin(0, regions(0));
    String command = TileCommand.of(attack, 3, explore.rows()).orElseThrow();
    Path raw = folder.resolve("again.npy");
    String[] words =
        command.substring("pag ".length()).replaceAll("--out .*", "--raw " + raw).split(" ");
    assertEquals(0, PagCommand.run(words), command);
    byte[] file = Files.readAllBytes(raw);
    float[] again = new float[3 * SIDE * SIDE];
    ByteBuffer.wrap(file, file.length - 4 * again.length, 4 * again.length)
        .order(ByteOrder.LITTLE_ENDIAN)
        .asFloatBuffer()
        .get(again);
    assertArrayEquals(attack.trajectory(3).result().result().pixels(), again, 1e-4f);
  }

  @Test
  void whatIsPaintedStaysWhileOtherRowsAreShown(FxRobot robot) {
    openTile(robot, 0, 1);
    drag(robot, 10, 10, 20, 20);
    List<PaintedRegion> painted = regions(0);
    String origin = explore.rows().images().getFirst().origin();
    robot.interact(() -> explore.rows().choice().choose("cat"));
    waitFor("other rows", () -> !explore.rows().images().getFirst().origin().equals(origin));
    assertEquals(List.of(), regions(0));
    robot.interact(() -> explore.rows().choice().choose("one of each class"));
    waitFor("the first rows", () -> explore.rows().images().getFirst().origin().equals(origin));
    assertEquals(painted, regions(0));
  }

  @Test
  void escapeLeavesPaintingBeforeTheLargeViewAndAStrokeThenMovesThePicture(FxRobot robot) {
    openTile(robot, 0, 1);
    assertTrue(robot.lookup("#paint-bar").query().isVisible());
    assertTrue(robot.lookup("#viewer").query().isVisible());
    robot.clickOn("#viewer-words");
    assertTrue(robot.lookup("#viewer").query().isVisible(), "still");
    robot.type(KeyCode.ESCAPE);
    assertFalse(robot.lookup("#paint-bar").query().isVisible());
    assertTrue(robot.lookup("#viewer").query().isVisible());
    drag(robot, 10, 10, 20, 20);
    assertEquals(List.of(), regions(0));
  }
}
