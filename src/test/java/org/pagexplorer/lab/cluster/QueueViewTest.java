package org.pagexplorer.lab.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.pagexplorer.lab.cluster.QueueView.Answer;

@DisabledOnOs(OS.WINDOWS)
@Timeout(60)
class QueueViewTest {
  private static final int WINDOWS = 6;

  @TempDir private Path temporary;
  private FakeSlurm slurm = new FakeSlurm(Path.of(""));
  private final AtomicLong seconds = new AtomicLong(1_000_000);

  @BeforeEach
  void make() {
    slurm = FakeSlurm.in(temporary.resolve("bin"));
    slurm.queue("7|0|RUNNING|None|node3");
  }

  private QueueView view() {
    Path file = temporary.resolve("queue.json");
    return new QueueView(slurm.slurm(), file, () -> seconds.get() * 1000);
  }

  private Answer ask(Set<String> users, Set<Long> jobs) {
    return view().ask(users, jobs);
  }

  @Test
  void ofManyThatAskAtTheSameMomentOneDoesSoAndAllKnow() throws Exception {
    try (ExecutorService threads = Executors.newFixedThreadPool(WINDOWS)) {
      List<Future<Answer>> all = new ArrayList<>();
      for (int each = 0; each < WINDOWS; each++) {
        all.add(threads.submit(() -> ask(Set.of("me"), Set.of(7L))));
      }
      for (Future<Answer> each : all) {
        assertEquals("RUNNING", each.get().tasks().get("7_0").state());
      }
    }
    assertEquals(1, slurm.asked());
  }

  @Test
  void aUserWhoIsAskedForWithinTenSecondsIsInTheNextAnswer() {
    assertTrue(ask(Set.of("me"), Set.of(7L)).knows("me", 7));
    assertFalse(ask(Set.of("me", "alice"), Set.of(7L, 8L)).knows("alice", 8));
    assertEquals(1, slurm.asked(), "every ten seconds at most");
    seconds.addAndGet(10);
    assertTrue(ask(Set.of("me"), Set.of(7L)).knows("alice", 8), "whoever asks");
    assertEquals(2, slurm.asked());
  }

  @Test
  void aRefusalIsAnAnswerForTenSeconds() {
    slurm.refuse("");
    for (int again = 0; again < 3; again++) {
      assertFalse(ask(Set.of("me"), Set.of(7L)).isKnown());
    }
    assertEquals(1, slurm.asked());
  }

  /** Slurm tells nothing at all where it does not know one of several users. */
  @Test
  void ofSeveralUsersTheJobsAreAskedForAndNotTheUsers() {
    slurm.refuse("--user");
    assertTrue(ask(Set.of("me", "gone"), Set.of(7L, 8L)).knows("me", 7));
    assertEquals(1, slurm.asked());
  }

  @Test
  void aJobThatSlurmHasForgottenIsNotThere() {
    slurm.refuse("--jobs", "slurm_load_jobs error: Invalid job id specified");
    Answer answer = ask(Set.of("me", "alice"), Set.of(7L));
    assertTrue(answer.knows("alice", 7));
    assertTrue(answer.tasks().isEmpty());
  }

  @Test
  void accountsAndClustersKeepTheirOwnAnswers() {
    System.setProperty("pag.user", temporary.resolve("user").toString());
    try {
      Slurm titan = new Slurm(List.of(slurm.folder()), "titan");
      Slurm rigel = new Slurm(List.of(slurm.folder()), "rigel");
      for (int again = 0; again < 2; again++) {
        var _ = QueueView.ofUser(titan).ask(Set.of("me"), Set.of(7L));
        var _ = QueueView.ofUser(rigel).ask(Set.of("me"), Set.of(7L));
      }
      assertEquals(2, slurm.asked());
    } finally {
      System.clearProperty("pag.user");
    }
  }
}
