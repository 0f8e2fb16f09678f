package org.pagexplorer.ui.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import javafx.scene.Scene;
import javafx.stage.Stage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pagexplorer.lab.Problems;
import org.pagexplorer.lab.model.EngineLane;
import org.pagexplorer.lab.runs.RunQueue;
import org.pagexplorer.lab.runs.RunStatus;
import org.pagexplorer.ui.support.FxTest;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.Start;

/**
 * Some seconds of random clicks, keys, drags and drops on the whole window: nothing may be thrown
 * that nobody catches, nor anything be said on standard error.
 *
 * <p>{@code -Dpag.monkey.seconds=600 -Dpag.monkey.seed=7} plays longer, or otherwise.
 */
@FxTest
class MonkeyTest {
  private static final int SECONDS = Integer.getInteger("pag.monkey.seconds", 20);
  private static final long SEED = Long.getLong("pag.monkey.seed", 1);

  @TempDir Path folder;

  private final EngineLane lane = new EngineLane("cpu");
  private final Queue<String> wrong = new ConcurrentLinkedQueue<>();
  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
  private final PrintStream err = System.err;
  private final Handler log = new Warnings();
  private MainWindow window;

  /** What a logger would print, whose handler may hold another standard error. */
  private final class Warnings extends Handler {
    @Override
    public void publish(LogRecord record) {
      if (record.getLevel().intValue() >= Level.WARNING.intValue()) {
        wrong.add(record.getLoggerName() + ": " + record.getMessage() + trace(record.getThrown()));
      }
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }

  @Start
  void start(Stage stage) throws IOException {
    TinyHome.makeIn(folder);
    Logger.getLogger("").addHandler(log);
    Thread.setDefaultUncaughtExceptionHandler(
        (thread, failure) -> wrong.add(thread.getName() + ": " + trace(failure)));
    System.setErr(new PrintStream(printed, true, StandardCharsets.UTF_8));
    window = new MainWindow(lane, "cpu", new Monkey.Dialogs(folder, SEED));
    stage.setScene(new Scene(window, 1400, 900));
    stage.show();
    window.begin();
  }

  @AfterEach
  void close(FxRobot robot) {
    robot.interact(window::close);
    for (RunStatus run : RunStatus.in(folder.resolve("user/runs"))) {
      new RunQueue(folder.resolve("user/runs")).stop(run.folder());
    }
    lane.close();
    Logger.getLogger("").removeHandler(log);
    System.setErr(err);
  }

  private static String trace(Throwable failure) {
    StringWriter text = new StringWriter();
    if (failure != null) {
      failure.printStackTrace(new PrintWriter(text, true));
    }
    return text.toString();
  }

  @Test
  void randomInputFailsNowhere() throws Exception {
    System.out.println("monkey: seed " + SEED + ", " + SECONDS + " s");
    var problemBefore = Problems.last();
    Monkey monkey = new Monkey(window, folder, SEED, wrong);
    long end = System.nanoTime() + SECONDS * 1_000_000_000L;
    List<String> done = new ArrayList<>();
    while (System.nanoTime() < end) {
      done.add(monkey.act());
      boolean noted = !Problems.last().equals(problemBefore);
      if (noted || printed.size() > 0 || !wrong.isEmpty()) {
        fail(
            "seed %d, action %d, after %s:%n%s%n%s%n%s"
                .formatted(
                    SEED,
                    done.size(),
                    done.subList(Math.max(0, done.size() - 12), done.size()),
                    String.join("\n", wrong),
                    printed.toString(StandardCharsets.UTF_8),
                    noted ? Problems.last().orElseThrow().details() : ""));
      }
    }
    System.out.println("monkey: " + done.size() + " actions");
    assertTrue(done.size() > 2 * SECONDS, "only " + done.size() + " actions");
    assertEquals(4, monkey.screens().size(), "screens seen: " + monkey.screens());
  }
}
