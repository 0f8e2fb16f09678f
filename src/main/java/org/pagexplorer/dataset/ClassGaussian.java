package org.pagexplorer.dataset;

import java.util.SplittableRandom;
import org.pagexplorer.domain.Image;
import org.pagexplorer.domain.UserException;

/**
 * The normal distribution of a class: the mean and the covariance of a dataset's images of it
 * (Santurkar et al. 2019, section 3.1, who take the covariance of ImageNet's at a lower resolution;
 * this one is whole).
 *
 * <p>With n images x_i, their mean μ, and n independent standard normal z_i, {@code μ + Σ z_i (x_i
 * − μ)/√(n − 1)} is normal with mean μ and exactly the sample covariance, so that no matrix is
 * formed.
 */
public final class ClassGaussian {
  /** Images of a class that are read: all that CIFAR-10 has. */
  public static final int MOST = 5000;

  private ClassGaussian() {}

  /**
   * An image and how many others it was made of.
   *
   * @param image clipped to [0, 1]
   */
  public record Made(Image image, int count) {}

  /**
   * μ.
   *
   * @throws UserException if there are no images of the class
   */
  public static Made mean(Dataset dataset, int label) {
    Sums sums = new Sums(dataset, label, 0);
    return sums.made(1, dataset, label, 0);
  }

  /**
   * A sample, always the same of a seed.
   *
   * @throws UserException if there are fewer than two images of the class
   */
  public static Made sample(Dataset dataset, int label, long seed) {
    Sums sums = new Sums(dataset, label, seed);
    return sums.made(2, dataset, label, 1 / Math.sqrt(Math.max(1, sums.count - 1)));
  }

  /** Σ x_i, Σ z_i x_i and Σ z_i, in one reading. */
  private static final class Sums {
    final double[] plain;
    final double[] drawn;
    double weights;
    int count;

    Sums(Dataset dataset, int label, long seed) {
      plain = new double[dataset.shape().size()];
      drawn = new double[plain.length];
      SplittableRandom random = new SplittableRandom(seed);
      for (int i = 0; i < dataset.size() && count < MOST; i++) {
        if (dataset.label(i) == label) {
          add(dataset.bytes(i), random.nextGaussian());
        }
      }
    }

    private void add(byte[] image, double weight) {
      for (int j = 0; j < plain.length; j++) {
        double value = (image[j] & 255) / 255.0;
        plain[j] += value;
        drawn[j] += weight * value;
      }
      weights += weight;
      count++;
    }

    Made made(int fewest, Dataset dataset, int label, double scale) {
      if (count < fewest) {
        throw new UserException(
            "%s has %s of the class \"%s\": open a dataset with more, or choose another class."
                .formatted(
                    dataset.name(),
                    count == 0 ? "no image" : "only one image",
                    dataset.classes().get(label)));
      }
      float[] pixels = new float[plain.length];
      for (int j = 0; j < pixels.length; j++) {
        double mean = plain[j] / count;
        pixels[j] = (float) Math.clamp(mean + scale * (drawn[j] - weights * mean), 0.0, 1.0);
      }
      return new Made(new Image(dataset.shape(), pixels), count);
    }
  }
}
