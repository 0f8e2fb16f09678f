package org.pagexplorer.engine;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pagexplorer.domain.AttackSpecification;
import org.pagexplorer.domain.AttackSpecification.Keep;
import org.pagexplorer.domain.AttackedImage;
import org.pagexplorer.domain.Goal;
import org.pagexplorer.domain.Image;
import org.pagexplorer.domain.Norm;

/**
 * What happens to each image of a batch under attack, and the best of its restarts and iterates.
 */
final class AttackRecord {
  private final List<Goal> goals;
  private final AttackSpecification spec;
  private final Classifier f;
  private final NDArray signs;
  private final NDManager manager;
  private final Kept[] kept;
  private float[] before;
  private NDArray bestPixels;
  private NDArray projected;
  private NDArray zeroGradients;
  private float[][] confidences = {};
  private float[][] losses = {};
  private float[] probabilities = {};
  private float[] latestLosses = {};
  private @Nullable NDArray held;

  /** The best iterate so far of one image. */
  private static final class Kept {
    boolean success;
    double score = Double.NEGATIVE_INFINITY;
    int step;
    float[] probabilities = {};
    boolean fromThisRestart;
    float[] confidenceByStep = {};
    float[] lossByStep = {};
    float projected;
    float zeroGradients;
  }

  AttackRecord(List<Goal> goals, Classifier f, AttackSpecification spec, NDArray origin) {
    this.goals = goals;
    this.spec = spec;
    this.f = f;
    manager = origin.getManager();
    kept = new Kept[goals.size()];
    Arrays.setAll(kept, i -> new Kept());
    signs = manager.create(signsOf(goals), new Shape(goals.size(), 1, 1, 1));
    bestPixels = origin.duplicate();
    projected = manager.zeros(new Shape(goals.size()));
    zeroGradients = manager.zeros(new Shape(goals.size()));
    // Where an attack begins at the image itself, its first iterate tells.
    before = spec.randomStart() ? probabilitiesOf(origin) : new float[0];
  }

  private static float[] signsOf(List<Goal> goals) {
    float[] signs = new float[goals.size()];
    for (int i = 0; i < signs.length; i++) {
      signs[i] = goals.get(i).targeted() ? -1 : 1;
    }
    return signs;
  }

  private float[] probabilitiesOf(NDArray x) {
    try (NDManager scratch = manager.newSubManager()) {
      NDArray local = x.stopGradient();
      local.attach(scratch);
      return f.logits(local).softmax(1).toFloatArray();
    }
  }

  /**
   * −1 for images that descend toward their class, +1 for those that ascend away from it; N × 1 × 1
   * × 1.
   */
  NDArray signs() {
    return signs;
  }

  void begin() {
    confidences = new float[goals.size()][spec.steps() + 1];
    losses = new float[goals.size()][spec.steps() + 1];
    projected.subi(projected.duplicate());
    zeroGradients.subi(zeroGradients.duplicate());
    for (Kept best : kept) {
      best.fromThisRestart = false;
    }
  }

  /** Takes note of iterate t. */
  void iterate(int t, NDArray x, NDArray logits, NDArray loss) {
    probabilities = logits.stopGradient().softmax(1).toFloatArray();
    if (before.length == 0) {
      before = probabilities;
    }
    latestLosses = loss.stopGradient().toFloatArray();
    float[] confidence = confidence();
    for (int i = 0; i < kept.length; i++) {
      confidences[i][t] = confidence[i];
      losses[i][t] = latestLosses[i];
    }
    if (t == spec.steps() || spec.keep() == Keep.BEST) {
      keepBetter(t, x.stopGradient());
    }
  }

  /** A success beats a failure; among equals the better loss wins. */
  private void keepBetter(int t, NDArray x) {
    float[] better = new float[kept.length];
    int[] predicted = predicted();
    for (int i = 0; i < kept.length; i++) {
      boolean success = goals.get(i).isMetBy(predicted[i]);
      double score = goals.get(i).targeted() ? -latestLosses[i] : latestLosses[i];
      Kept best = kept[i];
      if (success == best.success
          ? score > best.score || best.probabilities.length == 0
          : success) {
        better[i] = 1;
        best.success = success;
        best.score = score;
        best.step = t;
        best.fromThisRestart = true;
        best.probabilities = row(probabilities, i);
      }
    }
    NDArray mask =
        x.getManager()
            .create(better, new Shape(better.length, 1, 1, 1))
            .toType(DataType.BOOLEAN, false);
    NDArray chosen = ai.djl.ndarray.NDArrays.where(mask.broadcast(x.getShape()), x, bestPixels);
    chosen.attach(manager);
    bestPixels.close();
    bestPixels = chosen;
  }

  /** Counts, per image, iterates that left the ball and gradients that were zero. */
  void count(NDArray outside, NDArray gradient) {
    projected.addi(outside.toType(DataType.FLOAT32, false).reshape(-1));
    NDArray largest = new Ball.LInfinity().norm(gradient);
    zeroGradients.addi(largest.eq(0).toType(DataType.FLOAT32, false).reshape(-1));
  }

  /** Frees the iterate held before; arrays would otherwise pile up over the steps. */
  void holdUntilNextStep(NDArray x) {
    if (held != null) {
      held.close();
    }
    held = x;
  }

  void end() {
    float[] projectedCounts = projected.toFloatArray();
    float[] zeroCounts = zeroGradients.toFloatArray();
    for (int i = 0; i < kept.length; i++) {
      if (kept[i].fromThisRestart) {
        kept[i].confidenceByStep = confidences[i];
        kept[i].lossByStep = losses[i];
        kept[i].projected = projectedCounts[i];
        kept[i].zeroGradients = zeroCounts[i];
      }
    }
  }

  /** {@link Goal#confidence} of the latest iterate. */
  float[] confidence() {
    float[] confidence = new float[kept.length];
    for (int i = 0; i < confidence.length; i++) {
      confidence[i] = goals.get(i).confidence(probabilities, i * width(), width());
    }
    return confidence;
  }

  /** Softmax of the latest iterate's logits, N · C values; never written to again. */
  float[] probabilities() {
    return probabilities;
  }

  /** The classes named for the latest iterate. */
  int[] predicted() {
    int[] predicted = new int[kept.length];
    for (int i = 0; i < predicted.length; i++) {
      for (int c = 1; c < width(); c++) {
        if (probabilities[i * width() + c] > probabilities[i * width() + predicted[i]]) {
          predicted[i] = c;
        }
      }
    }
    return predicted;
  }

  private int width() {
    return f.architecture().classes();
  }

  private float[] row(float[] rows, int i) {
    return Arrays.copyOfRange(rows, i * width(), (i + 1) * width());
  }

  List<AttackedImage> results(List<Image> origins) {
    List<Image> pixels = Pixels.toImages(bestPixels, f.architecture().input());
    List<AttackedImage> results = new ArrayList<>();
    float steps = Math.max(1, spec.steps());
    for (int i = 0; i < kept.length; i++) {
      Kept best = kept[i];
      Image result = pixels.get(i);
      results.add(
          new AttackedImage(
              goals.get(i),
              result,
              row(before, i),
              best.probabilities,
              best.confidenceByStep,
              best.lossByStep,
              Norm.L1.distance(origins.get(i), result),
              Norm.L2.distance(origins.get(i), result),
              Norm.LINF.distance(origins.get(i), result),
              best.projected / steps,
              best.zeroGradients / steps,
              best.step));
    }
    return results;
  }
}
