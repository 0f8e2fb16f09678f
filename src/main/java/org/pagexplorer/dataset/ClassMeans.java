package org.pagexplorer.dataset;

/**
 * The Class Mean representatives of section 4.2: r_y is the mean of all images with label y, times
 * one constant that gives the means the images' average L2 norm ("an image-like norm").
 */
public final class ClassMeans {
  private final float[][] means;
  private final double scale;

  private ClassMeans(float[][] means, double scale) {
    this.means = means;
    this.scale = scale;
  }

  /** Reads the whole dataset once; a class without images is refused. */
  public static ClassMeans of(Dataset dataset) {
    return of(dataset, () -> {});
  }

  /**
   * The same.
   *
   * @param check called before every image; what it throws ends the reading
   */
  public static ClassMeans of(Dataset dataset, Runnable check) {
    int size = dataset.shape().size();
    double[][] sums = new double[dataset.classes().size()][size];
    int[] counts = new int[sums.length];
    double norms = 0;
    for (int i = 0; i < dataset.size(); i++) {
      check.run();
      int label = dataset.label(i);
      norms += add(dataset.bytes(i), sums[label]);
      counts[label]++;
    }
    double meanNorm = norms / dataset.size();
    double classNorms = 0;
    for (int c = 0; c < sums.length; c++) {
      if (counts[c] == 0) {
        throw new org.pagexplorer.domain.UserException(
            "The class \""
                + dataset.classes().get(c)
                + "\" of "
                + dataset.name()
                + " has no image, so that it has no mean; use more images.");
      }
      classNorms += divide(sums[c], counts[c]);
    }
    double scale = meanNorm / (classNorms / sums.length);
    return new ClassMeans(scaled(sums, scale), scale);
  }

  /** The image of each class that is nearest to its class's mean, unscaled; an index a class. */
  public static int[] nearestImages(Dataset dataset) {
    return nearestImages(dataset, () -> {});
  }

  /**
   * The same.
   *
   * @param check called before every image; what it throws ends the search
   */
  public static int[] nearestImages(Dataset dataset, Runnable check) {
    ClassMeans means = of(dataset, check);
    int[] nearest = new int[means.means.length];
    double[] smallest = new double[nearest.length];
    java.util.Arrays.fill(smallest, Double.POSITIVE_INFINITY);
    for (int i = 0; i < dataset.size(); i++) {
      check.run();
      int label = dataset.label(i);
      float[] mean = means.means[label];
      byte[] image = dataset.bytes(i);
      double squares = 0;
      for (int j = 0; j < image.length; j++) {
        double difference = (image[j] & 255) / 255.0 - mean[j] / means.scale;
        squares += difference * difference;
      }
      if (squares < smallest[label]) {
        smallest[label] = squares;
        nearest[label] = i;
      }
    }
    return nearest;
  }

  /** Adds an image to a sum, in units of [0, 1], and returns its norm. */
  private static double add(byte[] image, double[] sum) {
    double squares = 0;
    for (int j = 0; j < image.length; j++) {
      double value = (image[j] & 255) / 255.0;
      sum[j] += value;
      squares += value * value;
    }
    return Math.sqrt(squares);
  }

  private static double divide(double[] sum, int count) {
    double squares = 0;
    for (int j = 0; j < sum.length; j++) {
      sum[j] /= count;
      squares += sum[j] * sum[j];
    }
    return Math.sqrt(squares);
  }

  private static float[][] scaled(double[][] means, double scale) {
    float[][] scaled = new float[means.length][];
    for (int c = 0; c < means.length; c++) {
      scaled[c] = new float[means[c].length];
      for (int j = 0; j < means[c].length; j++) {
        scaled[c][j] = (float) (means[c][j] * scale);
      }
    }
    return scaled;
  }

  /** r_y, scaled, C · H · W values; do not write to it. */
  public float[] of(int label) {
    return means[label];
  }

  /** The constant, at least 1 in practice. */
  public double scale() {
    return scale;
  }
}
