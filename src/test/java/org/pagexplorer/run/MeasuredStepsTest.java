package org.pagexplorer.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.pagexplorer.domain.Method;
import org.pagexplorer.engine.TrainingBatch;

class MeasuredStepsTest {
  private static final int BATCH = 64;
  private static final long AN_IMAGE = 70_000_000; // nanoseconds

  private final List<Integer> sizes = new ArrayList<>();

  /** Two images are too quick to be timed, eight take half a second, and 64 nobody waits for. */
  @Test
  void ofASlowStepAFewImagesAreTakenAndTheRestIsCounted() {
    MeasuredSteps steps = measured(batch -> sleep(batch.size()), () -> {});
    assertEquals(List.of(2, 2, 8, 8), sizes);
    assertEquals(8, steps.measured().size());
    double whole = BATCH * AN_IMAGE / 1e9;
    assertTrue(steps.step() > 0.7 * whole && steps.step() < 2 * whole, steps.toString());
  }

  /** What a step takes beside its images is not taken for each of them. */
  @Test
  void whatAStepAlwaysTakesIsCountedOnce() {
    MeasuredSteps steps = measured(batch -> sleep(3 + batch.size()), () -> {});
    assertEquals(List.of(2, 2, 8, 8), sizes);
    double whole = (3 + BATCH) * AN_IMAGE / 1e9;
    double each = 11 / 8.0 * BATCH * AN_IMAGE / 1e9;
    assertTrue(Math.abs(steps.step() - whole) < Math.abs(steps.step() - each), steps.toString());
  }

  /** Where the first size takes long, the second is twice, not four times as large. */
  @Test
  void ofAVerySlowStepTwoSizesAreTaken() {
    measured(batch -> sleep(8 * batch.size()), () -> {});
    assertEquals(List.of(2, 2, 4, 4), sizes);
  }

  @Test
  void ofAQuickStepTheWholeBatchIsTaken() {
    MeasuredSteps steps = measured(batch -> {}, () -> {});
    assertEquals(BATCH, sizes.getLast());
    assertEquals(BATCH, steps.measured().size());
  }

  @Test
  void memoryGrowsAsTheImagesDo() {
    MeasuredSteps steps =
        measured(
            batch -> {
              try (Arena arena = Arena.ofConfined()) {
                MemorySegment taken = arena.allocate((long) batch.size() << 24);
                taken.fill((byte) 1);
                sleep(batch.size());
              }
            },
            () -> {});
    assertEquals(System.getProperty("os.name").equals("Linux"), steps.bytes().isPresent());
    steps
        .bytes()
        .ifPresent(
            bytes -> assertTrue(bytes > 600e6 && bytes < 2000e6, bytes + " of some 1,074 million"));
  }

  @Test
  void whoDoesNotWaitIsAskedBeforeEachStep() {
    Runnable check =
        Realization.unless(() -> sizes.size() == 3); // in the middle of a size's two steps
    assertThrows(CancellationException.class, () -> measured(batch -> {}, check));
    assertEquals(3, sizes.size());
  }

  private MeasuredSteps measured(Consumer<TrainingBatch> step, Runnable check) {
    TrainingPlan plan = Plans.of(Method.VANILLA, BATCH, 3, 0, 5);
    BatchSource source = new BatchSource(Coded.of(3 * BATCH), plan, Optional.empty(), 1);
    try (ResidentMemory memory = ResidentMemory.watch()) {
      return MeasuredSteps.of(
          source,
          UnaryOperator.identity(),
          batch -> {
            sizes.add(batch.size());
            step.accept(batch);
          },
          memory,
          check);
    }
  }

  private static void sleep(int images) {
    long end = System.nanoTime() + images * AN_IMAGE;
    while (System.nanoTime() < end) {
      LockSupport.parkNanos(end - System.nanoTime());
    }
  }
}
