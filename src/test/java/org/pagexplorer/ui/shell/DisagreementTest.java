package org.pagexplorer.ui.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.pagexplorer.ui.support.Waiting.waitFor;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import javafx.scene.control.Label;
import javafx.stage.Stage;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.pagexplorer.domain.Architecture;
import org.pagexplorer.domain.InputShape;
import org.pagexplorer.ui.control.TileGrid;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.Start;

/** Models and images that do not speak of the same classes, or of the same size. */
class DisagreementTest extends WindowFixture {
  @Start
  void start(Stage stage) {
    open(stage, 3);
  }

  private void choose(FxRobot robot, InputShape input, List<String> classes) {
    waitForAttack();
    Path file = folder.resolve("other.safetensors");
    TinyHome.writeModel(file, "Other", Architecture.resNet18(2, input, classes.size()), classes, 5);
    robot.interact(() -> window.open(List.of(file)));
    waitFor(
        "the model",
        PATIENCE,
        () -> window.shelf().chosen().orElseThrow().card().name().equals("Other"));
  }

  private static List<String> numbered(int count) {
    return IntStream.range(0, count).mapToObj(i -> "class " + i).toList();
  }

  @Test
  void aModelThatNumbersTheClassesOtherwiseLeavesTheRightOne(FxRobot robot) {
    List<String> reversed = TinyHome.CLASSES.reversed();
    choose(robot, InputShape.CIFAR, reversed);
    robot.interact(() -> explore.settings().targetedProperty().set(false));
    waitFor(
        "the untargeted attack",
        PATIENCE,
        () -> explore.lastResult(0).filter(result -> !result.goal().targeted()).isPresent());
    String name = explore.rows().images().getFirst().className().orElseThrow();
    assertEquals(
        reversed.indexOf(name), explore.lastResult(0).orElseThrow().goal().classIndex(), name);
  }

  @Test
  void imagesOfClassesThatTheModelDoesNotKnowKeepTheirNames(FxRobot robot) {
    choose(robot, InputShape.CIFAR, numbered(3));
    waitForAttack();
    Label title = robot.lookup("#inspector-title").queryAs(Label.class);
    waitFor(
        "the second image",
        () -> title.getText().startsWith("automobile #") && title.getText().endsWith("class 0"));
    // Away from what? From what the model takes it for.
    robot.interact(() -> explore.settings().targetedProperty().set(false));
    waitFor(
        "the untargeted attack",
        PATIENCE,
        () -> explore.lastResult(0).filter(result -> !result.goal().targeted()).isPresent());
    var result = explore.lastResult(0).orElseThrow();
    assertEquals(result.predictedBefore(), result.goal().classIndex());
  }

  @Test
  void whatIsComparedHasItsOwnTargets(FxRobot robot) {
    waitForAttack();
    robot.clickOn("#screen-compare");
    waitFor("pictures", PATIENCE, () -> window.compare().result(1, 99).isPresent());
    robot.clickOn("#screen-explore");
    choose(robot, InputShape.CIFAR, numbered(12));
    robot.clickOn("#screen-compare");
    TileGrid grid = robot.lookup("#compare-grid").queryAs(TileGrid.class);
    waitFor("pictures again", PATIENCE, () -> window.compare().result(1, 99).isPresent());
    assertEquals(TinyHome.CLASSES, grid.heads());
  }

  @Test
  void imagesOfAnotherSizeAreMadeTheModelsAndOnesOwnPictureToo(FxRobot robot) throws IOException {
    InputShape small = new InputShape(3, 16, 16);
    choose(robot, small, TinyHome.CLASSES);
    waitFor("the samples", PATIENCE, () -> explore.rows().images().size() == 10 && allAre(small));
    waitForAttack();
    assertEquals(100, explore.attack().orElseThrow().tiles().size());
    Path file = folder.resolve("own.png");
    ImageIO.write(new BufferedImage(64, 48, BufferedImage.TYPE_INT_RGB), "png", file.toFile());
    robot.interact(() -> window.open(List.of(file)));
    waitFor("the row", PATIENCE, () -> explore.rows().images().size() == 11);
    assertTrue(allAre(small));
    waitForAttack();
    assertEquals(110, explore.attack().orElseThrow().tiles().size());
  }

  private boolean allAre(InputShape shape) {
    return explore.rows().images().stream().allMatch(i -> i.image().shape().equals(shape));
  }
}
