package org.pagexplorer.engine;

/**
 * What one training step sees.
 *
 * @param images N augmented images, N · C · H · W values in [0, 1]
 * @param labels N true classes
 * @param targets the target classes of this step's alignment loss; empty for none
 * @param directions for each target the N wanted gradients g(x, y_t), each N · C · H · W values
 */
public record TrainingBatch(float[] images, int[] labels, int[] targets, float[][] directions) {

  public TrainingBatch {
    // Nobody has asked the teacher yet where there are targets only.
    if (directions.length > 0 && targets.length != directions.length) {
      throw new IllegalArgumentException(
          targets.length + " targets but " + directions.length + " directions");
    }
  }

  /** The same batch with these wanted gradients. */
  public TrainingBatch withDirections(float[][] wanted) {
    return new TrainingBatch(images, labels, targets, wanted);
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
