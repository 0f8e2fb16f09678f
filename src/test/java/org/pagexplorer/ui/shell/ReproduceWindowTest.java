package org.pagexplorer.ui.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.pagexplorer.ui.support.Waiting.waitFor;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import javafx.scene.control.Button;
import javafx.stage.Stage;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.Test;
import org.pagexplorer.checkpoint.Checkpoint;
import org.pagexplorer.checkpoint.CheckpointFiles;
import org.pagexplorer.checkpoint.Dtype;
import org.pagexplorer.cli.SmallReproduce;
import org.pagexplorer.domain.Architecture;
import org.pagexplorer.domain.InputShape;
import org.pagexplorer.domain.ModelCard;
import org.pagexplorer.domain.Normalization;
import org.pagexplorer.engine.Initialization;
import org.pagexplorer.ui.compare.ReproduceViewModel;
import org.pagexplorer.ui.compare.SmallPlayground;
import org.pagexplorer.ui.compare.SteppedWork.State;
import org.pagexplorer.ui.support.Activity;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.Start;

/** Reproducing the paper from Measure: what the button writes, and how it is stopped. */
class ReproduceWindowTest extends WindowFixture {
  private ReproduceViewModel reproduction;

  @Start
  void start(Stage stage) {
    if (Files.notExists(folder.resolve("models"))) {
      TinyHome.makeIn(folder);
      writeClassMean();
    }
    open(stage, 2);
    reproduction = window.measure().reproduction();
    SmallPlayground.use(reproduction, SmallReproduce.playground(1), 2);
  }

  /** In the place of the slower one of the two. */
  private static void writeClassMean() {
    Architecture architecture = Architecture.mlp(4, InputShape.CIFAR, TinyHome.CLASSES.size());
    ModelCard card =
        new ModelCard(
            "Mean",
            architecture,
            TinyHome.CLASSES,
            Normalization.CIFAR10,
            "class-mean",
            Map.of("lambda", "0.4"),
            1,
            "nothing",
            "",
            "a test",
            "pag train --method class-mean",
            List.of());
    CheckpointFiles.write(
        folder.resolve("models/second.safetensors"),
        new Checkpoint(card, Initialization.of(architecture, 2)),
        Dtype.F32);
  }

  private void press(FxRobot robot, Path page) {
    waitFor("images", PATIENCE, () -> !window.explore().rows().images().isEmpty());
    robot.clickOn("#screen-compare");
    robot.clickOn("#compare-measure");
    dialogs.saved = Optional.of(page);
    robot.interact(
        () -> {
          window.measure().imagesProperty().set(10);
          robot.lookup("#measure-reproduce").queryAs(Button.class).fire();
        });
    assertTrue(reproduction.activity().isPresent(), "it is listed");
  }

  private void waitForState(State state) {
    waitFor(state.name(), PATIENCE, () -> reproduction.stateProperty().get() == state);
  }

  private static long accuracies(Path parts) {
    String[] files = parts.toFile().list((dir, name) -> name.startsWith("accuracy-"));
    return files == null ? 0 : files.length;
  }

  /** What every file of a folder holds, but for how long it took. */
  private static Map<String, String> files(Path folder) throws IOException {
    Map<String, String> files = new TreeMap<>();
    try (Stream<Path> all = Files.list(folder)) {
      for (Path file : (Iterable<Path>) all::iterator) {
        String bytes = Files.readString(file, StandardCharsets.ISO_8859_1);
        files.put(
            String.valueOf(file.getFileName()), bytes.replaceAll("\"seconds\": [0-9.E-]+", ""));
      }
    }
    return files;
  }

  @Test
  void theButtonWritesThePageThatItsCommandWrites(FxRobot robot) throws IOException {
    Path page = folder.resolve("whole.html");
    press(robot, page);
    waitForState(State.DONE);
    assertFalse(reproduction.activity().isPresent(), "it is no longer listed");
    assertEquals(
        "Wrote %s and %s.".formatted(page, folder.resolve("whole.pdf")),
        window.noticeProperty().get());
    List<String> command =
        List.of(
            "pag",
            "reproduce",
            "--models",
            folder.resolve("models/first.safetensors").toString(),
            folder.resolve("models/second.safetensors").toString(),
            "--limit",
            "10",
            "--batch",
            "50",
            "--out",
            page.toString());
    String html = Files.readString(page);
    assertTrue(html.contains(String.join(" ", command)), "the command");
    for (String published : List.of("93.61", "81.41", "79.13 ± 0.74", "75.5", "72.63")) {
      assertTrue(html.contains(published), published);
    }
    try (PDDocument pdf = Loader.loadPDF(folder.resolve("whole.pdf").toFile())) {
      String text = new PDFTextStripper().getText(pdf);
      for (String part : List.of("Table 1", "Table 2", "Table 4", "Figure 3", "First", "Mean")) {
        assertTrue(text.contains(part), part);
      }
      assertEquals(
          List.of("figure-3.png.json", "figure-4.png.json", "figure-5.png.json"),
          pdf.getDocumentCatalog().getNames().getEmbeddedFiles().getNames().keySet().stream()
              .sorted()
              .toList());
    }
    List<String> again = new ArrayList<>(command.subList(2, command.size() - 1));
    again.addAll(List.of(folder.resolve("again.html").toString(), "--seeds", "2"));
    assertEquals("", SmallReproduce.errors(again));
    Map<String, String> byTheWindow = files(folder.resolve("whole-parts"));
    Map<String, String> byTheCommand = files(folder.resolve("again-parts"));
    assertEquals(byTheCommand.keySet(), byTheWindow.keySet());
    byTheWindow.forEach((name, bytes) -> assertEquals(byTheCommand.get(name), bytes, name));
  }

  @Test
  void stoppedItKeepsFinishedStepsAndBegunAgainItGoesOnWithThem(FxRobot robot) throws IOException {
    SmallPlayground.use(reproduction, SmallReproduce.playground(100_000), 2);
    Path page = folder.resolve("paper.html");
    Path parts = folder.resolve("paper-parts");
    press(robot, page);
    waitFor("both models' accuracies", PATIENCE, () -> accuracies(parts) == 2);
    waitFor("the playground", PATIENCE, () -> doing().startsWith("Figure 3"));
    robot.interact(() -> reproduction.activity().orElseThrow().stop().run());
    assertEquals(State.PAUSED, reproduction.stateProperty().get());
    assertFalse(reproduction.activity().isPresent());
    Map<String, String> kept = files(parts);
    assertTrue(kept.keySet().stream().allMatch(name -> name.startsWith("accuracy-")), "whole ones");
    assertFalse(Files.exists(page));
    SmallPlayground.use(reproduction, SmallReproduce.playground(1), 2);
    Path accuracy = parts.resolve(kept.keySet().iterator().next());
    var before = Files.getLastModifiedTime(accuracy);
    press(robot, page);
    waitForState(State.DONE);
    assertTrue(Files.exists(page));
    assertEquals(before, Files.getLastModifiedTime(accuracy), "not measured again");
  }

  /** A seed of the playground is one long piece of it. */
  @Test
  void otherScreensDoNotWaitForIt(FxRobot robot) {
    SmallPlayground.use(reproduction, SmallReproduce.playground(100_000), 2);
    press(robot, folder.resolve("long.html"));
    waitFor("the playground", PATIENCE, () -> doing().startsWith("Figure 3"));
    robot.clickOn("#screen-explore");
    robot.interact(() -> explore.settings().stepsProperty().set(3));
    waitFor(
        "the attack of 3 steps",
        PATIENCE,
        () ->
            explore
                .attack()
                .filter(a -> a.isFinished() && a.specification().steps() == 3)
                .isPresent());
    assertTrue(doing().startsWith("Figure 3"), "it still runs");
    robot.interact(() -> explore.settings().stepsProperty().set(10_000));
    waitFor("a long attack", PATIENCE, () -> explore.busyProperty().get());
    robot.interact(window::stop);
    assertFalse(explore.busyProperty().get());
    assertEquals(State.RUNNING, reproduction.stateProperty().get(), "what was named is stopped");
    robot.interact(window::stop);
    assertEquals(State.PAUSED, reproduction.stateProperty().get(), "and then this");
  }

  private String doing() {
    return reproduction.activity().map(Activity::state).orElse("");
  }
}
