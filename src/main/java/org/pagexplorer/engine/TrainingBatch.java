package org.pagexplorer.engine;

import java.util.Arrays;

/**
 * What one training step sees.
 *
 * @param images N augmented images, N · C · H · W values in [0, 1]
 * @param labels N true classes
 * @param targets for each vector-Jacobian product of this step's alignment loss the target class of
 *     each image, K × N; empty for none
 * @param directions the N wanted gradients g(x, y_t) of each, each N · C · H · W values
 */
public record TrainingBatch(float[] images, int[] labels, int[][] targets, float[][] directions) {

  public TrainingBatch {
    // Nobody has asked the teacher yet where there are targets only.
    if (directions.length > 0 && targets.length != directions.length) {
      throw new IllegalArgumentException(
          targets.length + " targets but " + directions.length + " directions");
    }
  }

  /** With the same K target classes for every image. */
  public TrainingBatch(float[] images, int[] labels, int[] targets, float[][] directions) {
    this(images, labels, forAll(targets, labels.length), directions);
  }

  private static int[][] forAll(int[] targets, int images) {
    int[][] all = new int[targets.length][images];
    for (int k = 0; k < targets.length; k++) {
      Arrays.fill(all[k], targets[k]);
    }
    return all;
  }

  /** The same batch with these wanted gradients. */
  public TrainingBatch withDirections(float[][] wanted) {
    return new TrainingBatch(images, labels, targets, wanted);
  }

  /**
   * The batch of its first images.
   *
   * @param n from 1 to as many as there are
   */
  public TrainingBatch first(int n) {
    int pixels = images.length / size() * n;
    return new TrainingBatch(
        Arrays.copyOf(images, pixels),
        Arrays.copyOf(labels, n),
        Arrays.stream(targets).map(k -> Arrays.copyOf(k, n)).toArray(int[][]::new),
        Arrays.stream(directions).map(k -> Arrays.copyOf(k, pixels)).toArray(float[][]::new));
  }

  /**
   * The same step as it is usually written: each image K times in one batch of K · N, each time
   * with one of its targets. Slower; a reference for the shared-forward form.
   */
  public TrainingBatch repeated() {
    int k = targets.length;
    int[] all = Arrays.stream(targets).flatMapToInt(Arrays::stream).toArray();
    int[] repeatedLabels = new int[k * labels.length];
    float[] repeatedImages = new float[k * images.length];
    for (int i = 0; i < k; i++) {
      System.arraycopy(labels, 0, repeatedLabels, i * labels.length, labels.length);
      System.arraycopy(images, 0, repeatedImages, i * images.length, images.length);
    }
    return new TrainingBatch(
        repeatedImages, repeatedLabels, new int[][] {all}, new float[][] {stackedDirections()});
  }

  /** The directions of all targets in one array, target by target. */
  float[] stackedDirections() {
    float[] stacked = new float[targets.length * images.length];
    for (int k = 0; k < targets.length; k++) {
      System.arraycopy(directions[k], 0, stacked, k * images.length, images.length);
    }
    return stacked;
  }

  /** Number of images. */
  public int size() {
    return labels.length;
  }
}
