package org.pagexplorer.ui.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.pagexplorer.ui.support.Waiting.waitFor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import javafx.geometry.Point2D;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.Slider;
import javafx.scene.image.WritableImage;
import javafx.scene.paint.Color;
import javafx.stage.Stage;
import org.junit.jupiter.api.Test;
import org.pagexplorer.checkpoint.catalogue.ModelFile;
import org.pagexplorer.domain.AttackedImage;
import org.pagexplorer.domain.Norm;
import org.pagexplorer.domain.Precision;
import org.pagexplorer.engine.TorchEngine;
import org.pagexplorer.lab.figure.FigureSpecification.Pictures;
import org.pagexplorer.lab.figure.FigureText;
import org.pagexplorer.lab.model.EngineLane;
import org.pagexplorer.ui.attack.AttackSettings;
import org.pagexplorer.ui.attack.GridAttack;
import org.pagexplorer.ui.attack.Scrubber;
import org.pagexplorer.ui.control.TileGrid;
import org.pagexplorer.ui.control.WholeGrid;
import org.pagexplorer.ui.support.Theme;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.Start;

/** A tile is of the chosen model, image, target, parameters and device, or it is gray. */
class OutdatedPicturesTest extends WindowFixture {
  private static final int CLASSES = TinyHome.CLASSES.size();

  /** What it calls a GPU computes on the CPU. */
  OutdatedPicturesTest() {
    super(new EngineLane("cpu", "engine", 0, device -> TorchEngine.open("cpu")));
  }

  @Start
  void start(Stage stage) {
    open(stage, 2);
  }

  private static int gray(FxRobot robot, String id, int rows, int columns) {
    TileGrid grid = robot.lookup(id).queryAs(TileGrid.class);
    WritableImage[] picture = new WritableImage[1];
    robot.interact(() -> picture[0] = WholeGrid.picture(grid));
    int gray = 0;
    for (int row = 0; row < rows; row++) {
      for (int column = 0; column < columns; column++) {
        gray += isGray(picture[0], grid.middleOf(row, column), grid.side()) ? 1 : 0;
      }
    }
    return gray;
  }

  /** Its picture, at some places, and its bar. */
  private static boolean isGray(WritableImage picture, Point2D middle, int side) {
    for (int dy = -side / 3; dy <= side / 3; dy += side / 6) {
      for (int dx = -side / 3; dx <= side / 3; dx += side / 6) {
        if (!isGray(picture, middle.getX() + dx, middle.getY() + dy)) {
          return false;
        }
      }
    }
    return isGray(picture, middle.getX(), middle.getY() + side / 2.0 + 4);
  }

  private static boolean isGray(WritableImage picture, double x, double y) {
    Color found = picture.getPixelReader().getColor((int) x, (int) y);
    Color border = Theme.LIGHT.border();
    return Math.abs(found.getRed() - border.getRed()) < 0.01
        && Math.abs(found.getGreen() - border.getGreen()) < 0.01
        && Math.abs(found.getBlue() - border.getBlue()) < 0.01;
  }

  /** While the lane is busy with something else, nothing new can come. */
  private CountDownLatch holdLane() {
    CountDownLatch latch = new CountDownLatch(1);
    var _ =
        lane.submit(
            l -> {
              latch.await();
              return l;
            });
    return latch;
  }

  private Map<String, Runnable> changes() {
    AttackSettings settings = explore.settings();
    Map<String, Runnable> changes = new LinkedHashMap<>();
    changes.put("model", () -> window.shelf().chosenProperty().set(other()));
    changes.put("norm", () -> settings.normProperty().set(Norm.LINF));
    changes.put("ε", () -> settings.epsilonProperty().set(0.123));
    changes.put("steps", () -> settings.stepsProperty().set(3));
    changes.put("precision", () -> settings.precisionProperty().set(Precision.EXACT));
    changes.put("images", () -> explore.rows().show(from -> from.onePerClass(CLASSES, 1)));
    changes.put("goal", () -> settings.targetedProperty().set(false));
    return changes;
  }

  private ModelFile other() {
    return window.shelf().models().stream()
        .filter(model -> !Optional.of(model).equals(window.shelf().chosen()))
        .findFirst()
        .orElseThrow();
  }

  /** Looks while what was changed cannot be computed yet. */
  private void change(FxRobot robot, Map.Entry<String, Runnable> change, Runnable look) {
    List<?> images = List.copyOf(explore.rows().images());
    CountDownLatch held = holdLane();
    try {
      robot.interact(change.getValue());
      if (change.getKey().equals("images")) {
        waitFor("other images", () -> !explore.rows().images().equals(images));
      }
      look.run();
    } finally {
      held.countDown();
    }
  }

  @Test
  void afterEachChangeExploreIsGrayUntilItsOwnPicturesCome(FxRobot robot) {
    waitForAttack();
    Label numbers = robot.lookup("#inspector-numbers").queryAs(Label.class);
    for (Map.Entry<String, Runnable> change : changes().entrySet()) {
      int before = explore.settings().targetedProperty().get() ? CLASSES : 1;
      int columns = change.getKey().equals("goal") ? 1 : CLASSES;
      assertEquals(0, gray(robot, "#grid", CLASSES, before), "before another " + change.getKey());
      change(
          robot,
          change,
          () -> {
            assertEquals(
                CLASSES * columns,
                gray(robot, "#grid", CLASSES, columns),
                "gray tiles after another " + change.getKey());
            assertFalse(numbers.getText().contains("named"), numbers.getText());
            assertTrue(explore.lastResult(0).isEmpty());
          });
      waitForAttack();
    }
  }

  @Test
  void afterEachChangeCompareIsGrayUntilItsOwnPicturesCome(FxRobot robot) {
    waitForAttack();
    robot.clickOn("#screen-compare");
    Map<String, Runnable> changes = changes();
    changes.remove("model"); // its rows are of models that are ticked
    changes.remove("goal");
    for (Map.Entry<String, Runnable> change : changes.entrySet()) {
      waitFor("pictures", PATIENCE, () -> window.compare().result(1, 99).isPresent());
      assertEquals(0, gray(robot, "#compare-grid", 2 * CLASSES, CLASSES));
      change(
          robot,
          change,
          () ->
              assertEquals(
                  2 * CLASSES * CLASSES,
                  gray(robot, "#compare-grid", 2 * CLASSES, CLASSES),
                  "gray tiles after another " + change.getKey()));
    }
  }

  /** They are the same attacks, at other places. */
  @Test
  void inAnotherOrderOfTargetsThePicturesStay(FxRobot robot) {
    waitForAttack();
    GridAttack before = explore.attack().orElseThrow();
    CountDownLatch held = holdLane();
    try {
      robot.interact(() -> explore.targets().setAll(9, 8, 7, 6, 5, 4, 3, 2, 1, 0));
      GridAttack now = explore.attack().orElseThrow();
      assertNotSame(before, now);
      for (int tile = 0; tile < CLASSES * CLASSES; tile++) {
        int mirrored = tile / CLASSES * CLASSES + CLASSES - 1 - tile % CLASSES;
        assertSame(before.trajectory(mirrored), now.trajectory(tile), "tile " + tile);
      }
      assertEquals(0, gray(robot, "#grid", CLASSES, CLASSES));
    } finally {
      held.countDown();
    }
    waitForAttack();
  }

  /** Nothing is reached yet, and the scrubber is not left behind at a step of what was. */
  @Test
  void aStepThatIsNotReachedIsGray(FxRobot robot) {
    waitForAttack();
    Slider scrubber = robot.lookup("#scrubber").queryAs(Slider.class);
    robot.interact(() -> scrubber.setValue(1));
    assertEquals(0, gray(robot, "#grid", CLASSES, CLASSES));
    CountDownLatch held = holdLane();
    try {
      robot.interact(() -> explore.settings().epsilonProperty().set(3));
      assertEquals(CLASSES * CLASSES, gray(robot, "#grid", CLASSES, CLASSES));
      assertEquals(Scrubber.FOLLOW, explore.scrubbedStepProperty().get());
    } finally {
      held.countDown();
    }
    waitForAttack();
    assertEquals(0, gray(robot, "#grid", CLASSES, CLASSES));
  }

  private void chooseDevice(FxRobot robot, String device) {
    @SuppressWarnings("unchecked")
    ComboBox<String> devices = robot.lookup("#device").queryAs(ComboBox.class);
    robot.interact(
        () -> {
          devices.getItems().add("cuda:0");
          devices.setValue(device);
        });
  }

  @Test
  void anotherDeviceBeginsTheShownScreenAnewAndTheOtherOnceItIsShown(FxRobot robot)
      throws IOException {
    waitForAttack();
    assertEquals("cpu", explore.attack().orElseThrow().device());
    robot.clickOn("#screen-compare");
    waitFor("pictures", PATIENCE, () -> window.compare().result(1, 99).isPresent());
    AttackedImage old = window.compare().result(1, 99).orElseThrow();
    chooseDevice(robot, "cuda:0");
    waitFor(
        "other pictures",
        PATIENCE,
        () -> window.compare().result(1, 99).filter(now -> now != old).isPresent());
    waitFor("the end", PATIENCE, () -> !window.compare().busyProperty().get());
    assertEquals("cuda:0", exportedDevice(robot, "compared.png"));
    robot.clickOn("#screen-explore");
    waitForAttack();
    assertEquals("cuda:0", explore.attack().orElseThrow().device());
    assertEquals("cuda:0", exportedDevice(robot, "explored.png"));
  }

  private String exportedDevice(FxRobot robot, String name) throws IOException {
    Path file = folder.resolve(name);
    dialogs.saved = Optional.of(file);
    robot.clickOn("#export").clickOn("#export-save");
    Path json = folder.resolve(name + ".json");
    waitFor("the figure", PATIENCE, () -> Files.exists(json));
    return ((Pictures) FigureText.read(json)).device();
  }

  @Test
  void aRunDoesNotGoOnOnAnotherDevice(FxRobot robot) {
    waitForAttack();
    GridAttack first = explore.attack().orElseThrow();
    robot.interact(window.explore()::rest); // it is this test that moves the lane
    GridAttack run =
        new GridAttack(
            first.model(),
            first.images(),
            Optional.empty(),
            first.heads(),
            first.precision(),
            first.specification(),
            first.tiles(),
            1L << 30,
            () -> {},
            sentence -> {});
    CountDownLatch held = holdLane();
    CompletableFuture<Void> ended = run.start(lane);
    CompletableFuture<String> moved = lane.useDevice("cuda:0"); // before the second batch
    held.countDown();
    CompletableFuture.allOf(ended, moved).join();
    assertEquals("cpu", run.device());
    assertTrue(run.trajectory(0).result() != null, "the first batch");
    assertTrue(run.trajectory(CLASSES * CLASSES - 1).result() == null, "the last batch");
    assertFalse(run.isFinished());
  }
}
