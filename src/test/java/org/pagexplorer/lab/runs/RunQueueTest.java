package org.pagexplorer.lab.runs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.pagexplorer.domain.UserException;
import org.pagexplorer.lab.runs.RunStatus.State;
import org.pagexplorer.run.RunDirectory;
import org.pagexplorer.run.TrainingObserver.EpochReport;

/** Processes that do nothing in the trainings' place: real ones, with real signals. */
@EnabledOnOs({OS.LINUX, OS.MAC})
class RunQueueTest {
  private static final int KILL = 9;
  private static final int SEGMENTATION_FAULT = 11;
  private static final int TERMINATE = 15;

  @TempDir private Path folder;
  private final List<Path> started = new ArrayList<>();
  private final List<Process> processes = new ArrayList<>();

  private RunQueue queue() {
    return new RunQueue(folder, this::start);
  }

  private Process start(Path run) throws IOException {
    Process process = new ProcessBuilder("sleep", "60").start();
    started.add(run);
    processes.add(process);
    return process;
  }

  @AfterEach
  void endProcesses() {
    processes.forEach(Process::destroyForcibly);
  }

  /** One that the queue has started, and whose process has told so. */
  private Path begun(RunQueue queue, String name) {
    Path run = add(queue, name);
    queue.tick();
    begin(run);
    return run;
  }

  private Path add(RunQueue queue, String name, String... arguments) {
    return queue.add(name, List.of(arguments));
  }

  private void send(int signal) throws Exception {
    Process last = processes.getLast();
    String command = "kill -%d %d".formatted(signal, last.pid());
    assertEquals(0, new ProcessBuilder("sh", "-c", command).start().waitFor());
    await(last);
  }

  private static void await(Process process) throws ExecutionException, InterruptedException {
    process.onExit().get();
    process.waitFor();
  }

  /** What the training tells while its process is alive. */
  private static void tell(Path run, String event, Map<String, ?> fields) {
    try (RunDirectory open = RunDirectory.open(run)) {
      open.event(event, fields);
    }
  }

  private static void begin(Path run) {
    tell(run, "started", Map.of("method", "vanilla", "epochs", 9));
  }

  private static void epoch(Path run, int number) {
    EpochReport report = new EpochReport(number, 1, 0, 0.5, 0.5, 1, 1);
    tell(
        run,
        "epoch",
        Map.of(
            "epoch", report.epoch(),
            "crossEntropy", report.crossEntropy(),
            "alignment", report.alignment(),
            "trainAccuracy", report.trainAccuracy(),
            "cleanAccuracy", report.cleanAccuracy()));
  }

  private static RunStatus status(Path run) {
    return RunStatus.of(run);
  }

  @Test
  void aNameIsAFoldersOwn() {
    RunQueue queue = queue();
    assertEquals(folder.resolve("a b-1"), queue.free("a b-1"));
    for (String wrong : List.of("", " ", ".", "..", "a/b", "../a", "a\0b")) {
      UserException refused = assertThrows(UserException.class, () -> add(queue, wrong), wrong);
      assertTrue(refused.getMessage().contains("is not a valid name for a run"), wrong);
    }
    add(queue, "there");
    assertThrows(UserException.class, () -> queue.free("there"));
  }

  @Test
  void aProcessThatDiesIsStartedAgainTwiceAtTheSamePlace() throws Exception {
    RunQueue queue = queue();
    Path run = add(queue, "run");
    assertEquals(List.of(), queue.tick());
    begin(run);
    epoch(run, 1);
    for (int death = 1; death <= 2; death++) {
      send(KILL);
      List<String> happened = queue.tick();
      assertEquals(1, happened.size(), happened.toString());
      String again =
          "was killed after epoch 1 (SIGKILL, as the system does when memory runs out); it is"
              + " started again (%d of 2)".formatted(death);
      assertTrue(happened.getFirst().startsWith("The run \"run\" was killed after"));
      assertTrue(happened.getFirst().contains(again), happened.toString());
      assertEquals(1 + death, processes.size());
      assertEquals(State.QUEUED, status(run).state(), "until its process has the lock");
      assertTrue(status(run).note().contains(again), status(run).note());
      assertTrue(new LogTail(run).read().contains(again), "its log");
      assertEquals(List.of(), queue.tick(), "said once");
      tell(run, "resumed", Map.of("method", "vanilla", "epochs", 9));
    }
    send(KILL);
    String end = "runs out); it is not started again, since it ended there 3 times";
    assertTrue(queue.tick().getFirst().contains(end));
    assertEquals(List.of(), queue.tick());
    assertEquals(3, processes.size());
    assertEquals(State.INTERRUPTED, status(run).state());
    assertTrue(status(run).note().contains(end), status(run).note());
    assertTrue(new LogTail(run).read().contains(end), "its log");

    queue.enqueue(run);
    queue.tick();
    assertEquals(4, processes.size(), "the user may begin again");
    assertEquals("", status(run).note());
  }

  @Test
  void atAnotherPlaceItIsCountedAnew() throws Exception {
    RunQueue queue = queue();
    Path run = begun(queue, "run");
    for (int number = 1; number <= 4; number++) {
      epoch(run, number);
      send(SEGMENTATION_FAULT);
      String said = queue.tick().getFirst();
      assertTrue(said.contains("crashed after epoch " + number + " (SIGSEGV)"), said);
      assertTrue(said.contains("(1 of 2)"), said);
    }
    assertEquals(5, processes.size());
  }

  /** Before its events say that it goes on, they still say how it ended the last time. */
  @Test
  void aProcessThatDiesAsItBeginsIsStartedAgainToo() throws Exception {
    RunQueue queue = queue();
    Path run = add(queue, "run");
    begin(run);
    tell(run, "stopped", Map.of());
    queue.tick();
    send(KILL);
    assertTrue(queue.tick().getFirst().contains("started again (1 of 2)"));
    assertEquals(2, processes.size());
  }

  @Test
  void theNextWindowFindsWhatDiedMeanwhile() throws Exception {
    RunQueue closed = queue();
    Path run = add(closed, "run");
    closed.tick();
    try (RunDirectory open = RunDirectory.open(run)) {
      open.event("started", Map.of("method", "vanilla", "epochs", 9));
      closed.tick();
    }
    send(KILL);
    assertEquals(State.INTERRUPTED, status(run).state());
    assertTrue(status(run).note().contains("an open window starts it again"), status(run).note());
    RunQueue next = queue();
    String said = next.tick().getFirst();
    assertTrue(said.contains("died before its first"), said);
    assertTrue(said.contains("(killed, crashed, or the computer was switched off)"), said);
    assertEquals(2, processes.size());
    assertEquals(List.of(), queue().tick(), "a third window sees that it is being started");
    assertEquals(2, processes.size());
  }

  @Test
  void whoAskedForItsEndGetsIt() throws Exception {
    RunQueue queue = queue();
    Path terminated = begun(queue, "terminated");
    send(TERMINATE);
    assertEquals(List.of(), queue.tick());

    Path paused = begun(queue, "paused");
    RunDirectory.pause(paused, true);
    send(KILL);
    assertEquals("", status(paused).note(), "no window starts it again");
    assertEquals(List.of(), queue.tick());

    Path asked = begun(queue, "asked");
    RunDirectory.requestStop(asked);
    send(KILL);
    assertEquals("", status(asked).note(), "no window starts it again");
    assertEquals(List.of(), queue.tick());

    Path starting = add(queue, "starting");
    queue.tick();
    queue.stop(starting);
    await(processes.getLast());
    assertEquals(List.of(), queue.tick());

    assertEquals(List.of(terminated, paused, asked, starting), started);
    for (Path run : List.of(terminated, paused, asked)) {
      assertEquals(State.INTERRUPTED, status(run).state());
    }
  }

  /** It has no lock yet, and would forget a request that is made before it has. */
  @Test
  void anotherWindowStopsARunThatIsStarting() throws Exception {
    RunQueue queue = queue();
    Path run = add(queue, "run");
    queue.tick();
    queue().stop(run);
    await(processes.getLast());
    assertEquals(128 + TERMINATE, processes.getLast().exitValue(), "ended at once");
    assertEquals(List.of(), queue().tick());
    assertEquals(List.of(), queue.tick());
    assertEquals(List.of(run), started);
    assertFalse(Waiting.is(run));
    assertFalse(RunDirectory.isStopRequested(run), "which the next start would take for its own");
  }

  @Test
  void aRunThatToldItsEndIsNotStartedAgain() throws Exception {
    RunQueue queue = queue();
    for (String event : List.of("stopped", "failed")) {
      Path run = begun(queue, event);
      tell(run, event, Map.of("reason", "the disk is full"));
      send(KILL);
      assertEquals(List.of(), queue.tick());
    }
    assertEquals(2, processes.size());
  }

  /** Somebody who trains a run in a terminal wants no second process. */
  @Test
  void aRunThatWasTakenByHandIsNobodysToStart() throws Exception {
    RunQueue queue = queue();
    Path run = begun(queue, "run");
    send(KILL);
    RunQueue.taken(run);
    assertEquals(List.of(), queue().tick());
    assertEquals(1, processes.size());
    assertEquals(State.INTERRUPTED, status(run).state());
  }

  @Test
  void damagedRunsDoNotStopTheQueue() throws IOException {
    RunQueue queue = queue();
    Path first = add(queue, "a");
    Path second = add(queue, "b");
    Path whole = add(queue, "c");
    Files.writeString(first.resolve("specification.json"), "");
    Files.writeString(second.resolve("events.jsonl"), "{\"event\":7}\n");
    assertEquals(List.of(), queue.tick());
    assertEquals(List.of(whole), started);
    assertEquals(State.DAMAGED, status(first).state());
  }

  /** As text, 10:00:00Z comes after 10:00:00.5Z. */
  @Test
  void whoeverHasWaitedLongestComesFirst() throws IOException {
    RunQueue queue = queue();
    Path first = add(queue, "z");
    Path second = add(queue, "a");
    Path elsewhere = add(queue, "gpu", "--device=cuda:0");
    Files.writeString(first.resolve("queued"), "2026-11-27T10:00:00Z\n");
    Files.writeString(second.resolve("queued"), "2026-11-27T10:00:00.5Z\n");
    queue.tick();
    assertEquals(List.of(first, elsewhere), started.stream().sorted().toList().reversed());
    assertFalse(started.contains(second));
  }

  /** A mark that is a folder can neither be written nor deleted, by whomever. */
  private static Path obstruct(Path mark) throws IOException {
    Files.deleteIfExists(mark);
    Files.createDirectories(mark.resolve("in the way"));
    return mark;
  }

  private static void clear(Path mark) throws IOException {
    Files.delete(mark.resolve("in the way"));
    Files.delete(mark);
  }

  @Test
  void whatStandsInARunsWayIsSaidOnceUntilItWasGone() throws Exception {
    RunQueue queue = queue();
    Path run = add(queue, "run");
    Path queued = obstruct(run.resolve("queued"));
    String trouble = run + " cannot be written; check its permissions.";
    try (RunDirectory open = RunDirectory.open(run)) {
      assertEquals(List.of(trouble), queue.tick());
      assertEquals(List.of(), queue.tick(), "a second later");
      clear(queued);
      assertEquals(List.of(), queue.tick());
      obstruct(queued);
      assertEquals(List.of(trouble), queue.tick(), "once more");
      assertEquals(run, open.folder());
    }
  }

  /** It would be started every second, and never found again. */
  @Test
  void aProcessThatCouldNotBeNotedIsNotStarted() throws Exception {
    RunQueue queue = queue();
    Path run = add(queue, "run");
    Path launch = obstruct(run.resolve("launch.json"));
    assertEquals(List.of(run + " cannot be written: is the disk full?"), queue.tick());
    assertEquals(List.of(), queue.tick());
    assertEquals(List.of(), started);
    clear(launch);
    assertEquals(List.of(), queue.tick());
    assertEquals(List.of(run), started);
  }

  /** As in a container without an init, where nobody asks how an orphan ended. */
  @Test
  @EnabledOnOs(OS.LINUX)
  void aProcessWhoseEndNobodyAskedForIsOver() throws Exception {
    Process parent = new ProcessBuilder("sh", "-c", "sleep 60 & echo $!; exec sleep 60").start();
    processes.add(parent);
    long pid = Long.parseLong(parent.inputReader().readLine());
    ProcessHandle orphan = ProcessHandle.of(pid).orElseThrow();
    Path run = add(queue(), "run");
    begin(run);
    Files.delete(run.resolve("queued"));
    Launch.NONE.by(orphan, 1).write(run);
    assertFalse(Launch.of(run).isOver());
    assertEquals(List.of(), queue().tick());
    // Only its own parent hears of its end, and that has become a sleep.
    orphan.destroyForcibly();
    Path stat = Path.of("/proc/" + pid + "/stat");
    while (!Files.readString(stat).contains(") Z")) {
      Thread.onSpinWait();
    }
    assertTrue(orphan.isAlive(), "Java says so");
    assertTrue(Launch.of(run).isOver());
    String said = queue().tick().getFirst();
    assertTrue(said.contains("it is started again (1 of 2)"), said);
  }
}
