package org.pagexplorer.engine;

import ai.djl.Device;
import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.Locale;
import java.util.function.Function;
import org.pagexplorer.domain.UserException;

/**
 * Apple's GPU, which PyTorch calls {@code mps} (Metal Performance Shaders). It computes in float32;
 * operations that PyTorch does not have for it are computed on the CPU ({@code
 * PYTORCH_ENABLE_MPS_FALLBACK}). Untried: nobody has run this on such a machine yet.
 */
final class AppleGpu {
  static final String NAME = "mps";

  /** DJL numbers GPUs of a kind that there is one of with −1. */
  static final Device DEVICE = Device.of(NAME, -1);

  private AppleGpu() {}

  /** Whether a system may have one: a Mac with Apple's processor. */
  static boolean isPossible(String system, String processor) {
    return system.toLowerCase(Locale.ROOT).startsWith("mac") && processor.equals("aarch64");
  }

  /**
   * Refuses what it is not asked to do.
   *
   * @throws UserException if convolutions are to multiply in bfloat16 there
   */
  static void check(String device, boolean mixedPrecision) {
    if (mixedPrecision && device.equals(NAME)) {
      throw new UserException(
          "Apple's GPU trains in float32 here: leave --mixed-precision out, or train on the CPU.");
    }
  }

  /** Whether there is one that computes. */
  static boolean answers(Function<Device, NDManager> open) {
    try (NDManager manager = open.apply(DEVICE);
        NDArray one = manager.create(1f);
        NDArray two = one.add(1)) {
      return two.toFloatArray()[0] == 2;
    } catch (EngineException | IllegalArgumentException e) {
      return false; // this PyTorch is built without it, or macOS is too old
    }
  }
}
