package org.pagexplorer.run;

import java.util.Arrays;
import java.util.Map;
import org.pagexplorer.domain.Alignment;
import org.pagexplorer.engine.Classifier;
import org.pagexplorer.engine.InputGradients;
import org.pagexplorer.engine.TrainingBatch;

/** The ground-truth gradients g(x, y_t) of some images, ready to be asked. */
public sealed interface GroundTruth extends AutoCloseable {

  /** What was found while they were prepared, for the model's card. */
  Map<String, String> facts();

  /**
   * g(x, y_t) of images as they are, without crop or flip.
   *
   * @param from the first image's index, the others follow it
   * @param pixels the images, one after the other
   * @param targets K classes for each image, K × N
   * @return for each of the K rows a gradient for each image, one after the other
   */
  float[][] of(int from, float[] pixels, int[][] targets);

  @Override
  default void close() {}

  /** Gradients of the images as they are, which move with their crop and flip. */
  sealed interface PerImage extends GroundTruth {
    /**
     * g(x, y_t), before the image's crop and flip.
     *
     * @param image the training image's index
     * @param pixels x
     * @return an array of the caller's own
     */
    float[] of(int image, float[] pixels, int target);

    @Override
    default float[][] of(int from, float[] pixels, int[][] targets) {
      float[][] gradients = new float[targets.length][pixels.length];
      for (int k = 0; k < targets.length; k++) {
        int size = pixels.length / targets[k].length;
        for (int i = 0; i < targets[k].length; i++) {
          float[] x = Arrays.copyOfRange(pixels, i * size, (i + 1) * size);
          System.arraycopy(of(from + i, x, targets[k][i]), 0, gradients[k], i * size, size);
        }
      }
      return gradients;
    }
  }

  /**
   * g(x, y_t) = r_t(x) − x (section 4.2).
   *
   * @param lookup r
   */
  record Representatives(Lookup lookup, Map<String, String> facts) implements PerImage {
    @Override
    public float[] of(int image, float[] pixels, int target) {
      float[] wanted = lookup.of(image, target);
      float[] gradient = new float[pixels.length];
      for (int j = 0; j < gradient.length; j++) {
        gradient[j] = wanted[j] - pixels[j];
      }
      return gradient;
    }
  }

  /**
   * Gradients that a file holds.
   *
   * @param firsts where each image's first one is
   * @param columns which of an image's gradients is each class's
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Stored(GradientFile file, long[] firsts, int[] columns) implements PerImage {
    @Override
    public Map<String, String> facts() {
      return Map.of();
    }

    @Override
    public float[] of(int image, float[] pixels, int target) {
      return file.read(firsts[image] + columns[target]);
    }

    @Override
    public void close() {
      file.close();
    }
  }

  /** A target class representative. */
  @FunctionalInterface
  interface Lookup {
    /**
     * r_t(x), C · H · W values.
     *
     * @param image the training image's index
     */
    float[] of(int image, int target);
  }

  /** g(x, y_t) = ∇ₓ f_teacher(x)_t at the very image that the student sees (section 4.1). */
  record Teacher(Classifier classifier, Map<String, String> facts) implements GroundTruth {

    @Override
    public float[][] of(int from, float[] pixels, int[][] targets) {
      return of(Alignment.Gradient.LOGIT, pixels, targets);
    }

    /** The same of logits or of log-probabilities. */
    float[][] of(Alignment.Gradient gradient, float[] pixels, int[][] targets) {
      return InputGradients.ofClasses(gradient, classifier, pixels, targets);
    }

    /** With the gradients that the student's are compared with: of the same kind. */
    TrainingBatch ask(TrainingBatch batch, Alignment.Gradient gradient) {
      return batch.withDirections(of(gradient, batch.images(), batch.targets()));
    }

    @Override
    public void close() {
      classifier.close();
    }
  }
}
