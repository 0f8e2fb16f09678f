package org.pagexplorer.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pagexplorer.domain.Norm;

class BallTest extends OnEveryDevice {

  /** Two images of 1 × 1 × 2. */
  private NDArray pair(float... values) {
    return manager.create(values, new Shape(2, 1, 1, 2));
  }

  @Test
  void normsGoOverEachImageAlone() {
    NDArray delta = pair(3, -4, -1, 0);
    assertArrayEquals(new float[] {5, 1}, Ball.of(Norm.L2).norm(delta).toFloatArray(), 1e-6f);
    assertArrayEquals(new float[] {4, 1}, Ball.of(Norm.LINF).norm(delta).toFloatArray());
  }

  @Test
  void projectionReturnsTheNearestPointOfTheBall() {
    NDArray delta = pair(3, -4, 0.5f, 0);
    assertArrayEquals(
        new float[] {0.6f, -0.8f, 0.5f, 0},
        Ball.of(Norm.L2).project(delta, 1).toFloatArray(),
        1e-6f);
    assertArrayEquals(
        new float[] {1, -1, 0.5f, 0}, Ball.of(Norm.LINF).project(delta, 1).toFloatArray());
  }

  @Test
  void projectionOntoTheEmptyBallIsZero() {
    for (Norm norm : Norm.values()) {
      NDArray projected = Ball.of(norm).project(pair(3, -4, 0, 0), 0);
      assertEquals(0, projected.abs().max().getFloat(), norm.title());
    }
  }

  @ParameterizedTest
  @ValueSource(floats = {1e-38f, 1e-25f, 1e-10f, 1, 1e15f, 1e30f})
  void directionHasUnitSizeHoweverSmallOrLargeTheGradient(float size) {
    NDArray gradient = pair(3 * size, -4 * size, size, size);
    float half = (float) Math.sqrt(0.5);
    assertArrayEquals(
        new float[] {0.6f, -0.8f, half, half},
        Ball.of(Norm.L2).direction(gradient).toFloatArray(),
        1e-5f);
    assertArrayEquals(
        new float[] {1, -1, 1, 1}, Ball.of(Norm.LINF).direction(gradient).toFloatArray());
  }

  @Test
  void directionOfAZeroGradientIsZeroBesideOneThatIsNot() {
    for (Norm norm : Norm.values()) {
      float[] direction = Ball.of(norm).direction(pair(0, 0, 0, -2)).toFloatArray();
      assertArrayEquals(new float[] {0, 0, 0, -1}, direction, norm.title());
    }
  }
}
