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
    if (targets.length != directions.length) {
      throw new IllegalArgumentException(
          targets.length + " targets but " + directions.length + " directions");
    }
  }

  /** Number of images. */
  public int size() {
    return labels.length;
  }
}
