package org.pagexplorer.ui.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.pagexplorer.ui.support.Waiting.waitFor;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javafx.scene.control.Label;
import javafx.stage.Stage;
import javafx.stage.WindowEvent;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pagexplorer.lab.model.EngineLane;
import org.pagexplorer.ui.support.CutTexts;
import org.pagexplorer.ui.support.Exhibit;
import org.pagexplorer.ui.support.FxTest;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.Start;

/** A window that closes is gone at once, whatever computes for it. */
@FxTest
class ClosingTest {
  /** What a window may take that nobody sees; twice of it on a machine that is busy with tests. */
  private static final long SOON_MILLIS = 2 * 2000;

  @TempDir Path folder;

  private final EngineLane lane = new EngineLane("cpu");
  private final CountDownLatch release = new CountDownLatch(1);
  private final CountDownLatch ended = new CountDownLatch(1);
  private Stage stage;

  @Start
  void start(Stage shown) {
    TinyHome.makeIn(folder);
    stage = shown;
    PagApplication.show(shown, List.of("cpu"), lane, ended::countDown);
  }

  @AfterEach
  void closeLane() {
    release.countDown();
    lane.close();
  }

  @Test
  void theButtonWaitsForNoStepUnderWay(FxRobot robot) throws InterruptedException {
    CountDownLatch begun = new CountDownLatch(1);
    var busy =
        lane.submit(
            l -> {
              begun.countDown();
              return release.await(1, TimeUnit.MINUTES); // a step that takes its time
            });
    assertTrue(begun.await(1, TimeUnit.MINUTES));
    long before = System.nanoTime();
    robot.interact(stage::hide);
    assertFalse(stage.isShowing());
    assertTrue(ended.await(SOON_MILLIS, TimeUnit.MILLISECONDS), "the end waits for the step");
    long millis = (System.nanoTime() - before) / 1_000_000;
    assertTrue(millis < SOON_MILLIS, millis + " ms");
    assertFalse(busy.isDone(), "the step was waited for");
  }

  /** Longer than files are waited for that are no exports. */
  @Test
  void anExportUnderWayIsWrittenToItsEndBehindTheClosedWindow(FxRobot robot)
      throws InterruptedException {
    Path file = folder.resolve("late.csv");
    CountDownLatch begun = new CountDownLatch(1);
    Exhibit late =
        new Exhibit(
            "late",
            List.of("csv"),
            Optional.empty(),
            Optional.empty(),
            (to, scale, watch) -> {
              begun.countDown();
              awaitRelease();
              watch.check();
              return write(to);
            });
    robot.interact(() -> late.save(file, "csv", Exhibit.SCALE, sentence -> {}));
    assertTrue(begun.await(1, TimeUnit.MINUTES));
    robot.interact(stage::hide);
    assertFalse(stage.isShowing());
    assertFalse(ended.await(1500, TimeUnit.MILLISECONDS), "the end does not wait for the export");
    release.countDown();
    assertTrue(ended.await(1, TimeUnit.MINUTES));
    assertTrue(Files.exists(file));
  }

  @Test
  void whatWouldBeLostIsAskedAbout(FxRobot robot) throws InterruptedException {
    MainWindow window = (MainWindow) stage.getScene().getRoot();
    waitFor("images", () -> !window.explore().rows().images().isEmpty());
    var _ = lane.submit(l -> release.await(1, TimeUnit.MINUTES));
    robot.interact(
        () -> {
          window.screenProperty().set(MainWindow.Screen.COMPARE);
          window.measure().start();
        });
    waitFor("measuring", () -> window.unfinished().size() == 1);
    requestClose(robot);
    Label words = robot.lookup("#question-words").queryAs(Label.class);
    assertTrue(words.getText().contains("• Measuring accuracies ("), words.getText());
    List<String> cut = new ArrayList<>();
    robot.interact(() -> cut.addAll(CutTexts.in(words.getScene().getRoot())));
    assertEquals(List.of(), cut);
    robot.clickOn("Keep it open");
    assertTrue(stage.isShowing());
    requestClose(robot);
    robot.clickOn("Close");
    assertFalse(stage.isShowing());
    release.countDown();
    assertTrue(ended.await(1, TimeUnit.MINUTES));
  }

  private void requestClose(FxRobot robot) {
    robot.interact(() -> stage.fireEvent(new WindowEvent(stage, WindowEvent.WINDOW_CLOSE_REQUEST)));
    assertTrue(stage.isShowing(), "a question first");
  }

  private void awaitRelease() {
    try {
      assertTrue(release.await(1, TimeUnit.MINUTES));
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String write(Path file) {
    try {
      Files.writeString(file, "1");
      return "Saved.";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** CPU time of a process's thread of that name, in hundredths of a second; Linux only. */
  private static long ticks(long pid, String thread) throws IOException {
    long sum = 0;
    try (Stream<Path> tasks = Files.list(Path.of("/proc/" + pid + "/task"))) {
      for (Path task : tasks.toList()) {
        sum += ticksOf(task, "(" + thread + ")");
      }
    }
    return sum;
  }

  private static long ticksOf(Path task, String name) {
    try {
      String stat = Files.readString(task.resolve("stat"));
      String[] numbers = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
      return stat.contains(name) ? Long.parseLong(numbers[11]) : 0;
    } catch (IOException e) {
      return 0; // it has ended meanwhile
    }
  }

  /** Begun before the window's own attack ends: the two networks here are small. */
  @Test
  void aSignalEndsTheProcessInTheMidstOfAnAttack() throws Exception {
    assumeTrue(Files.isDirectory(Path.of("/proc/self/task")), "Linux only");
    TinyHome.writeModel(folder.resolve("models/first.safetensors"), "First", 32, 1);
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("--enable-native-access=ALL-UNNAMED", "-XX:TieredStopAtLevel=1"));
    command.addAll(List.of("-Dglass.platform=Headless", "-Dprism.order=sw"));
    command.addAll(List.of("-Dpag.home=" + folder, "-Dpag.user=" + folder.resolve("user")));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add("org.pagexplorer.Main");
    Path output = folder.resolve("output");
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    try {
      waitFor(
          "the attack",
          java.time.Duration.ofSeconds(120),
          () -> process.isAlive() && ticks(process.pid(), "engine") > 300);
      long before = System.nanoTime();
      process.destroy(); // SIGTERM
      assertTrue(process.waitFor(60, TimeUnit.SECONDS), "it does not end");
      long millis = (System.nanoTime() - before) / 1_000_000;
      assertTrue(millis < SOON_MILLIS, millis + " ms");
      assertEquals(143, process.exitValue());
      assertFalse(Files.readString(output).contains("\tat "), Files.readString(output));
    } finally {
      process.destroyForcibly();
    }
  }

  /** Java writes the archive of classes at its end, which takes seconds, or half a minute. */
  @Test
  void theLauncherLeavesNothingToBeWrittenAtTheEnd() throws IOException {
    String launcher = Files.readString(Path.of("packaging/pag"));
    assertTrue(launcher.contains("-XX:SharedArchiveFile="), "no archive at all");
    assertFalse(launcher.contains("AutoCreateSharedArchive"));
    assertFalse(launcher.contains("ArchiveClassesAtExit"));
  }
}
