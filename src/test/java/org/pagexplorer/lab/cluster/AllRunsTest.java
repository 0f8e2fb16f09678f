package org.pagexplorer.lab.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.pagexplorer.domain.UserException;
import org.pagexplorer.lab.runs.RunQueue;
import org.pagexplorer.lab.runs.RunStatus;
import org.pagexplorer.run.RunDirectory;

@DisabledOnOs(OS.WINDOWS)
class AllRunsTest {
  @TempDir private Path temporary;
  private Path sweep = Path.of("");
  private FakeSlurm slurm = new FakeSlurm(Path.of(""));
  private final AtomicLong seconds = new AtomicLong();

  @BeforeEach
  void make() throws IOException {
    slurm = FakeSlurm.in(temporary.resolve("bin"));
    slurm.queue();
    System.setProperty("pag.slurm", slurm.folder().toString());
    System.setProperty("pag.user", temporary.resolve("user").toString());
    sweep = temporary.resolve("sweep");
    Files.createDirectories(sweep.resolve("slurm"));
  }

  @AfterEach
  void forget() {
    System.clearProperty("pag.slurm");
    System.clearProperty("pag.user");
  }

  private void specify(Path run) {
    try (RunDirectory open = RunDirectory.open(run)) {
      open.specify(new RunDirectory.Specification(List.of("--method", "vanilla"), "/tmp"));
    }
  }

  private void record(String user, List<String> runs) {
    List<Integer> tasks = IntStream.range(0, runs.size()).boxed().toList();
    new JobRecord(5, user, "array-001.sh", runs, tasks, "").write(sweep);
  }

  private AllRuns runs() {
    return runs(new Owner());
  }

  private AllRuns runs(Owner owner) {
    Path own = temporary.resolve("user").resolve("runs");
    SharedFolders.besides(own).add(sweep);
    return new AllRuns(new RunQueue(own), () -> TimeUnit.SECONDS.toNanos(seconds.get()), owner);
  }

  @Test
  void theWindowsOwnAndThoseOfSharedFolders() {
    AllRuns runs = runs();
    Path own = temporary.resolve("user").resolve("runs").resolve("mine");
    specify(own);
    specify(sweep.resolve("a"));
    record(System.getProperty("user.name"), List.of("a"));
    slurm.queue("5|0|PENDING|Priority|");
    List<RunStatus> all = runs.look();
    assertEquals(List.of("mine", "a"), all.stream().map(RunStatus::name).toList());
    assertEquals("Slurm: Priority, job 5_0", all.getLast().note());
    assertTrue(runs.isOwn(own));
    assertFalse(runs.isOwn(sweep.resolve("a")));
  }

  @Test
  void sharedFoldersAreLookedAtEveryFiveSecondsAndAfterAChange() {
    AllRuns runs = runs();
    record(System.getProperty("user.name"), List.of("a", "b"));
    specify(sweep.resolve("a"));
    assertEquals(2, runs.look().size());
    specify(sweep.resolve("c"));
    seconds.addAndGet(4);
    assertEquals(2, runs.look().size());
    seconds.addAndGet(1);
    assertEquals(3, runs.look().size());
    specify(sweep.resolve("d"));
    runs.stop(sweep.resolve("a"));
    assertEquals(List.of("5_0"), slurm.cancelled());
    assertEquals(4, runs.look().size());
  }

  @Test
  void whatIsQueuedIsNotDeletedAndOtherPeoplesRunsAreLeftAlone() throws IOException {
    AllRuns runs = runs();
    Path run = sweep.resolve("a");
    specify(run);
    record(System.getProperty("user.name"), List.of("a"));
    slurm.queue("5|0|PENDING|Priority|");
    var _ = runs.look();
    assertThrows(UserException.class, () -> runs.delete(run));
    Files.delete(sweep.resolve("slurm").resolve("5.json"));
    record("alice", List.of("a"));
    AllRuns hers = runs(OwnerTest.ofAnother());
    var _ = hers.look();
    for (Runnable change :
        List.<Runnable>of(
            () -> hers.delete(run),
            () -> hers.stop(run),
            () -> hers.pause(run, true),
            () -> hers.resume(run))) {
      String said = String.valueOf(assertThrows(UserException.class, change::run).getMessage());
      assertTrue(said.contains("belongs to alice"), said);
    }
    assertTrue(Files.exists(run.resolve("specification.json")));
  }

  @Test
  void aThousandRunsAreLookedAtQuickly() throws IOException {
    List<String> names = IntStream.range(0, 1000).mapToObj("run-%04d"::formatted).toList();
    for (String name : names) {
      Path run = sweep.resolve(name);
      Files.createDirectories(run);
      Files.writeString(
          run.resolve("specification.json"),
          "{\"format\":2,\"arguments\":[\"--method\",\"vanilla\"],\"directory\":\"/tmp\"}\n");
    }
    record(System.getProperty("user.name"), names);
    slurm.queue(
        IntStream.range(0, 1000)
            .mapToObj(i -> "5|" + i + "|PENDING|Priority|")
            .toArray(String[]::new));
    AllRuns runs = runs();
    assertEquals(1000, runs.look().size());
    long began = System.nanoTime();
    seconds.addAndGet(5);
    assertEquals(1000, runs.look().size());
    double took = (System.nanoTime() - began) / 1e9;
    System.out.printf("1,000 runs of a shared folder were looked at in %.2f s%n", took);
    assertTrue(took < 30, took + " s");
  }

  /** As for a moment on a network's file system: here it is a folder. */
  @Test
  void aListThatCannotBeReadIsNeitherLostNorForgotten() throws IOException {
    AllRuns runs = runs();
    specify(sweep.resolve("a"));
    assertEquals(1, runs.look().size());
    SharedFolders folders = SharedFolders.besides(temporary.resolve("user").resolve("runs"));
    Path hidden = temporary.resolve("hidden");
    Files.move(folders.file(), hidden);
    Files.createDirectory(folders.file());
    seconds.addAndGet(5);
    assertEquals(1, runs.look().size());
    assertEquals(List.of(sweep), runs.folders().shown());
    assertThrows(UserException.class, () -> folders.add(temporary));
    assertTrue(folders.offer(temporary).orElseThrow().contains("cannot be read"));
    Files.delete(folders.file());
    Files.move(hidden, folders.file());
    folders.add(temporary);
    assertEquals(List.of(temporary, sweep), folders.list());
  }

  @Test
  void theLatestFolderIsTheFirstAndADamagedListIsEmpty() throws IOException {
    SharedFolders folders = new SharedFolders(temporary.resolve("shared-runs.json"));
    folders.add(temporary.resolve("x"));
    folders.add(temporary.resolve("y"));
    folders.add(temporary.resolve("x"));
    assertEquals(List.of(temporary.resolve("x"), temporary.resolve("y")), folders.list());
    folders.hide(temporary.resolve("x"));
    assertEquals(List.of(temporary.resolve("y")), folders.list());
    assertEquals(List.of(temporary.resolve("x")), folders.read().hidden());
    folders.add(temporary.resolve("x"));
    assertEquals(List.of(), folders.read().hidden());
    for (String damaged :
        List.of("", "[", "null", "[null,3]", "{\"a\":1}", "{\"shown\":[[],\"\"]}")) {
      Files.writeString(folders.file(), damaged);
      assertEquals(List.of(), folders.list(), damaged);
    }
    Files.writeString(folders.file(), "[");
    folders.add(Path.of("/x"));
    assertEquals("[", Files.readString(temporary.resolve("shared-runs.damaged.json")));
    assertEquals(List.of(Path.of("/x")), folders.list());
    Files.writeString(folders.file(), "[\"/x\",\"/y\"]"); // of an earlier version
    folders.hide(Path.of("/y"));
    assertEquals(List.of(Path.of("/x")), folders.list());
  }
}
