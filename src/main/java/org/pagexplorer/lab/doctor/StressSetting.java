package org.pagexplorer.lab.doctor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How a child process computes.
 *
 * @param isa the newest instructions that oneDNN may use, in its own word; or {@code default}
 * @param threads PyTorch's
 */
public record StressSetting(String isa, int threads) {
  private static final String DEFAULT = "default";
  private static final String GUARD = "libc_malloc_debug.so.0";

  /** Where Linux keeps glibc's debugging allocator. */
  private static final List<Path> LIBRARIES =
      List.of(
          Path.of("/lib/x86_64-linux-gnu"),
          Path.of("/lib/aarch64-linux-gnu"),
          Path.of("/lib64"),
          Path.of("/usr/lib64"),
          Path.of("/usr/lib"),
          Path.of("/lib"));

  /** What this processor has, each with so many threads. */
  public static List<StressSetting> here(List<Integer> threads) {
    List<StressSetting> settings = new ArrayList<>();
    for (String isa : instructionSets()) {
      threads.forEach(count -> settings.add(new StressSetting(isa, count)));
    }
    return settings;
  }

  private static List<String> instructionSets() {
    String processor;
    try {
      processor = Files.readString(Path.of("/proc/cpuinfo"));
    } catch (IOException e) {
      return List.of(DEFAULT); // no Linux
    }
    List<String> sets = new ArrayList<>();
    if (processor.contains("avx2")) {
      sets.add("AVX2");
    }
    if (processor.contains("avx512f")) {
      sets.add("AVX512_CORE");
    }
    sets.add(DEFAULT);
    return sets;
  }

  /** Whether what lies behind a block of memory is checked when it is freed. */
  public static boolean guardsAllocations() {
    return LIBRARIES.stream().anyMatch(folder -> Files.exists(folder.resolve(GUARD)));
  }

  /** The child's environment, besides this process's own. */
  Map<String, String> environment(boolean verbose) {
    Map<String, String> environment = new LinkedHashMap<>();
    if (!isa.equals(DEFAULT)) {
      environment.put("ONEDNN_MAX_CPU_ISA", isa);
    }
    if (isa.equals("AVX2")) {
      environment.put("ATEN_CPU_CAPABILITY", "avx2");
    }
    environment.put("MALLOC_PERTURB_", "165");
    if (guardsAllocations()) {
      // Since glibc 2.34 the checks are in a library of their own.
      String others = System.getenv("LD_PRELOAD");
      environment.put("LD_PRELOAD", others == null ? GUARD : GUARD + ':' + others);
      environment.put("MALLOC_CHECK_", "3");
    }
    if (verbose) {
      environment.put("ONEDNN_VERBOSE", "profile_create,profile_exec");
    }
    return environment;
  }

  @Override
  public String toString() {
    return isa + ", " + (threads == 1 ? "one thread" : threads + " threads");
  }
}
