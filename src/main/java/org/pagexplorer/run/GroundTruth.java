package org.pagexplorer.run;

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

  /**
   * g(x, y_t) = r_t(x) − x, before the image's crop and flip (section 4.2).
   *
   * @param lookup r
   */
  record Representatives(Lookup lookup, Map<String, String> facts) implements GroundTruth {
    @Override
    public float[][] of(int from, float[] pixels, int[][] targets) {
      float[][] gradients = new float[targets.length][pixels.length];
      for (int k = 0; k < targets.length; k++) {
        int at = 0;
        for (int i = 0; i < targets[k].length; i++) {
          for (float wanted : lookup.of(from + i, targets[k][i])) {
            gradients[k][at] = wanted - pixels[at];
            at++;
          }
        }
      }
      return gradients;
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
      return InputGradients.ofClasses(Alignment.Gradient.LOGIT, classifier, pixels, targets);
    }

    /** With the gradients that the student's are compared with: of the same kind. */
    TrainingBatch ask(TrainingBatch batch, Alignment.Gradient gradient) {
      return batch.withDirections(
          InputGradients.ofClasses(gradient, classifier, batch.images(), batch.targets()));
    }

    @Override
    public void close() {
      classifier.close();
    }
  }
}
