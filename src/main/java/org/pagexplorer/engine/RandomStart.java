package org.pagexplorer.engine;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.pagexplorer.domain.Goal;
import org.pagexplorer.domain.Image;
import org.pagexplorer.domain.Norm;
import org.pagexplorer.domain.ThreatModel;

/**
 * Uniform points of the ball. A point depends on the seed, the restart, the image and its goal
 * alone, so that a batch's other images do not change it.
 */
final class RandomStart {
  private RandomStart() {}

  /** δ₀ with C · H · W values. */
  static float[] of(ThreatModel threat, Image image, Goal goal, long seed, int restart) {
    int area = image.shape().height() * image.shape().width();
    float[] all = new float[area];
    Arrays.fill(all, 1);
    return of(threat, image, goal, seed, restart, all);
  }

  /**
   * The same of the pixels that are free: a uniform point of the ball in so many dimensions.
   *
   * @param free H · W values; where one is 0, δ₀ is
   */
  static float[] of(
      ThreatModel threat, Image image, Goal goal, long seed, int restart, float[] free) {
    RandomGenerator random = new SplittableRandom(seed(image, goal, seed, restart)).split();
    float[] delta = new float[image.pixels().length];
    fill(delta, threat, random, free);
    return delta;
  }

  /** A Gaussian sample of variance 1, in C · H · W values and no ball. */
  static float[] gaussian(Image image, Goal goal, long seed, int restart) {
    RandomGenerator random = new SplittableRandom(seed(image, goal, seed, restart)).split();
    float[] sample = new float[image.pixels().length];
    for (int i = 0; i < sample.length; i++) {
      sample[i] = (float) random.nextGaussian();
    }
    return sample;
  }

  /** A seed of an image's own. */
  static long seed(Image image, Goal goal, long seed, int restart) {
    long own = image.hashCode() * 31L + goal.hashCode();
    // Nested, since a sum or an exclusive or would give seed and restart swapped the same point.
    return mix(mix(mix(seed) ^ own) + restart);
  }

  private static void fill(
      float[] delta, ThreatModel threat, RandomGenerator random, float[] free) {
    double epsilon = threat.epsilon();
    boolean isLinf = threat.norm() == Norm.LINF;
    int dimensions = 0;
    double sum = 0;
    double squares = 0;
    for (int i = 0; i < delta.length; i++) {
      double drawn =
          switch (threat.norm()) {
            case L1 -> SquareMove.sign(random) * random.nextExponential();
            case L2 -> random.nextGaussian();
            case LINF -> (2 * random.nextDouble() - 1) * epsilon;
          };
      if (free[i % free.length] != 0) {
        delta[i] = (float) drawn;
        sum += Math.abs(delta[i]);
        squares += delta[i] * delta[i];
        dimensions++;
      }
    }
    if (isLinf || dimensions == 0) {
      return;
    }
    // A radius of U^(1/d) makes the point uniform in the ball, not only on rays.
    double radius = epsilon * Math.pow(random.nextDouble(), 1.0 / dimensions);
    double norm = threat.norm() == Norm.L1 ? sum : Math.sqrt(squares);
    for (int i = 0; i < delta.length; i++) {
      delta[i] *= (float) (radius / norm);
    }
  }

  /** The finalizer of SplitMix64, so that neighboring seeds give unrelated streams. */
  private static long mix(long z) {
    z = (z + 0x9E3779B97F4A7C15L) * 0xBF58476D1CE4E5B9L;
    return z ^ (z >>> 31);
  }
}
