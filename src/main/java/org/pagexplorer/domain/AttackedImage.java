package org.pagexplorer.domain;

/**
 * What an attack made of one image.
 *
 * @param goal what was wanted
 * @param result the attacked image
 * @param probabilitiesBefore softmax of the logits of the original, one value per class
 * @param probabilitiesAfter the same of the result
 * @param confidenceByStep p(goal's class) of iterate 0 to T of the restart that was kept
 * @param lossByStep the attack's loss of iterate 0 to T
 * @param l1 ‖δ‖₁ of the result
 * @param l2 ‖δ‖₂ of the result
 * @param linf ‖δ‖∞ of the result
 * @param projectionShare share of steps whose iterate had to be projected back, in [0, 1]
 * @param zeroGradientShare share of steps whose gradient was exactly zero, in [0, 1]
 * @param keptStep the iterate that is the result
 */
public record AttackedImage(
    Goal goal,
    Image result,
    float[] probabilitiesBefore,
    float[] probabilitiesAfter,
    float[] confidenceByStep,
    float[] lossByStep,
    double l1,
    double l2,
    double linf,
    double projectionShare,
    double zeroGradientShare,
    int keptStep) {

  /** Whether the attack reached its goal. */
  public boolean success() {
    return goal.isMetBy(predicted());
  }

  /** The class that the model names now. */
  public int predicted() {
    return ArgMax.of(probabilitiesAfter);
  }

  /** The class that the model named before. */
  public int predictedBefore() {
    return ArgMax.of(probabilitiesBefore);
  }

  /** {@link Goal#confidence} of the original. */
  public float before() {
    return goal.confidence(probabilitiesBefore, 0, probabilitiesBefore.length);
  }

  /** {@link Goal#confidence} of the result. */
  public float after() {
    return goal.confidence(probabilitiesAfter, 0, probabilitiesAfter.length);
  }
}
