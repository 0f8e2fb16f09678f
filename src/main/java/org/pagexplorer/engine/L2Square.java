package org.pagexplorer.engine;

import java.util.random.RandomGenerator;
import org.pagexplorer.domain.Image;
import org.pagexplorer.domain.InputShape;

/**
 * Algorithm 3: the perturbation's mass is moved from one square to another, where it takes the
 * shape of two opposite hills ({@code η}, section 3.4), a sign a channel.
 *
 * @param epsilon the radius
 */
record L2Square(Image origin, double epsilon, RandomGenerator random) implements SquareMove {
  private static final int SMALLEST_SIDE = 3;
  private static final int FIRST_TILES = 5;

  /** A place in the picture. */
  private record Window(int row, int column, int side) {
    boolean holds(int y, int x) {
      return y >= row && y < row + side && x >= column && x < column + side;
    }
  }

  @Override
  public float[] first() {
    double[] delta = new double[shape().size()];
    int side = Math.max(1, Math.min(shape().height(), shape().width()) / FIRST_TILES);
    for (int row = 0; row + side <= shape().height(); row += side) {
      for (int column = 0; column + side <= shape().width(); column += side) {
        Window window = new Window(row, column, side);
        double[] hills = hills(side);
        for (int c = 0; c < shape().channels(); c++) {
          int sign = SquareMove.sign(random);
          for (int i = 0; i < hills.length; i++) {
            delta[at(c, window, i)] += sign * hills[i];
          }
        }
      }
    }
    return moved(delta);
  }

  @Override
  public float[] next(float[] best, double done) {
    double pixels = SquareMove.share(done) * shape().height() * shape().width();
    int shorter = Math.min(shape().height(), shape().width());
    int wanted = Math.max((int) Math.round(Math.sqrt(pixels)), SMALLEST_SIDE);
    int side = Math.min(wanted + (wanted % 2 == 0 ? 1 : 0), shorter);
    double[] delta = new double[best.length];
    for (int i = 0; i < delta.length; i++) {
      delta[i] = (double) best[i] - origin.pixels()[i];
    }
    Window to = window(side);
    Window from = window(side);
    // What clipping to [0, 1] has left of ε².
    double unused = Math.max(0, epsilon * epsilon - sum(delta));
    double[] hills = hills(side);
    double[][] shapes = new double[shape().channels()][];
    for (int c = 0; c < shape().channels(); c++) {
      double within = squares(delta, c, to, from);
      shapes[c] = mixed(delta, c, to, hills, Math.sqrt(unused / shape().channels() + within));
    }
    for (int c = 0; c < shape().channels(); c++) {
      for (int i = 0; i < hills.length; i++) {
        delta[at(c, from, i)] = 0;
      }
    }
    for (int c = 0; c < shape().channels(); c++) {
      for (int i = 0; i < hills.length; i++) {
        delta[at(c, to, i)] = shapes[c][i];
      }
    }
    return moved(delta);
  }

  private Window window(int side) {
    return new Window(
        random.nextInt(shape().height() - side + 1),
        random.nextInt(shape().width() - side + 1),
        side);
  }

  private int at(int c, Window window, int i) {
    int row = window.row() + i / window.side();
    int column = window.column() + i % window.side();
    return (c * shape().height() + row) * shape().width() + column;
  }

  /** New hills on top of what is there, of a given norm. */
  private double[] mixed(double[] delta, int c, Window window, double[] hills, double norm) {
    double old = 0;
    for (int i = 0; i < hills.length; i++) {
      old += delta[at(c, window, i)] * delta[at(c, window, i)];
    }
    int sign = SquareMove.sign(random);
    double[] mixed = new double[hills.length];
    double squares = 0;
    for (int i = 0; i < mixed.length; i++) {
      mixed[i] = sign * hills[i] + delta[at(c, window, i)] / (1e-12 + Math.sqrt(old));
      squares += mixed[i] * mixed[i];
    }
    for (int i = 0; i < mixed.length; i++) {
      mixed[i] *= norm / (1e-12 + Math.sqrt(squares));
    }
    return mixed;
  }

  /** η: a hill above an opposite one, or beside it; of norm 1, side · side values. */
  private double[] hills(int side) {
    double[][] upright = new double[side][side];
    int half = side / 2;
    add(upright, 0, half, side, 1);
    add(upright, half, side - half, side, -1);
    boolean turned = random.nextBoolean();
    double[] hills = new double[side * side];
    double squares = 0;
    for (int i = 0; i < hills.length; i++) {
      int row = i / side;
      int column = i % side;
      hills[i] = turned ? upright[column][row] : upright[row][column];
      squares += hills[i] * hills[i];
    }
    for (int i = 0; i < hills.length; i++) {
      hills[i] /= Math.sqrt(squares);
    }
    return hills;
  }

  /** Rectangles around a middle, each 1/k² higher than the last; of norm 1. */
  private static void add(double[][] to, int top, int height, int width, int sign) {
    double[][] hill = new double[height][width];
    double squares = 0;
    int middle = height / 2;
    int center = width / 2;
    for (int row = 0; row < height; row++) {
      for (int column = 0; column < width; column++) {
        int ring = Math.max(Math.abs(row - middle), Math.abs(column - center));
        int rings = Math.max(height / 2 + 1, width / 2 + 1);
        for (int k = ring; k < rings; k++) {
          hill[row][column] += 1.0 / ((k + 1.0) * (k + 1.0));
        }
        squares += hill[row][column] * hill[row][column];
      }
    }
    for (int row = 0; row < height; row++) {
      for (int column = 0; column < width; column++) {
        to[top + row][column] += sign * hill[row][column] / Math.sqrt(squares);
      }
    }
  }

  private static double sum(double[] values) {
    double squares = 0;
    for (double value : values) {
      squares += value * value;
    }
    return squares;
  }

  /** ‖δ‖² of a channel within two windows; what they share is counted once. */
  private double squares(double[] delta, int c, Window a, Window b) {
    double squares = 0;
    for (int i = 0; i < a.side() * a.side(); i++) {
      squares += delta[at(c, a, i)] * delta[at(c, a, i)];
      squares +=
          a.holds(b.row() + i / b.side(), b.column() + i % b.side())
              ? 0
              : delta[at(c, b, i)] * delta[at(c, b, i)];
    }
    return squares;
  }

  /** The origin and all of ε along δ, pixels clipped to [0, 1]. */
  private float[] moved(double[] delta) {
    double norm = Math.sqrt(sum(delta));
    float[] x = new float[delta.length];
    for (int i = 0; i < x.length; i++) {
      double own = norm == 0 ? 0 : delta[i] * epsilon / norm;
      x[i] = (float) Math.clamp(origin.pixels()[i] + own, 0, 1);
    }
    return x;
  }

  private InputShape shape() {
    return origin.shape();
  }
}
