package org.pagexplorer.engine.natives;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * NVIDIA's driver and its GPUs, as {@code nvidia-smi} tells them, PyTorch or not.
 *
 * @param version for instance {@code 570.86.15}
 * @param gpus name, memory and free memory, as it prints them
 */
public record NvidiaDriver(String version, List<String> gpus) {
  private static final int PATIENCE_SECONDS = 20;

  /** Linux's and Windows' oldest major version that CUDA 12 runs on (NVIDIA's release notes). */
  public static final int OLDEST_MAJOR = 525;

  /** What there is on this machine; empty without a driver. */
  public static Optional<NvidiaDriver> find() {
    try {
      Process process =
          new ProcessBuilder(
                  "nvidia-smi",
                  "--query-gpu=driver_version,name,memory.total,memory.free",
                  "--format=csv,noheader")
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      process.getOutputStream().close();
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        return Optional.empty();
      }
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return process.exitValue() == 0 ? parse(said) : Optional.empty();
    } catch (IOException e) {
      return Optional.empty(); // no nvidia-smi, no driver
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  static Optional<NvidiaDriver> parse(String said) {
    List<String[]> rows =
        said.lines()
            .map(line -> line.split(", *", 2))
            .filter(cells -> cells.length == 2 && cells[0].matches("\\d+(\\.\\d+)+"))
            .toList();
    return rows.stream()
        .findFirst()
        .map(row -> new NvidiaDriver(row[0], rows.stream().map(cells -> cells[1]).toList()));
  }

  /** Whether CUDA 12 can run on it. */
  public boolean isRecentEnough() {
    return Stream.of(version.split("\\.")).mapToInt(Integer::parseInt).findFirst().orElse(0)
        >= OLDEST_MAJOR;
  }
}
