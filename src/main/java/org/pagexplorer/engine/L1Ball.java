package org.pagexplorer.engine;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;

/**
 * δ for L1, where what [0, 1] leaves room for matters: of a step in few pixels, much would be lost.
 * Steps go to the largest gradients, and the projection is the one onto the ball and the box
 * together (Croce and Hein 2021, "Mind the box", Proposition 2.1).
 */
record L1Ball() implements Ball {
  /** Share of the values that a step changes: CleverHans' of "sparse L1 descent". */
  private static final double STEP_SHARE = 0.01;

  @Override
  public NDArray direction(NDArray gradient) {
    long values = gradient.size() / gradient.getShape().get(0);
    long[] all = new long[(int) gradient.getShape().get(0)];
    Arrays.fill(all, Math.max(1, Math.round(STEP_SHARE * values)));
    return sparse(gradient, all);
  }

  @Override
  public NDArray direction(NDArray gradient, NDArray x) {
    NDArray free = room(gradient, x).gt(0).toType(gradient.getDataType(), false);
    return direction(free.mul(gradient));
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
    float[] sizes = delta.abs().toFloatArray();
    float[] rooms = room.toFloatArray();
    int values = sizes.length / radii.length;
    float[] levels = new float[radii.length];
    for (int i = 0; i < radii.length; i++) {
      levels[i] = L1Level.of(sizes, rooms, i * values, (i + 1) * values, radii[i]);
    }
    NDArray level = delta.getManager().create(levels, new Shape(radii.length, 1, 1, 1));
    return delta.abs().sub(level).maximum(0).minimum(room).mul(delta.sign());
  }

  @Override
  public NDArray norm(NDArray delta) {
    return delta.abs().sum(IMAGE_AXES, true);
  }
}
