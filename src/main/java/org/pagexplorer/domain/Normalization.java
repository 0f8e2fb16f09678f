package org.pagexplorer.domain;

import java.util.Collections;
import java.util.List;

/**
 * The model's own first step: {@code (x − mean) / std} per channel, on pixels in [0, 1].
 *
 * @param mean a value a channel
 * @param std a positive value a channel
 */
public record Normalization(List<Double> mean, List<Double> std) {

  /** The usual constants of CIFAR-10's training images. */
  public static final Normalization CIFAR10 =
      new Normalization(List.of(0.4914, 0.4822, 0.4465), List.of(0.2471, 0.2435, 0.2616));

  public Normalization {
    mean = List.copyOf(mean);
    std = List.copyOf(std);
    if (mean.size() != std.size()) {
      throw new IllegalArgumentException(
          "mean has " + mean.size() + " values but std has " + std.size());
    }
    if (mean.stream().anyMatch(m -> !Double.isFinite(m))
        || std.stream().anyMatch(s -> !(s > 0) || s.isInfinite())) {
      throw new IllegalArgumentException(
          "mean must be finite and std finite and positive: " + mean + ", " + std);
    }
  }

  /** Leaves every pixel as it is. */
  public static Normalization identity(int channels) {
    return new Normalization(
        Collections.nCopies(channels, 0.0), Collections.nCopies(channels, 1.0));
  }

  /** Whether it leaves every pixel as it is. */
  public boolean isIdentity() {
    return mean.stream().allMatch(m -> m == 0) && std.stream().allMatch(s -> s == 1);
  }
}
