package org.pagexplorer.lab.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ExclusiveTest {
  private static final int MANY = 8;

  @TempDir private Path folder;
  private final AtomicInteger atWork = new AtomicInteger();

  /** As a network's file system without a lock daemon. */
  private static Exclusive withoutLocks(LongConsumer pause) {
    return new Exclusive(
        channel -> {
          throw new IOException("No locks available");
        },
        pause);
  }

  private int alone() {
    assertEquals(1, atWork.incrementAndGet(), "nobody else is at work");
    Thread.yield();
    return atWork.decrementAndGet();
  }

  @Test
  void withoutLocksOneIsAtWorkAtATime() throws Exception {
    Path file = folder.resolve("a.json");
    try (ExecutorService threads = Executors.newFixedThreadPool(MANY)) {
      List<Future<Integer>> all = new ArrayList<>();
      for (int each = 0; each < MANY; each++) {
        all.add(
            threads.submit(() -> withoutLocks(_ -> LateFiles.sleep(20)).alone(file, this::alone)));
      }
      for (Future<Integer> each : all) {
        assertEquals(0, each.get());
      }
    }
    assertFalse(Files.exists(folder.resolve("a.json.claim")), "it is given back");
  }

  @Test
  void whatADeadProcessHasClaimedIsTakenAfterAWhile() throws IOException {
    Files.createFile(folder.resolve("a.json.claim"));
    assertEquals("done", withoutLocks(_ -> {}).alone(folder.resolve("a.json"), () -> "done"));
    assertFalse(Files.exists(folder.resolve("a.json.claim")));
  }

  @Test
  void aClaimThatIsNewerIsNotTakenForADeadOne() throws IOException {
    Path claim = Files.writeString(folder.resolve("a.json.claim"), "one");
    AtomicInteger pauses = new AtomicInteger();
    LongConsumer others =
        _ -> {
          switch (pauses.incrementAndGet()) {
            case Exclusive.LOOKS - 50 -> write(claim, "another");
            case Exclusive.LOOKS + 50 -> write(claim, "a third");
            case Exclusive.LOOKS + 100 -> claim.toFile().delete();
            default -> {}
          }
        };
    assertEquals("done", withoutLocks(others).alone(folder.resolve("a.json"), () -> "done"));
    assertEquals(Exclusive.LOOKS + 100, pauses.get());
  }

  @Test
  void onlyItsOwnClaimIsGivenBack() throws IOException {
    Path claim = folder.resolve("a.json.claim");
    withoutLocks(_ -> {}).alone(folder.resolve("a.json"), () -> write(claim, "another"));
    assertEquals("another", Files.readString(claim));
  }

  private static Path write(Path file, String text) {
    try {
      return Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void whereNothingCanBeWrittenNothingIsShared() throws IOException {
    Path file = Files.createFile(folder.resolve("no folder"));
    assertEquals("done", Exclusive.during(file.resolve("a.json"), () -> "done"));
  }

  @Test
  void aFailureGivesItBack() {
    Path file = folder.resolve("a.json");
    for (int again = 0; again < 2; again++) {
      assertTrue(
          org.junit.jupiter.api.Assertions.assertThrows(
                  IllegalStateException.class,
                  () ->
                      Exclusive.during(
                          file,
                          () -> {
                            throw new IllegalStateException("failed");
                          }))
              .getMessage()
              .contains("failed"));
    }
  }
}
