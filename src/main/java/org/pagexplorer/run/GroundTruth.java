package org.pagexplorer.run;

import java.util.Map;
import org.pagexplorer.engine.Classifier;
import org.pagexplorer.engine.InputGradients;
import org.pagexplorer.engine.TrainingBatch;

/** The ground-truth gradients g(x, y_t) of one training, ready for its batches. */
sealed interface GroundTruth extends AutoCloseable {

  /** What was found while they were prepared, for the model's card. */
  Map<String, String> facts();

  @Override
  default void close() {}

  /**
   * g(x, y_t) = r_t(x) − x, before the image's crop and flip (section 4.2).
   *
   * @param lookup r
   */
  record Representatives(Lookup lookup, Map<String, String> facts) implements GroundTruth {}

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

    TrainingBatch ask(TrainingBatch batch) {
      return batch.withDirections(
          InputGradients.ofLogits(classifier, batch.images(), batch.targets()));
    }

    @Override
    public void close() {
      classifier.close();
    }
  }
}
