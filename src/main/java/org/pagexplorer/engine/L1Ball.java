package org.pagexplorer.engine;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * δ for L1, where what [0, 1] leaves room for matters: of a step in few pixels, much would be lost.
 * Steps go to the largest gradients, and the projection is the one onto the ball and the box
 * together (Croce and Hein 2021, "Mind the box", Proposition 2.1).
 */
record L1Ball() implements Ball {
  /** Share of the values that a step changes: CleverHans' of "sparse L1 descent". */
  private static final double STEP_SHARE = 0.01;

  /** What a value changes by at most in a step within [0, 1]: its room on average. */
  private static final double MOST_EACH = 0.5;

  @Override
  public NDArray direction(NDArray gradient) {
    return sparse(gradient, counts(gradient, new float[(int) gradient.getShape().get(0)]));
  }

  @Override
  public NDArray direction(NDArray gradient, NDArray x, float[] stepSizes) {
    NDArray free = room(gradient, x).gt(0).toType(gradient.getDataType(), false);
    return sparse(free.mul(gradient), counts(gradient, stepSizes));
  }

  /** 1 % of the values, or as many as the step needs to find room. */
  private static long[] counts(NDArray gradient, float[] stepSizes) {
    long values = gradient.size() / stepSizes.length;
    long usual = Math.max(1, Math.round(STEP_SHARE * values));
    long[] counts = new long[stepSizes.length];
    for (int i = 0; i < counts.length; i++) {
      long needed = (long) Math.ceil(stepSizes[i] / MOST_EACH);
      counts[i] = Math.min(values, Math.max(usual, needed));
    }
    return counts;
  }

  /**
   * The signs of each image's largest gradients, in equal shares of a sum of 1.
   *
   * @param counts how many of an image, at least 1; more where several are as large as the last
   */
  static NDArray sparse(NDArray gradient, long[] counts) {
    Shape rows = new Shape(counts.length, -1);
    NDArray size = gradient.abs().reshape(rows);
    long values = size.getShape().get(1);
    long[] places = Arrays.stream(counts).map(count -> values - count).toArray();
    NDArray place = size.getManager().create(places, new Shape(counts.length, 1));
    NDArray least = size.sort(1).gather(place, 1);
    NDArray signs = size.gte(least).toType(DataType.FLOAT32, false);
    signs = signs.mul(gradient.reshape(rows).sign());
    NDArray moved = signs.abs().sum(new int[] {1}, true).maximum(1);
    return signs.div(moved).reshape(gradient.getShape());
  }

  /** How far each pixel of x can go in its sign's direction without leaving [0, 1]. */
  private static NDArray room(NDArray direction, NDArray x) {
    NDArray sign = direction.sign();
    return sign.add(1).div(2).sub(sign.mul(x)); // first what lives as long as the direction
  }

  @Override
  public NDArray project(NDArray delta, double epsilon) {
    return project(delta, radii(delta, epsilon), delta.abs());
  }

  @Override
  public NDArray project(NDArray delta, NDArray epsilon) {
    return project(delta, epsilon.toFloatArray(), delta.abs());
  }

  @Override
  public NDArray project(NDArray delta, double epsilon, NDArray origin) {
    return project(delta, radii(delta, epsilon), room(delta, origin));
  }

  @Override
  public NDArray project(NDArray delta, NDArray epsilon, NDArray origin, NDArray mask) {
    NDArray room = room(delta, origin);
    NDArray share = room.zerosLike().add(mask).maximum(Float.MIN_NORMAL); // lives as long as δ
    return project(delta, epsilon.toFloatArray(), room.div(share));
  }

  private static float[] radii(NDArray delta, double epsilon) {
    float[] radii = new float[(int) delta.getShape().get(0)];
    Arrays.fill(radii, (float) epsilon);
    return radii;
  }

  private static NDArray project(NDArray delta, float[] radii, NDArray room) {
    float[] moved = delta.toFloatArray();
    float[] rooms = room.toFloatArray();
    int values = moved.length / radii.length;
    IntStream images = IntStream.range(0, radii.length);
    (TorchEngine.threads() == 1 ? images : images.parallel())
        .forEach(i -> L1Level.project(moved, rooms, i * values, (i + 1) * values, radii[i]));
    return delta.getManager().create(moved, delta.getShape());
  }

  @Override
  public NDArray norm(NDArray delta) {
    return delta.abs().sum(IMAGE_AXES, true);
  }
}
