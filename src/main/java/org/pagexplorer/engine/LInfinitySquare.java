package org.pagexplorer.engine;

import java.util.random.RandomGenerator;
import org.pagexplorer.domain.Image;
import org.pagexplorer.domain.InputShape;

/** Algorithm 2: vertical stripes of ±ε at first, then squares of ±ε, a sign a channel. */
record LInfinitySquare(Image origin, double epsilon, RandomGenerator random) implements SquareMove {
  @Override
  public float[] first() {
    float[] x = new float[shape().size()];
    for (int c = 0; c < shape().channels(); c++) {
      for (int column = 0; column < shape().width(); column++) {
        paint(x, c, 0, shape().height(), column, column + 1, SquareMove.sign(random));
      }
    }
    return x;
  }

  @Override
  public float[] next(float[] best, int query) {
    double pixels = SquareMove.share(query) * shape().height() * shape().width();
    int shorter = Math.min(shape().height(), shape().width());
    int side = Math.clamp(Math.round(Math.sqrt(pixels)), 1, shorter);
    int row = random.nextInt(shape().height() - side + 1);
    int column = random.nextInt(shape().width() - side + 1);
    float[] x = best.clone();
    for (int c = 0; c < shape().channels(); c++) {
      paint(x, c, row, row + side, column, column + side, SquareMove.sign(random));
    }
    return x;
  }

  private void paint(float[] x, int c, int top, int bottom, int left, int right, int sign) {
    for (int row = top; row < bottom; row++) {
      for (int column = left; column < right; column++) {
        int i = (c * shape().height() + row) * shape().width() + column;
        x[i] = (float) Math.clamp(origin.pixels()[i] + sign * epsilon, 0, 1);
      }
    }
  }

  private InputShape shape() {
    return origin.shape();
  }
}
