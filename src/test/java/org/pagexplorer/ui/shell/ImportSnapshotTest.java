package org.pagexplorer.ui.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.pagexplorer.ui.support.Waiting.waitFor;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import javafx.scene.control.Label;
import javafx.scene.layout.Region;
import javafx.stage.Stage;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.pagexplorer.checkpoint.pytorch.TorchSave;
import org.pagexplorer.domain.Architecture;
import org.pagexplorer.domain.Family;
import org.pagexplorer.domain.InputShape;
import org.pagexplorer.domain.Tensor;
import org.pagexplorer.engine.Initialization;
import org.pagexplorer.ui.importing.ImportViewModel;
import org.pagexplorer.ui.support.CutTexts;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.Start;

/** The import dialog, as {@code pag --snapshot} shows it. */
class ImportSnapshotTest extends WindowFixture {
  private Stage stage;

  @Start
  void start(Stage shown) {
    stage = shown;
    open(shown, 1);
  }

  @Test
  void theDialogIsTakenInLightAndDarkWithEveryReadingTried(FxRobot robot) throws IOException {
    Path pictures = Files.createDirectories(folder.resolve("pictures"));
    waitForAttack();
    CompletableFuture<Void> done = new CompletableFuture<>();
    robot.interact(
        () -> {
          SnapshotSession session =
              new SnapshotSession(window, stage.getScene(), pictures, 1, done);
          session.only(Set.of("import"));
          session.begin();
          explore.settings().epsilonProperty().set(3); // its pictures come first
        });
    waitFor("the pictures", PATIENCE, done::isDone);
    done.join();
    try (Stream<Path> all = Files.list(pictures)) {
      assertEquals(
          List.of("import-dark.png", "import.png"),
          all.map(file -> file.getFileName().toString()).sorted().toList());
    }
    // The card's own color beside its title, above what is shaded.
    assertTrue(brightness(pictures.resolve("import.png")) > 250);
    assertTrue(brightness(pictures.resolve("import-dark.png")) < 60);
    assertTrue(window.importing().isSettled());
  }

  private static int brightness(Path picture) throws IOException {
    BufferedImage image = ImageIO.read(picture.toFile());
    Color middle = new Color(image.getRGB(image.getWidth() / 2 + 100, image.getHeight() / 2));
    return (middle.getRed() + middle.getGreen() + middle.getBlue()) / 3;
  }

  @Test
  void nothingOfItIsCutInAnyWindow(FxRobot robot) {
    Path file = ForeignCopy.of(window.shelf().models().getFirst().file());
    look(robot, file);
    ForeignCopy.remove(file);
    assertTrue(Files.notExists(file.getParent()));
  }

  /** As many questions as there can be, of a window that has no command line. */
  @Test
  void norOfASmallCnnsThatLeavesMoreOpen(FxRobot robot) throws IOException {
    Architecture network =
        new Architecture(
            Family.of("cnn-c4k3s1p1m2-c8k3s1p1m2-c8k3s1p1m2-l8"), 1, InputShape.CIFAR, 10);
    SequencedMap<String, Tensor> tensors = new LinkedHashMap<>();
    Initialization.of(network, 7).forEach((name, t) -> tensors.put("module." + name, t));
    Path file = folder.resolve("small.pt");
    Files.write(file, TorchSave.zip(List.of("state_dict"), tensors));
    look(robot, file);
  }

  private void look(FxRobot robot, Path file) {
    waitForAttack();
    robot.interact(() -> window.importing().open(file));
    waitFor(
        "every reading",
        PATIENCE,
        () ->
            window.importing().stageProperty().get() == ImportViewModel.Stage.ANSWERS
                && window.importing().isSettled());
    for (Label label : robot.lookup("#import .label").queryAllAs(Label.class)) {
      assertFalse(label.getText().contains("--"), label.getText());
    }
    List<String> found = new ArrayList<>();
    for (int[] size : new int[][] {{1040, 700}, {1366, 768}}) {
      robot.interact(
          () -> {
            stage.setWidth(size[0]);
            stage.setHeight(size[1]);
          });
      Region foot = robot.lookup(".status-line").queryAs(Region.class);
      waitFor(
          "the window in its new size",
          () -> {
            window.applyCss();
            window.layout();
            double end = foot.localToScene(0, foot.getHeight()).getY();
            return window.getHeight() == size[1] && Math.abs(end - size[1]) < 1;
          });
      robot.interact(() -> CutTexts.in(window).forEach(cut -> found.add(size[0] + ": " + cut)));
    }
    assertEquals("", String.join("\n", found));
    robot.interact(window.importing()::dismiss);
  }
}
