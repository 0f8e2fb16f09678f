package org.pagexplorer.lab.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.pagexplorer.domain.UserException;
import org.pagexplorer.lab.runs.RunStatus;
import org.pagexplorer.lab.runs.RunStatus.State;
import org.pagexplorer.run.RunDirectory;

/** What is believed of runs that Slurm has, from files that are seen late and in any order. */
@DisabledOnOs(OS.WINDOWS)
class ClusterRunsTest {
  private static final String ME = System.getProperty("user.name");

  @TempDir private Path temporary;
  private Path sweep = Path.of("");
  private FakeSlurm slurm = new FakeSlurm(Path.of(""));
  private final AtomicLong seconds = new AtomicLong(1_000_000);
  private RunsByClock looking;

  @BeforeEach
  void make() throws IOException {
    sweep = temporary.resolve("sweep");
    slurm = FakeSlurm.in(temporary.resolve("bin"));
    looking = new RunsByClock(temporary.resolve("queue.json"), seconds);
    slurm.queue();
    Files.createDirectories(sweep.resolve("slurm"));
    specify("a");
    specify("b");
    new JobRecord(7, ME, "array-001.sh", List.of("a", "b"), List.of(0, 1), "").write(sweep);
  }

  private void specify(String name) {
    try (RunDirectory run = RunDirectory.open(sweep.resolve(name))) {
      run.specify(new RunDirectory.Specification(List.of("--method", "vanilla"), "/tmp"));
    }
  }

  private void event(String kind, Map<String, ?> fields) {
    try (RunDirectory run = RunDirectory.open(sweep.resolve("a"))) {
      run.event(kind, fields);
    }
  }

  private void begin() {
    event("started", Map.of("method", "vanilla", "epochs", 3));
  }

  private void epoch(int number) {
    event(
        "epoch",
        Map.of(
            "epoch", number,
            "crossEntropy", 1.0,
            "alignment", 0.0,
            "trainAccuracy", 0.5,
            "cleanAccuracy", 0.5));
  }

  private ClusterRuns runs(Slurm of, boolean watches) {
    return looking.of(sweep, of, watches);
  }

  private ClusterRuns runs() {
    return runs(slurm.slurm(), true);
  }

  private static Slurm none() {
    return new Slurm(List.of());
  }

  private static RunStatus first(ClusterRuns runs) {
    return runs.look().getFirst();
  }

  private void pass(long more) {
    seconds.addAndGet(more);
  }

  @Test
  void slurmSaysWhyARunWaitsAndWhereItRuns() {
    slurm.queue("7|0|PENDING|Resources|", "7|1|RUNNING|None|node3");
    List<RunStatus> seen = runs().look();
    assertEquals(State.QUEUED, seen.get(0).state());
    assertEquals("Slurm: Resources, job 7_0", seen.get(0).note());
    assertEquals(State.RUNNING, seen.get(1).state());
    assertEquals("on node3, job 7_1", seen.get(1).note());
  }

  @Test
  void slurmIsAskedEveryTenSecondsAtMostByWhateverProcess() {
    slurm.queue("7|0|PENDING|Resources|");
    for (int second = 0; second < 30; second++) {
      var _ = runs().look();
      var _ = runs().active();
      pass(1);
    }
    assertEquals(3, slurm.asked());
  }

  @Test
  void aJobThatEndedSilentlyIsInterruptedAndSaysWhereToLook() {
    begin();
    RunStatus one = first(runs(slurm.slurm(), false));
    assertEquals(State.INTERRUPTED, one.state());
    assertTrue(one.note().contains("slurm/7_0.log"), one.note());
    assertTrue(one.state().mayResume());
  }

  @Test
  void whatTheRunItselfSaysOfItsEndCounts() {
    begin();
    event("failed", Map.of("reason", "The disk is full."));
    assertEquals(State.FAILED, first(runs()).state());
    assertEquals("The disk is full.", first(runs()).note());
    begin();
    event("stopped", Map.of());
    assertEquals(State.STOPPED, first(runs()).state());
    event("finished", Map.of("measurements", List.of()));
    slurm.queue("7|0|COMPLETING|None|node3");
    pass(20);
    assertEquals(State.FINISHED, first(runs()).state());
  }

  /** A run that Slurm no longer knows, 15 s after it was seen to be running. */
  private ClusterRuns goneFromTheQueue() {
    begin();
    slurm.queue("7|0|RUNNING|None|node3");
    ClusterRuns runs = runs();
    assertEquals(State.RUNNING, first(runs).state());
    slurm.queue();
    pass(15);
    return runs;
  }

  @Test
  void anEndThatIsSeenLateIsWaitedFor() {
    ClusterRuns runs = goneFromTheQueue();
    assertEquals(State.RUNNING, first(runs).state(), "its last event may be on its way");
    event("finished", Map.of("measurements", List.of()));
    pass(15);
    assertEquals(State.FINISHED, first(runs).state());
  }

  @Test
  void anEndThatNeverComesIsOneInTheEnd() {
    ClusterRuns runs = goneFromTheQueue();
    assertEquals(State.RUNNING, first(runs).state());
    pass(61);
    assertEquals(State.INTERRUPTED, first(runs).state());
  }

  @Test
  void anOlderFileTakesNoEpochsBack() throws IOException {
    begin();
    Path events = sweep.resolve("a").resolve("events.jsonl");
    byte[] older = Files.readAllBytes(events);
    epoch(1);
    epoch(2);
    slurm.queue("7|0|RUNNING|None|node3");
    byte[] newer = Files.readAllBytes(events);
    ClusterRuns runs = runs();
    assertEquals(2, first(runs).completed());
    Files.write(events, older);
    pass(5);
    assertEquals(2, first(runs).completed());
    Files.write(events, newer);
    pass(5);
    assertEquals(2, first(runs).completed());
    Files.write(events, older);
    pass(5);
    assertEquals(2, first(runs).completed());
    pass(61);
    assertEquals(0, first(runs).completed(), "what stays so is so");
  }

  @Test
  void aFinishedRunStaysFinishedWhenItsFolderIsListedLate() throws IOException {
    begin();
    event("finished", Map.of("measurements", List.of()));
    ClusterRuns runs = runs();
    assertEquals(State.FINISHED, first(runs).state());
    Path hidden = temporary.resolve("hidden");
    Files.move(sweep.resolve("a"), hidden);
    pass(5);
    assertEquals(State.FINISHED, first(runs).state());
    Files.move(hidden, sweep.resolve("a"));
    pass(5);
    assertEquals(State.FINISHED, first(runs).state());
  }

  @Test
  void aRunWhoseFolderIsNotSeenYetIsQueued() throws IOException {
    Files.move(sweep.resolve("a"), temporary.resolve("hidden"));
    slurm.queue("7|0|PENDING|Priority|");
    assertEquals("a", first(runs()).name());
    assertEquals(State.QUEUED, first(runs()).state());
  }

  @Test
  void aJobThatIsNewerThanTheAnswerIsNotGone() {
    assertEquals(State.FAILED, first(runs(slurm.slurm(), false)).state());
    new JobRecord(8, ME, "array-002.sh", List.of("a"), List.of(0), "").write(sweep);
    assertEquals(State.QUEUED, first(runs(slurm.slurm(), false)).state());
    pass(11);
    assertEquals(State.FAILED, first(runs(slurm.slurm(), false)).state());
  }

  @Test
  void withoutSlurmTheFilesSayHowItStands() {
    ClusterRuns runs = runs(none(), true);
    assertEquals(State.QUEUED, first(runs).state());
    begin();
    assertEquals(State.RUNNING, first(runs).state());
    pass(500);
    epoch(1);
    assertEquals(State.RUNNING, first(runs).state());
    pass(500);
    assertEquals(State.RUNNING, first(runs).state(), "it was heard of 500 s ago");
    pass(200);
    assertEquals(State.RUNNING, first(runs).state(), "and may be late");
    pass(61);
    assertEquals(State.INTERRUPTED, first(runs).state());
    assertTrue(first(runs).note().contains("not heard of for"), first(runs).note());
    event("finished", Map.of("measurements", List.of()));
    assertEquals(State.FINISHED, first(runs).state());
  }

  @Test
  void aClockThatGoesWronglyDoesNotConfuseIt() {
    slurm.queue("7|0|RUNNING|None|node3");
    ClusterRuns runs = runs();
    assertEquals(State.RUNNING, first(runs).state());
    pass(-100_000);
    assertEquals(State.RUNNING, first(runs).state());
    assertEquals(2, slurm.asked(), "an answer from the future is none");
  }

  @Test
  void stoppingCancelsTheTaskAndAsksThroughTheFolder() {
    slurm.queue("7|0|RUNNING|None|node3", "7|1|PENDING|Resources|");
    runs().stop(sweep.resolve("b"));
    assertEquals(List.of("7_1"), slurm.cancelled());
    assertTrue(RunDirectory.isStopRequested(sweep.resolve("b")));
    begin();
    runs(none(), true).stop(sweep.resolve("a"));
    assertTrue(RunDirectory.isStopRequested(sweep.resolve("a")));
  }

  @Test
  void whatIsStoppedThroughTheFolderStaysSoUntilItIsResumed() throws IOException {
    Path b = sweep.resolve("b");
    runs(none(), false).stop(b);
    assertTrue(LastingStop.isAsked(b), "its job has not begun");
    Files.writeString(sweep.resolve("slurm").resolve("array-001.sh"), "#!/bin/bash\n");
    slurm.submitted(10);
    assertEquals(11, runs().resume(b));
    assertFalse(LastingStop.isAsked(b));
    runs().stop(b);
    assertFalse(LastingStop.isAsked(b), "Slurm has been told");
  }

  /** b learns from a, by a path that is relative to where it was submitted. */
  private void teach() throws IOException {
    Files.writeString(sweep.resolve("slurm").resolve("array-001.sh"), "#!/bin/bash\n");
    slurm.submitted(10);
    Path there = sweep.getParent();
    String model = there.relativize(sweep).resolve("a").resolve("model.safetensors").toString();
    List<String> arguments = List.of("--method", "rigd", "--teacher", model);
    try (RunDirectory run = RunDirectory.open(sweep.resolve("b"))) {
      run.specify(new RunDirectory.Specification(arguments, there.toString()));
    }
  }

  @Test
  void aStudentIsResumedAfterItsTeacher() throws IOException {
    teach();
    begin();
    event("stopped", Map.of());
    String said =
        String.valueOf(
            assertThrows(UserException.class, () -> runs().resume(sweep.resolve("b")))
                .getMessage());
    assertEquals(
        "It needs \"a\", which is not trained to its end: resume that run first, then this one.",
        said);
    assertEquals(11, runs().resume(sweep.resolve("a")));
    assertEquals(12, runs().resume(sweep.resolve("b")));
    assertTrue(slurm.calls().getLast().contains(" --dependency=afterany:11_0 "));
    event("finished", Map.of("measurements", List.of()));
    pass(11);
    assertEquals(13, runs().resume(sweep.resolve("b")));
    assertFalse(slurm.calls().getLast().contains("dependency"));
  }

  @Test
  void aStudentThatWaitsDoesSoForItsResumedTeacher() throws IOException {
    teach();
    slurm.queue("7|1|PENDING|Dependency|");
    assertEquals(11, runs().resume(sweep.resolve("a")));
    assertEquals(List.of("update JobId=7_1 Dependency=afterany:11_0"), slurm.updated());
  }

  @Test
  void aStudentLearnsFromNoTeacherThatIsNotTrainedToItsEnd() throws IOException {
    teach();
    Path b = sweep.resolve("b");
    Teachers.await(sweep.resolve("a"), millis -> fail("it has no teacher"));
    List<Long> pauses = new ArrayList<>();
    assertThrows(UserException.class, () -> Teachers.await(b, pauses::add), "never seen");
    assertEquals(LateFiles.LOOKS, pauses.size());
    begin();
    pauses.clear();
    Teachers.await(
        b,
        millis -> {
          pauses.add(millis);
          if (pauses.size() == 3) {
            event("finished", Map.of("measurements", List.of())); // is seen late
          }
        });
    assertEquals(3, pauses.size());
    begin();
    event("failed", Map.of("reason", "The disk is full."));
    assertThrows(UserException.class, () -> Teachers.await(b, millis -> fail("it has said so")));
  }

  @Test
  void theJobsOfAnotherFolderAreKnownAfterTheNextAnswer() throws IOException {
    Path other = temporary.resolve("other");
    Files.createDirectories(other.resolve("slurm"));
    try (RunDirectory run = RunDirectory.open(other.resolve("c"))) {
      run.specify(new RunDirectory.Specification(List.of("--method", "vanilla"), "/tmp"));
    }
    new JobRecord(8, ME, "array-001.sh", List.of("c"), List.of(0), "").write(other);
    slurm.queue("7|0|RUNNING|None|node3", "8|0|RUNNING|None|node4");
    for (int second = 0; second < 60; second += 5) {
      if (second == 30) {
        slurm.queue("7|0|PENDING|Resources|");
      }
      State ours = first(runs()).state();
      State theirs = first(looking.of(other, slurm.slurm(), false)).state();
      if (second >= 10 && second < 30) {
        assertEquals(State.RUNNING, theirs, second + " s");
      } else if (second >= 40) {
        assertEquals(State.QUEUED, ours, second + " s");
        assertEquals(State.FAILED, theirs, second + " s");
      }
      pass(5);
    }
    assertEquals(Map.of(), looking.of(other, slurm.slurm(), false).active());
    assertEquals(7, slurm.asked(), "every ten seconds at most");
  }

  @Test
  void aUserWhomSlurmDoesNotKnowHidesNobodyElse() {
    new JobRecord(9, "bob", "array-003.sh", List.of("b"), List.of(0), "").write(sweep);
    slurm.refuse("bob");
    slurm.queue("7|0|RUNNING|None|node3");
    assertEquals("on node3, job 7_0", first(runs()).note());
    pass(11);
    slurm.queue("7|0|PENDING|Resources|");
    assertEquals("Slurm: Resources, job 7_0", first(runs()).note());
    assertEquals(2, slurm.asked());
  }

  /** Jobs of two clusters have the same numbers. */
  @Test
  void ofAnotherClustersJobOnlyTheFilesTell() {
    Slurm titan = new Slurm(List.of(slurm.folder()), "titan");
    new JobRecord(9, ME, "array-003.sh", List.of("b"), List.of(0), "rigel").write(sweep);
    slurm.queue("7|0|RUNNING|None|node3", "9|0|RUNNING|None|node4");
    RunStatus b = runs(titan, false).look().getLast();
    assertEquals(State.QUEUED, b.state());
    assertEquals("job 9_0, as its files say", b.note());
    String said =
        String.valueOf(
            assertThrows(UserException.class, () -> runs(titan, false).resume(sweep.resolve("b")))
                .getMessage());
    assertEquals(
        "The run \"b\" was given to the Slurm of the cluster rigel, and its files do not say that"
            + " it is over: stop it first.",
        said);
    runs(titan, false).stop(sweep.resolve("b"));
    assertEquals(List.of(), slurm.cancelled(), "which would be somebody else's");
    assertTrue(LastingStop.isAsked(sweep.resolve("b")));
    try (RunDirectory run = RunDirectory.open(sweep.resolve("b"))) {
      run.event("stopped", Map.of());
    }
    assertEquals(Map.of("a", "7_0"), runs(titan, false).queued(Set.of("a", "b")));
  }

  @Test
  void anotherClustersRunBlocksOnlyItselfAndItsStudents() throws IOException {
    teach();
    specify("c");
    Slurm titan = new Slurm(List.of(slurm.folder()), "titan");
    new JobRecord(9, ME, "array-003.sh", List.of("a"), List.of(0), "rigel").write(sweep);
    slurm.queue("7|1|PENDING|Dependency|");
    assertEquals(Map.of("b", "7_1"), runs(titan, false).queued(Set.of("c")));
    for (String blocked : List.of("a", "b")) {
      String said =
          String.valueOf(
              assertThrows(
                      UserException.class, () -> runs(titan, false).queued(Set.of("c", blocked)))
                  .getMessage());
      assertTrue(
          said.startsWith("The run \"a\" was given to the Slurm of the cluster rigel"), said);
    }
  }

  /** As within salloc, by hand. */
  @Test
  void whatAnotherProcessTrainsAfterItsJobIsStoppedLastingly() {
    slurm.forgetJobs();
    Path a = sweep.resolve("a");
    runs().stop(a);
    assertTrue(RunDirectory.isStopRequested(a));
    assertTrue(LastingStop.isAsked(a));
  }

  @Test
  void whatFailedOnceIsAskedForAfresh() {
    slurm.refuse("");
    slurm.queue("7|0|RUNNING|None|node3");
    assertEquals("job 7_0, as its files say", first(runs()).note());
    slurm.refuse("bob");
    pass(11);
    assertEquals("on node3, job 7_0", first(runs()).note());
  }

  @Test
  void nothingIsResumedWhereSlurmDoesNotAnswer() {
    slurm.refuse("");
    String said =
        String.valueOf(
            assertThrows(UserException.class, () -> runs().resume(sweep.resolve("a")))
                .getMessage());
    assertEquals("Slurm does not answer; try again later.", said);
    assertEquals(List.of(), slurm.calls());
  }

  @Test
  void resumingSubmitsTheTaskAgain() throws IOException {
    Files.writeString(sweep.resolve("slurm").resolve("array-001.sh"), "#!/bin/bash\n");
    slurm.submitted(10);
    assertEquals(11, runs().resume(sweep.resolve("b")));
    assertTrue(slurm.calls().getLast().startsWith("--parsable --array=1 "));
    assertThrows(UserException.class, () -> runs().resume(sweep.resolve("b")), "it is queued");
  }

  @Test
  void otherPeoplesRunsAreReadOnly() {
    new JobRecord(9, "alice", "array-003.sh", List.of("a"), List.of(0), "").write(sweep);
    slurm.queue("9|0|RUNNING|None|node3");
    assertEquals("on node3, job 9_0 of alice", first(runs()).note());
    ClusterRuns hers = looking.of(sweep, slurm.slurm(), true, OwnerTest.ofAnother());
    for (var change : List.<java.util.function.Consumer<Path>>of(hers::stop, hers::resume)) {
      String said =
          String.valueOf(
              assertThrows(UserException.class, () -> change.accept(sweep.resolve("a")))
                  .getMessage());
      assertTrue(said.contains("belongs to alice"), said);
    }
    assertEquals(List.of(), slurm.cancelled());
  }

  @Test
  void aDamagedRecordIsLeftOut() throws IOException {
    Files.writeString(sweep.resolve("slurm").resolve("10.json"), "{\"job\":10,\"runs\":[\"a\"");
    Files.writeString(sweep.resolve("slurm").resolve("11.json"), "{\"job\":11}");
    slurm.queue("7|0|PENDING|Resources|");
    assertEquals("Slurm: Resources, job 7_0", first(runs()).note());
  }
}
