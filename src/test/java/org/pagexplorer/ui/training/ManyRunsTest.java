package org.pagexplorer.ui.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.pagexplorer.ui.support.Waiting.waitFor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javafx.beans.property.SimpleObjectProperty;
import javafx.scene.Scene;
import javafx.scene.control.Label;
import javafx.stage.Stage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.pagexplorer.lab.cluster.FakeSlurm;
import org.pagexplorer.lab.model.EngineLane;
import org.pagexplorer.lab.runs.RunQueue;
import org.pagexplorer.ui.support.AnsweringDialogs;
import org.pagexplorer.ui.support.FxTest;
import org.pagexplorer.ui.support.Theme;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.Start;

/** A sweep of 1,000 runs that Slurm has. */
@FxTest
@DisabledOnOs(OS.WINDOWS)
class ManyRunsTest {
  private static final int RUNS = 1000;

  @TempDir Path folder;

  private final EngineLane lane = new EngineLane("cpu");
  private TrainingViewModel model;

  @Start
  void start(Stage stage) throws IOException {
    FakeSlurm slurm = FakeSlurm.in(folder.resolve("bin"));
    System.setProperty("pag.slurm", slurm.folder().toString());
    System.setProperty("pag.user", folder.resolve("user").toString());
    slurm.queue(
        IntStream.range(0, RUNS)
            .mapToObj(i -> "5|" + i + (i == 700 ? "|RUNNING|None|n7" : "|PENDING|Priority|"))
            .toArray(String[]::new));
    Path sweep = folder.resolve("sweep");
    IntStream.range(0, RUNS).forEach(i -> specify(sweep.resolve("run-%04d".formatted(i))));
    Files.createDirectories(sweep.resolve("slurm"));
    Files.writeString(
        sweep.resolve("slurm").resolve("5.json"),
        "{\"job\":5,\"user\":\"%s\",\"script\":\"array-001.sh\",\"runs\":[%s],\"tasks\":[%s]}"
            .formatted(
                System.getProperty("user.name"),
                IntStream.range(0, RUNS)
                    .mapToObj("\"run-%04d\""::formatted)
                    .collect(Collectors.joining(",")),
                IntStream.range(0, RUNS)
                    .mapToObj(String::valueOf)
                    .collect(Collectors.joining(","))));
    Files.createDirectories(folder.resolve("user"));
    Files.writeString(folder.resolve("user").resolve("shared-runs.json"), "[\"" + sweep + "\"]");
    model =
        new TrainingViewModel(
            lane,
            new RunQueue(folder.resolve("user").resolve("runs")),
            words -> {},
            file -> {},
            gone -> {});
    TrainingView view =
        new TrainingView(model, new SimpleObjectProperty<>(Theme.LIGHT), new AnsweringDialogs());
    stage.setScene(new Scene(view, 1300, 900));
    stage.show();
    model.open();
  }

  private static void specify(Path run) {
    try {
      Files.createDirectories(run);
      Files.writeString(
          run.resolve("specification.json"),
          "{\"format\":2,\"arguments\":[\"--method\",\"vanilla\"],\"directory\":\"/\"}");
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @AfterEach
  void close(FxRobot robot) {
    robot.interact(model::close);
    lane.close();
    System.clearProperty("pag.slurm");
    System.clearProperty("pag.user");
  }

  @Test
  void theWindowAnswersAndShowsThoseAtWorkFirst(FxRobot robot) throws Exception {
    waitFor("all runs", Duration.ofSeconds(60), () -> model.runsProperty().get().size() == RUNS);
    Label running = robot.lookup("#run-words-run-0700").queryAs(Label.class);
    assertTrue(running.getText().contains("on n7, job 5_700"), running.getText());
    Label queued = robot.lookup("#run-words-run-0000").queryAs(Label.class);
    assertTrue(queued.getText().contains("Slurm: Priority"), queued.getText());
    assertEquals(TrainingView.MOST_ROWS, robot.lookup(".run-row").queryAll().size());
    // Over several looks the FX thread is never held up for long.
    double longest = 0;
    long began = System.nanoTime();
    while (System.nanoTime() - began < TimeUnit.SECONDS.toNanos(7)) {
      long asked = System.nanoTime();
      robot.interact(() -> {});
      longest = Math.max(longest, (System.nanoTime() - asked) / 1e9);
      TimeUnit.MILLISECONDS.sleep(20);
    }
    System.out.printf("With 1,000 runs the window answered within %.2f s%n", longest);
    assertTrue(longest < 2, longest + " s");
  }
}
