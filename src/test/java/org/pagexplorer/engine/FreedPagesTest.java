package org.pagexplorer.engine;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.pagexplorer.engine.natives.NativeHeap;

/** What batches leave behind that shrink as their images are broken. */
@EnabledOnOs(OS.LINUX)
class FreedPagesTest {
  private static final int ARRAYS = 1500;
  private static final int FLOATS = 25_000;
  private static final long MOST_OF_THEM = 80_000; // of 135,000 kB
  private static final long PATIENCE_SECONDS = 30;

  private static long residentKilobytes() throws IOException {
    return Files.readAllLines(Path.of("/proc/self/status")).stream()
        .filter(line -> line.startsWith("VmRSS:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
        .findFirst()
        .orElseThrow();
  }

  /** Every tenth array stays, so that the C library finds no large piece to give back by itself. */
  @Test
  void pagesBetweenArraysThatStayGoBackToTheSystem() throws Exception {
    try (TorchEngine engine = TorchEngine.open("cpu");
        NDManager manager = engine.manager().newSubManager()) {
      // Pages that other tests left free would be filled first, and those of this one not show.
      TimeUnit.MILLISECONDS.sleep(1100);
      NativeHeap.trim();
      long before = residentKilobytes();
      List<NDArray> freed = new ArrayList<>();
      for (int i = 0; i < ARRAYS; i++) {
        NDArray array = manager.ones(new Shape(FLOATS));
        if (i % 10 > 0) {
          freed.add(array);
        }
      }
      freed.forEach(NDArray::close);
      long kept = residentKilobytes();
      assumeTrue(kept - before > MOST_OF_THEM, "another C library keeps nothing");
      long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
      while (kept - residentKilobytes() < MOST_OF_THEM) { // it is done once a second at most
        assertTrue(System.nanoTime() < end, "of " + kept + " kB stay " + residentKilobytes());
        TimeUnit.MILLISECONDS.sleep(20);
        NativeHeap.trim();
      }
    }
  }
}
