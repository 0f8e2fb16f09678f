package org.pagexplorer.ui.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.pagexplorer.ui.support.Waiting.waitFor;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import javafx.scene.Parent;
import javafx.scene.canvas.Canvas;
import javafx.scene.control.ComboBox;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TextField;
import javafx.stage.Stage;
import javafx.stage.Window;
import org.junit.jupiter.api.Test;
import org.pagexplorer.checkpoint.catalogue.ModelFile;
import org.pagexplorer.domain.Architecture;
import org.pagexplorer.domain.InputShape;
import org.pagexplorer.ui.attack.GridAttack;
import org.pagexplorer.ui.control.TileGrid;
import org.pagexplorer.ui.control.TileRange;
import org.pagexplorer.ui.support.EveryButton;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.Start;

/** A model of 1,000 classes and 224-pixel pictures, and back to one of ten. */
class ThousandClassesTest extends WindowFixture {
  private static final InputShape LARGE = new InputShape(3, 224, 224);
  private static final List<String> CLASSES =
      IntStream.range(0, 1000).mapToObj("kind %03d"::formatted).toList();

  @Start
  void start(Stage stage) {
    open(stage, 1);
  }

  private void chooseThousand(FxRobot robot) {
    Path file = folder.resolve("thousand.safetensors");
    if (Files.notExists(file)) {
      TinyHome.writeModel(file, "Thousand", Architecture.mlp(2, LARGE, 1000), CLASSES, 5);
    }
    waitFor("images", PATIENCE, () -> !explore.rows().images().isEmpty());
    robot.interact(() -> window.shelf().open(file));
    waitFor("its likeliest", PATIENCE, () -> explore.targets().size() == 10 && isSettled(10));
  }

  private void chooseTwoImages(FxRobot robot) {
    waitFor("images", PATIENCE, () -> !explore.rows().images().isEmpty());
    robot.interact(() -> explore.rows().choice().showIndices("0, 1"));
    waitFor("two rows", PATIENCE, () -> explore.rows().images().size() == 2);
  }

  private boolean isSettled(int columns) {
    return explore
        .attack()
        .filter(GridAttack::isFinished)
        .filter(attack -> attack.heads().size() == columns)
        .isPresent();
  }

  private TileGrid grid(FxRobot robot) {
    return robot.lookup("#grid").queryAs(TileGrid.class);
  }

  private static Parent picker() {
    return Window.getWindows().stream()
        .filter(w -> w.isShowing() && w.getScene().getRoot().lookup("#target-list") != null)
        .findFirst()
        .map(w -> w.getScene().getRoot())
        .orElseThrow();
  }

  private void search(FxRobot robot, String text) {
    TextField field = (TextField) picker().lookup("#target-search");
    robot.interact(() -> field.setText(text));
  }

  @Test
  void itBeginsWithItsTenLikeliestAndGoesBackToTenClasses(FxRobot robot) {
    chooseThousand(robot);
    assertEquals(10, grid(robot).heads().size());
    assertEquals(0, grid(robot).shownTilesProperty().get().firstRow(), "the first row in sight");
    assertTrue(CLASSES.containsAll(grid(robot).heads()), "" + grid(robot).heads());
    assertEquals(LARGE, explore.rows().images().getFirst().image().shape());
    String notice = window.noticeProperty().get();
    assertTrue(notice.startsWith("Images of another size than the model's are resized"), notice);
    assertTrue(robot.lookup("#image-fit").query().isVisible());
    List<Integer> likeliest = List.copyOf(explore.targets());
    robot.interact(() -> explore.rows().choice().showIndices("3"));
    waitFor("one row", PATIENCE, () -> explore.rows().images().size() == 1);
    waitFor("its own likeliest", PATIENCE, () -> isSettled(10) && tiles() == 10);
    assertFalse(explore.targets().isEmpty() || likeliest.isEmpty());
    ModelFile ten = window.shelf().models().getFirst();
    CountDownLatch held = new CountDownLatch(1);
    var _ = lane.submit(l -> await(held));
    try {
      robot.interact(() -> window.shelf().chosenProperty().set(ten));
      waitFor("ten heads", () -> grid(robot).heads().equals(TinyHome.CLASSES));
      assertTrue(explore.lastResult(0).isEmpty(), "nothing of the former model is in sight");
    } finally {
      held.countDown();
    }
    waitFor("its pictures", PATIENCE, () -> isSettled(10) && explore.attack().get().model() == ten);
    assertEquals(InputShape.CIFAR, explore.rows().images().getFirst().image().shape());
  }

  private static boolean await(CountDownLatch latch) throws InterruptedException {
    latch.await();
    return true;
  }

  private int tiles() {
    return explore.attack().orElseThrow().tiles().size();
  }

  @Test
  void aThousandColumnsAreSearchedScrolledAndAttackedWhereOneLooks(FxRobot robot) {
    chooseTwoImages(robot);
    chooseThousand(robot);
    robot.clickOn("#targets");
    robot.clickOn("#targets-none");
    search(robot, "KIND 99");
    robot.clickOn("#targets-all");
    waitFor("those found", PATIENCE, () -> isSettled(10));
    assertEquals(CLASSES.subList(990, 1000), grid(robot).heads());
    search(robot, "");
    robot.clickOn("#targets-all");
    waitFor("all columns", PATIENCE, () -> grid(robot).heads().equals(CLASSES));
    Canvas canvas = (Canvas) grid(robot).getChildrenUnmodifiable().getFirst();
    ScrollPane scroll = robot.lookup(".grid-scroll").queryAs(ScrollPane.class);
    waitFor("a place for all", () -> grid(robot).getWidth() > 70_000);
    assertTrue(canvas.getWidth() <= scroll.getWidth() + 1, canvas.getWidth() + " pixels");
    robot.interact(() -> scroll.setHvalue(1));
    TileRange seen = grid(robot).shownTilesProperty().get();
    assertEquals(999, seen.lastColumn());
    waitFor("the last column", PATIENCE, () -> explore.lastResult(999).isPresent());
    assertTrue(explore.lastResult(500).isEmpty(), "what is out of sight comes later");
    assertTrue(text(robot, "#task").contains(" of 2,000 pictures"), text(robot, "#task"));
    robot.interact(window::stop);
  }

  @Test
  void everyButtonOfTheTargetsDoesWhatItIsForAndSetsAreRemembered(FxRobot robot) {
    chooseTwoImages(robot);
    chooseThousand(robot);
    robot.clickOn("#targets");
    EveryButton buttons = new EveryButton(robot, ThousandClassesTest::picker);
    buttons.press("targets-none", () -> explore.targets().isEmpty());
    search(robot, "kind 12");
    buttons.press("targets-all", () -> explore.targets().size() == 10);
    TextField name = (TextField) picker().lookup("#target-set-name");
    ComboBox<?> sets = (ComboBox<?>) picker().lookup("#target-sets");
    robot.interact(() -> name.setText("Twelve"));
    buttons.press("target-set-save", () -> "Twelve".equals(sets.getValue()));
    search(robot, "");
    buttons.press("targets-likely", () -> !explore.targets().contains(120));
    robot.interact(() -> sets.getSelectionModel().clearSelection());
    robot.interact(() -> sets.getSelectionModel().select(0));
    assertEquals(IntStream.range(120, 130).boxed().toList(), explore.targets());
    buttons.press("target-set-delete", () -> sets.getItems().isEmpty());
    buttons.wereAllPressed();
  }
}
