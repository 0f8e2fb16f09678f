package org.pagexplorer.lab.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.pagexplorer.domain.UserException;
import org.pagexplorer.lab.runs.RunStatus;
import org.pagexplorer.lab.runs.RunStatus.State;

/** How evaluations stand that Slurm has in chunks: among the trainings of their shared folder. */
@DisabledOnOs(OS.WINDOWS)
class EvaluationRunsTest {
  @TempDir private Path temporary;
  private Path shared = Path.of("");
  private Path folder = Path.of("");
  private FakeSlurm slurm = new FakeSlurm(Path.of(""));
  private final AtomicLong seconds = new AtomicLong(1_000_000);
  private RunsByClock looking;

  /** Jobs 1, the chunks, and 2, which merges them. */
  @BeforeEach
  void submit() {
    shared = temporary.resolve("shared");
    folder = shared.resolve("table");
    slurm = FakeSlurm.in(temporary.resolve("bin"));
    looking = new RunsByClock(temporary.resolve("queue.json"), seconds);
    slurm.queue();
    assertEquals(List.of(1L, 2L), submitted());
  }

  private List<Long> submitted() {
    SlurmSettings none =
        new SlurmSettings(null, null, null, null, null, null, List.of(), null, null, null);
    return new Submission(folder, none, slurm.slurm())
        .submitChunks(temporary, List.of("evaluate", "--model", "m"), 3);
  }

  private ClusterRuns runs() {
    return looking.of(shared, slurm.slurm(), true);
  }

  private static RunStatus only(ClusterRuns runs) {
    List<RunStatus> all = runs.look();
    assertEquals(1, all.size());
    return all.getFirst();
  }

  private void write(String name, String text) throws IOException {
    Files.writeString(folder.resolve(name), text);
  }

  private void chunk(int k) throws IOException {
    write("chunk-%04d-of-0003.json".formatted(k), "{}");
  }

  private static void assertStands(State state, int done, String note, RunStatus run) {
    assertEquals("table", run.name());
    assertEquals("evaluate", run.method());
    assertEquals(3, run.epochs());
    assertEquals(state, run.state());
    assertEquals(done, run.completed());
    assertEquals(note, run.note());
  }

  @Test
  void slurmSaysWhyItWaitsAndWhereItsChunksAre() throws IOException {
    slurm.queue(
        "1|1|PENDING|Resources|",
        "1|2|PENDING|Resources|",
        "1|3|PENDING|Resources|",
        "2|0|PENDING|Dependency|");
    ClusterRuns runs = runs();
    assertStands(State.QUEUED, 0, "Slurm: Resources, job 1", only(runs));
    slurm.queue("1|2|RUNNING|None|n2", "1|3|RUNNING|None|n1", "2|0|PENDING|Dependency|");
    chunk(1);
    seconds.addAndGet(11);
    assertStands(State.RUNNING, 1, "on n1, n2, job 1", only(runs));
    slurm.queue("2|0|RUNNING|None|n1");
    chunk(2);
    chunk(3);
    seconds.addAndGet(11);
    assertStands(State.RUNNING, 3, "on n1, job 1", only(runs));
    slurm.queue();
    seconds.addAndGet(11);
    assertEquals(State.RUNNING, only(runs).state(), "its table may be seen late");
    write("results.txt", "a table\n");
    seconds.addAndGet(11);
    assertStands(State.FINISHED, 3, "", only(runs));
    assertStands(State.FINISHED, 3, "", only(looking.of(folder, slurm.slurm(), false)));
  }

  @Test
  void aFailedOneSaysWhy() throws IOException {
    assertStands(
        State.INTERRUPTED,
        0,
        "job 1 ended without a word; slurm/2_0.log may say why",
        only(looking.of(shared, slurm.slurm(), false)));
    write("slurm/1_2.log", "Measuring chunk 2 of 3.\n");
    write("slurm/2_0.log", "Measuring chunk 2 of 3.\nThe disk is full.\n\n");
    RunStatus failed = only(looking.of(shared, slurm.slurm(), false));
    assertStands(State.FAILED, 0, "The disk is full.", failed);
    assertTrue(failed.state().mayResume());
    assertEquals(
        """
        chunk 2:
          Measuring chunk 2 of 3.
        merging:
          Measuring chunk 2 of 3.
          The disk is full.
        """,
        SlurmLog.of(folder).get());
  }

  @Test
  void resumingSubmitsOnlyTheMissingChunksAndTheTable() throws IOException {
    chunk(2);
    assertEquals(4, runs().resume(folder));
    assertTrue(slurm.calls().get(2).startsWith("--parsable --array=1,3 "), slurm.calls().get(2));
    assertTrue(
        slurm.calls().get(3).startsWith("--parsable --dependency=afterany:3 "),
        slurm.calls().get(3));
    assertThrows(UserException.class, () -> runs().resume(folder), "it is queued");
    seconds.addAndGet(11);
    chunk(1);
    chunk(3);
    assertEquals(5, runs().resume(folder), "only the table is missing");
    assertFalse(slurm.calls().getLast().contains("dependency"));
  }

  @Test
  void stoppingCancelsBothJobsAndIsKept() {
    slurm.queue("1|1|RUNNING|None|n1", "2|0|PENDING|Dependency|");
    runs().stop(folder);
    assertEquals(List.of("2", "1"), slurm.cancelled());
    slurm.queue();
    seconds.addAndGet(11);
    assertStands(State.STOPPED, 0, "", only(looking.of(shared, slurm.slurm(), false)));
    assertEquals(4, runs().resume(folder));
    seconds.addAndGet(11);
    assertEquals(State.INTERRUPTED, only(looking.of(shared, slurm.slurm(), false)).state());
  }

  @Test
  void withoutSlurmTheFilesSayHowItStands() throws IOException {
    ClusterRuns runs = looking.of(shared, new Slurm(List.of()), true);
    assertStands(State.QUEUED, 0, "job 1, as its files say", only(runs));
    chunk(3);
    assertStands(State.RUNNING, 1, "job 1, as its files say", only(runs));
    assertThrows(UserException.class, () -> runs.stop(folder));
    assertFalse(LastingStop.isAsked(folder), "nobody has stopped it");
  }

  @Test
  void scriptsFromElsewhereAreNeverSubmitted() throws IOException {
    Path planted = Files.writeString(shared.resolve("planted.sh"), "#!/bin/bash\n");
    for (String name : List.of(planted.toString(), "../../planted.sh")) {
      new Evaluation("evaluate", 3, System.getProperty("user.name"), 1, 2, List.of(name, name), "")
          .write(folder);
      assertThrows(UserException.class, () -> runs().resume(folder), name);
    }
    assertTrue(slurm.calls().stream().noneMatch(call -> call.contains("planted")));
  }

  @Test
  void otherPeoplesAreReadOnly() {
    new Evaluation("evaluate", 3, "alice", 1, 2, List.of("array-001.sh", "array-002.sh"), "")
        .write(folder);
    slurm.queue("1|1|RUNNING|None|n1");
    assertStands(State.RUNNING, 0, "on n1, job 1 of alice", only(runs()));
    ClusterRuns hers = looking.of(shared, slurm.slurm(), true, OwnerTest.ofAnother());
    assertThrows(UserException.class, () -> hers.stop(folder));
    assertThrows(UserException.class, () -> hers.resume(folder));
    assertThrows(UserException.class, () -> hers.checkIdle(folder));
    assertEquals(List.of(), slurm.cancelled());
    assertEquals(2, slurm.calls().size());
  }

  @Test
  void damagedFilesAreLeftOut() throws IOException {
    for (String damaged :
        List.of("", "[]", "{", "{\"chunks\":3}", "{\"command\":\"evaluate\",\"chunks\":1e99}")) {
      write("evaluation.json", damaged);
      assertEquals(List.of(), runs().look(), damaged);
    }
  }

  @Test
  void anOlderTableIsNotTakenForThatOfWhatIsSubmittedNow() throws IOException {
    write("results.txt", "before\n");
    assertEquals(List.of(3L, 4L), submitted());
    assertEquals(State.INTERRUPTED, only(looking.of(shared, slurm.slurm(), false)).state());
    assertEquals("before\n", Files.readString(folder.resolve("results-before.txt")));
  }
}
