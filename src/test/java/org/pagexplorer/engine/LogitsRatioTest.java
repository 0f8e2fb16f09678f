package org.pagexplorer.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import ai.djl.ndarray.types.Shape;
import org.junit.jupiter.api.Test;

/** The difference of logits ratio by hand (Croce and Hein 2020, Eqs. 6 and 7). */
class LogitsRatioTest extends OnEveryDevice {
  private static final float[] LOGITS = {1, 4, 2, 3, 0};

  private float[] twice(float[] logits) {
    float[] both = java.util.Arrays.copyOf(logits, 2 * logits.length);
    System.arraycopy(logits, 0, both, logits.length, logits.length);
    return both;
  }

  @Test
  void untargetedItIsTheMarginOverTheFirstLessTheThird() {
    var logits = manager.create(twice(LOGITS), new Shape(2, 5));
    float[] found = LogitsRatio.untargeted(logits, new int[] {1, 0}).toFloatArray();
    assertArrayEquals(new float[] {-(4 - 3) / 2f, -(1 - 4) / 2f}, found, 1e-6f);
  }

  @Test
  void targetedItIsTheDifferenceOverTheFirstLessTheMeanOfThirdAndFourth() {
    var logits = manager.create(twice(LOGITS), new Shape(2, 5));
    float[] found = LogitsRatio.targeted(logits, new int[] {1, 0}, new int[] {2, 3}).toFloatArray();
    assertArrayEquals(new float[] {-(4 - 2) / 2.5f, -(1 - 3) / 2.5f}, found, 1e-6f);
  }

  @Test
  void ofTwoClassesItIsTheMargin() {
    var logits = manager.create(new float[] {1, 3}, new Shape(1, 2));
    assertArrayEquals(
        new float[] {-2}, LogitsRatio.untargeted(logits, new int[] {1}).toFloatArray());
  }

  /** Not the difference's own: the ratio does not change when all logits are scaled. */
  @Test
  void scaledLogitsHaveTheSameRatio() {
    var logits = manager.create(LOGITS, new Shape(1, 5));
    float[] once = LogitsRatio.untargeted(logits, new int[] {1}).toFloatArray();
    float[] scaled = LogitsRatio.untargeted(logits.mul(100), new int[] {1}).toFloatArray();
    assertArrayEquals(once, scaled, 1e-6f);
  }
}
