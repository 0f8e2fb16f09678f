package org.pagexplorer.engine;

import java.util.random.RandomGenerator;
import org.pagexplorer.domain.Image;
import org.pagexplorer.domain.InputShape;
import org.pagexplorer.domain.Norm;
import org.pagexplorer.domain.ThreatModel;

/**
 * Algorithm 3: the perturbation's mass is moved from one square to another, where it takes the
 * shape of two opposite hills ({@code η}, section 3.4), a sign a channel. In L1 as in AutoAttack's
 * code (Croce and Hein 2021): the hills are steeper, and points are projected onto ball and box.
 *
 * @param threat of L1 or L2
 */
record HillSquare(Image origin, ThreatModel threat, RandomGenerator random) implements SquareMove {
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
  public float[] next(float[] best, int query) {
    double pixels = SquareMove.share(query) * shape().height() * shape().width();
    int shorter = Math.min(shape().height(), shape().width());
    int wanted = Math.max((int) Math.round(Math.sqrt(pixels)), SMALLEST_SIDE);
    int side = Math.min(wanted + (wanted % 2 == 0 ? 1 : 0), shorter);
    double[] delta = new double[best.length];
    for (int i = 0; i < delta.length; i++) {
      delta[i] = (double) best[i] - origin.pixels()[i];
    }
    Window to = window(side);
    Window from = window(side);
    // What clipping to [0, 1] has left of ε² in L2, of ε in L1.
    double unused = Math.max(0, mass(threat.epsilon()) - sum(delta));
    double[] hills = hills(side);
    double[][] shapes = new double[shape().channels()][];
    for (int c = 0; c < shape().channels(); c++) {
      double within = mass(delta, c, to, from);
      double norm = norm(unused / shape().channels() + within);
      shapes[c] = mixed(delta, c, to, hills, isL1() ? norm * shape().channels() : norm);
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
      old += mass(delta[at(c, window, i)]);
    }
    int sign = SquareMove.sign(random);
    double[] mixed = new double[hills.length];
    double all = 0;
    for (int i = 0; i < mixed.length; i++) {
      mixed[i] = sign * hills[i] + delta[at(c, window, i)] / (1e-12 + norm(old));
      all += mass(mixed[i]);
    }
    for (int i = 0; i < mixed.length; i++) {
      mixed[i] *= norm / (1e-12 + norm(all));
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
    double all = 0;
    for (int i = 0; i < hills.length; i++) {
      int row = i / side;
      int column = i % side;
      hills[i] = turned ? upright[column][row] : upright[row][column];
      all += mass(hills[i]);
    }
    for (int i = 0; i < hills.length; i++) {
      hills[i] /= norm(all);
    }
    return hills;
  }

  /** Rectangles around a middle, each 1/k² higher than the last, in L1 1/k⁴; of norm 1. */
  private void add(double[][] to, int top, int height, int width, int sign) {
    double[][] hill = new double[height][width];
    double all = 0;
    int middle = height / 2;
    int center = width / 2;
    for (int row = 0; row < height; row++) {
      for (int column = 0; column < width; column++) {
        int ring = Math.max(Math.abs(row - middle), Math.abs(column - center));
        int rings = Math.max(height / 2 + 1, width / 2 + 1);
        for (int k = ring; k < rings; k++) {
          double square = (k + 1.0) * (k + 1.0);
          hill[row][column] += 1.0 / (isL1() ? square * square : square);
        }
        all += mass(hill[row][column]);
      }
    }
    for (int row = 0; row < height; row++) {
      for (int column = 0; column < width; column++) {
        to[top + row][column] += sign * hill[row][column] / norm(all);
      }
    }
  }

  private boolean isL1() {
    return threat.norm() == Norm.L1;
  }

  /** What a value adds to the sum that makes the norm. */
  private double mass(double value) {
    return isL1() ? Math.abs(value) : value * value;
  }

  /** The norm of values with such a sum. */
  private double norm(double mass) {
    return isL1() ? mass : Math.sqrt(mass);
  }

  private double sum(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += mass(value);
    }
    return sum;
  }

  /** The mass of a channel within two windows; what they share is counted once. */
  private double mass(double[] delta, int c, Window a, Window b) {
    double mass = 0;
    for (int i = 0; i < a.side() * a.side(); i++) {
      mass += mass(delta[at(c, a, i)]);
      mass +=
          a.holds(b.row() + i / b.side(), b.column() + i % b.side()) ? 0 : mass(delta[at(c, b, i)]);
    }
    return mass;
  }

  /** In L1 the nearest point of ball and box. */
  private float[] moved(double[] delta) {
    return isL1() ? projected(delta) : scaled(delta);
  }

  private float[] projected(double[] delta) {
    float[] moved = new float[delta.length];
    float[] rooms = new float[delta.length];
    for (int i = 0; i < delta.length; i++) {
      float pixel = origin.pixels()[i];
      moved[i] = (float) delta[i];
      rooms[i] = delta[i] > 0 ? 1 - pixel : pixel;
    }
    L1Level.project(moved, rooms, 0, moved.length, threat.epsilon());
    float[] x = new float[delta.length];
    for (int i = 0; i < x.length; i++) {
      x[i] = Math.clamp(origin.pixels()[i] + moved[i], 0f, 1f);
    }
    return x;
  }

  /** The origin and all of ε along δ, pixels clipped to [0, 1]. */
  private float[] scaled(double[] delta) {
    double norm = norm(sum(delta));
    float[] x = new float[delta.length];
    for (int i = 0; i < x.length; i++) {
      double own = norm == 0 ? 0 : delta[i] * threat.epsilon() / norm;
      x[i] = (float) Math.clamp(origin.pixels()[i] + own, 0, 1);
    }
    return x;
  }

  private InputShape shape() {
    return origin.shape();
  }
}
