package org.pagexplorer.ui.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.pagexplorer.ui.support.Waiting.waitFor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import javafx.scene.Scene;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.Slider;
import javafx.scene.control.TabPane;
import javafx.scene.control.TextArea;
import javafx.scene.control.TextField;
import javafx.stage.Stage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pagexplorer.domain.Method;
import org.pagexplorer.lab.model.EngineLane;
import org.pagexplorer.lab.runs.RunQueue;
import org.pagexplorer.lab.runs.RunStatus;
import org.pagexplorer.lab.runs.RunStatus.State;
import org.pagexplorer.run.RunDirectory;
import org.pagexplorer.ui.support.AnsweringDialogs;
import org.pagexplorer.ui.support.FxTest;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.Start;

/** Runs are processes of their own, as for a user. */
@FxTest
class TrainTest {
  private static final Duration PATIENCE = Duration.ofSeconds(120);

  @TempDir Path folder;

  private final EngineLane lane = new EngineLane("cpu");
  private MainWindow window;
  private Path images;
  private Path runs;

  @Start
  void start(Stage stage) throws IOException {
    TinyHome.makeIn(folder);
    images = folder.resolve("images");
    runs = folder.resolve("user").resolve("runs");
    Files.createDirectories(images);
    Files.write(images.resolve("data_batch_1.bin"), batch(96, 1));
    Files.write(images.resolve("test_batch.bin"), batch(20, 2));
    window = new MainWindow(lane, "cpu", new AnsweringDialogs());
    stage.setScene(new Scene(window, 1400, 900));
    stage.show();
    window.begin();
  }

  private static byte[] batch(int count, long seed) {
    byte[] bytes = new byte[count * 3073];
    new Random(seed).nextBytes(bytes);
    for (int i = 0; i < count; i++) {
      bytes[i * 3073] = (byte) (i % 10);
    }
    return bytes;
  }

  /** No process may outlive the test. */
  @AfterEach
  void stopEverything(FxRobot robot) {
    robot.interact(window::close);
    for (RunStatus run : RunStatus.in(runs)) {
      new RunQueue(runs).stop(run.folder());
    }
    waitFor(
        "all runs to end",
        PATIENCE,
        () -> RunStatus.in(runs).stream().noneMatch(run -> run.state().isActive()));
    lane.close();
  }

  private static void type(FxRobot robot, String id, String text) {
    robot.interact(() -> robot.lookup(id).queryAs(TextField.class).setText(text));
  }

  private void fill(FxRobot robot, String name, int epochs) {
    robot.clickOn("#screen-train");
    robot.interact(
        () -> {
          @SuppressWarnings("unchecked")
          ComboBox<Method> method = robot.lookup("#run-method").queryAs(ComboBox.class);
          method.setValue(Method.CLASS_MEAN);
        });
    type(robot, "#run-name", name);
    type(robot, "#run-dataset", images.toString());
    type(robot, "#run-width", "2");
    type(robot, "#run-epochs", String.valueOf(epochs));
    type(robot, "#run-batch", "16");
  }

  /** Pressed before the form has been checked: that counts, too. */
  private void begin(FxRobot robot, String name, int epochs) {
    fill(robot, name, epochs);
    Button begin = robot.lookup("#run-begin").queryAs(Button.class);
    assertFalse(begin.isDisabled());
    robot.interact(begin::fire);
  }

  private State state(String name) {
    return window.training().runsProperty().get().stream()
        .filter(run -> run.name().equals(name))
        .findFirst()
        .map(RunStatus::state)
        .orElse(State.FAILED);
  }

  private int epochs(String name) {
    return RunStatus.of(runs.resolve(name)).reports().size();
  }

  private static void press(FxRobot robot, String id) {
    waitFor(id, PATIENCE, () -> robot.lookup(id).tryQuery().isPresent());
    robot.interact(() -> robot.lookup(id).queryAs(Button.class).fire());
  }

  @Test
  void aRunIsStartedWatchedPausedStoppedResumedAndDeleted(FxRobot robot) {
    begin(robot, "tiny", 60);
    waitFor("epochs", PATIENCE, () -> state("tiny") == State.RUNNING && epochs("tiny") >= 2);
    press(robot, "#run-pause-tiny");
    waitFor("the pause", PATIENCE, () -> state("tiny") == State.PAUSED);
    int before = waitUntilQuiet("tiny");
    press(robot, "#run-continue-tiny");
    waitFor("more epochs", PATIENCE, () -> epochs("tiny") > before);
    press(robot, "#run-stop-tiny");
    waitFor("the stop", PATIENCE, () -> state("tiny") == State.STOPPED);
    int stopped = epochs("tiny");
    press(robot, "#run-resume-tiny");
    waitFor("its going on", PATIENCE, () -> epochs("tiny") > stopped);
    press(robot, "#run-stop-tiny");
    waitFor("the stop", PATIENCE, () -> state("tiny") == State.STOPPED);

    Slider epoch = robot.lookup("#probe-epoch").queryAs(Slider.class);
    robot.interact(
        () -> robot.lookup("#run-tabs").queryAs(TabPane.class).getSelectionModel().select(1));
    waitFor("a picture for each epoch", PATIENCE, () -> epoch.getMax() >= stopped);
    assertTrue(Files.exists(RunDirectory.probe(runs.resolve("tiny"), stopped)));
    TextArea log = robot.lookup("#run-log").queryAs(TextArea.class);
    waitFor("the log", PATIENCE, () -> log.getText().contains("Resuming after epoch"));

    press(robot, "#run-delete-tiny");
    waitFor("a question", PATIENCE, () -> robot.lookup("Move to trash").tryQuery().isPresent());
    robot.clickOn("Move to trash");
    waitFor("its end", PATIENCE, () -> !Files.exists(runs.resolve("tiny")));
    waitFor("an empty list", PATIENCE, () -> window.training().runsProperty().get().isEmpty());
  }

  /** Epochs once none is added for a while. */
  private int waitUntilQuiet(String name) {
    int[] last = {-1};
    long[] since = {System.nanoTime()};
    waitFor(
        "quiet",
        PATIENCE,
        () -> {
          int now = epochs(name);
          if (now != last[0]) {
            last[0] = now;
            since[0] = System.nanoTime();
          }
          return System.nanoTime() - since[0] > 1_500_000_000L;
        });
    return last[0];
  }

  @Test
  void aFinishedRunAppearsAmongTheModelsAndTheNextOneWaitsForTheDevice(FxRobot robot) {
    begin(robot, "one", 3);
    begin(robot, "two", 2);
    waitFor("both in the list", PATIENCE, () -> window.training().runsProperty().get().size() == 2);
    // One at a time on a device.
    waitFor(
        "the first to be at work or done",
        PATIENCE,
        () -> {
          long active = RunStatus.in(runs).stream().filter(run -> run.state().isActive()).count();
          assertTrue(active <= 1, "one run at a time on a device");
          return state("one") == State.FINISHED && state("two") == State.FINISHED;
        });
    assertEquals(3, epochs("one"));
    waitFor(
        "the models",
        PATIENCE,
        () ->
            window.shelf().models().stream()
                .map(model -> model.card().name())
                .toList()
                .containsAll(List.of("one", "two")));
    Label words = robot.lookup("#run-words-one").queryAs(Label.class);
    assertTrue(words.getText().startsWith("finished, 3 of 3 epochs"), words.getText());
    assertTrue(words.getText().contains("L2 PGD-20"), words.getText());
  }

  @Test
  void theNextWindowFindsARunThatGoesOn(FxRobot robot) {
    begin(robot, "long", 500);
    waitFor("an epoch", PATIENCE, () -> state("long") == State.RUNNING && epochs("long") >= 1);
    robot.interact(window::close);
    MainWindow[] next = new MainWindow[1];
    robot.interact(
        () -> {
          next[0] = new MainWindow(lane, "cpu", new AnsweringDialogs());
          next[0].training().open();
        });
    window = next[0];
    waitFor("it to be found", PATIENCE, () -> state("long") == State.RUNNING);
    int before = epochs("long");
    waitFor("it to go on", PATIENCE, () -> epochs("long") > before);
  }

  /** Without a process: the run has died twice before at this place. */
  @Test
  void theNextWindowSaysWhatHappenedAndWhichRunIsDamaged(FxRobot robot) throws IOException {
    robot.interact(window::close);
    for (String name : List.of("broken", "died")) {
      try (RunDirectory run = RunDirectory.open(runs.resolve(name))) {
        run.specify(new RunDirectory.Specification(List.of("--method", "vanilla"), "/"));
        run.event("started", Map.of("method", "vanilla", "epochs", 3));
      }
    }
    Files.writeString(runs.resolve("broken").resolve("events.jsonl"), "{}\n");
    Files.writeString(
        runs.resolve("died").resolve("launch.json"),
        "{\"pid\":%d,\"epoch\":0,\"restarts\":2}".formatted(Long.MAX_VALUE));
    robot.interact(
        () -> {
          window = new MainWindow(lane, "cpu", new AnsweringDialogs());
          robot.listWindows().getFirst().getScene().setRoot(window);
          window.begin();
        });
    robot.clickOn("#screen-train");
    String end = "switched off); it is not started again";
    waitFor(
        "the sentence",
        PATIENCE,
        () -> robot.lookup("#notice-text").queryAs(Label.class).getText().contains(end));
    waitFor("the runs", PATIENCE, () -> state("broken") == State.DAMAGED);
    String broken = robot.lookup("#run-words-broken").queryAs(Label.class).getText();
    assertTrue(broken.startsWith("damaged") && broken.contains("Line 1 of "), broken);
    String died = robot.lookup("#run-words-died").queryAs(Label.class).getText();
    assertTrue(died.startsWith("interrupted") && died.contains(end), died);
    assertTrue(robot.lookup("#run-resume-died").tryQuery().isPresent());
    assertTrue(robot.lookup("#run-delete-broken").tryQuery().isPresent());
    assertTrue(robot.lookup("#run-resume-broken").tryQuery().isEmpty());
  }

  @Test
  void theFormSaysWhatIsWrong(FxRobot robot) {
    fill(robot, "wrong", 3);
    Label verdict = robot.lookup("#run-verdict").queryAs(Label.class);
    Button begin = robot.lookup("#run-begin").queryAs(Button.class);
    waitFor("approval", PATIENCE, () -> verdict.getText().startsWith("96 images"));
    type(robot, "#run-epochs", "0");
    waitFor("a refusal", PATIENCE, () -> verdict.getText().contains("epochs must be at least 1"));
    assertTrue(begin.isDisabled());
    type(robot, "#run-epochs", "many");
    robot.interact(begin::fire);
    waitFor("a refusal", PATIENCE, () -> verdict.getText().contains("'many' is not"));
    type(robot, "#run-epochs", "3");
    type(robot, "#run-name", "a/b");
    waitFor("a refusal", PATIENCE, () -> verdict.getText().startsWith("\"a/b\" is not a valid"));
    type(robot, "#run-name", "wrong");
    type(robot, "#run-dataset", folder.resolve("nowhere").toString());
    waitFor("a refusal", PATIENCE, () -> verdict.getText().startsWith("There is no folder"));
    type(robot, "#run-dataset", images.toString());
    waitFor("approval", PATIENCE, () -> !begin.isDisabled());
    Label estimate = robot.lookup("#run-estimate").queryAs(Label.class);
    waitFor("an estimate", PATIENCE, () -> estimate.getText().startsWith("About "));
    assertFalse(Files.exists(runs.resolve("wrong")));
    assertTrue(robot.lookup("#run-teacher").tryQuery().isEmpty(), "no teacher here");
  }
}
