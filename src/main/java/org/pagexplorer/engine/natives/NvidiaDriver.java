package org.pagexplorer.engine.natives;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * NVIDIA's driver and its GPUs, as {@code nvidia-smi} tells them, PyTorch or not.
 *
 * @param version for instance {@code 570.86.15}
 * @param gpus name, memory and free memory, as it prints them
 */
public record NvidiaDriver(String version, List<String> gpus) {
  /** Linux's and Windows' oldest major version that CUDA 12 runs on (NVIDIA's release notes). */
  public static final int OLDEST_MAJOR = 525;

  /** What there is on this machine; empty without a driver. */
  public static Optional<NvidiaDriver> find() {
    return ProgramOnPath.find("nvidia-smi")
        .flatMap(
            program ->
                Answer.of(
                    program,
                    "--query-gpu=driver_version,name,memory.total,memory.free",
                    "--format=csv,noheader"))
        .flatMap(NvidiaDriver::parse);
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
