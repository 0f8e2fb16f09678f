package org.pagexplorer.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Whether bfloat16 is worth it: on CUDA, and on a CPU that multiplies it in hardware; not on
 * Apple's.
 */
final class Bfloat16 {
  private static final boolean CPU = cpuHasInstructions();

  private Bfloat16() {}

  static boolean isFastOn(String device) {
    return device.startsWith("cuda") || (device.equals("cpu") && CPU);
  }

  private static boolean cpuHasInstructions() {
    try {
      String cpu = Files.readString(Path.of("/proc/cpuinfo"));
      return cpu.contains("avx512_bf16") || cpu.contains("amx_bf16");
    } catch (IOException e) {
      return false; // no Linux: emulated bfloat16 would be slower than float32
    }
  }
}
