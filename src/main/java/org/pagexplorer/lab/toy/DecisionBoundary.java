package org.pagexplorer.lab.toy;

import java.util.Arrays;
import java.util.Map;

/**
 * The line where a network changes its mind, as straight pieces: the zero contour of a field by
 * marching squares, interpolated linearly between the middles of the cells.
 *
 * @param pieces x₁, x₂ of a piece's one end and of its other, piece after piece
 */
public record DecisionBoundary(double[] pieces) {

  /** The zero contour of a field. */
  public static DecisionBoundary of(BoundaryField field) {
    Tracer tracer = new Tracer(field);
    for (int row = 0; row + 1 < field.rows(); row++) {
      for (int column = 0; column + 1 < field.columns(); column++) {
        tracer.cell(column, row);
      }
    }
    return new DecisionBoundary(Arrays.copyOf(tracer.found, tracer.length));
  }

  /** Number of pieces. */
  public int size() {
    return pieces.length / 4;
  }

  /**
   * The nearest place on the boundary.
   *
   * @param distance from where one asked; infinite if the field has no boundary
   */
  public record Nearest(double x1, double x2, double distance) {}

  /** The nearest place of the boundary to a place. */
  public Nearest nearest(double x1, double x2) {
    double best1 = Double.NaN;
    double best2 = Double.NaN;
    double smallest = Double.POSITIVE_INFINITY;
    for (int i = 0; i < pieces.length; i += 4) {
      double d1 = pieces[i + 2] - pieces[i];
      double d2 = pieces[i + 3] - pieces[i + 1];
      double length = d1 * d1 + d2 * d2;
      double along = (x1 - pieces[i]) * d1 + (x2 - pieces[i + 1]) * d2;
      double share = length == 0 ? 0 : Math.clamp(along / length, 0, 1);
      double p1 = pieces[i] + share * d1;
      double p2 = pieces[i + 1] + share * d2;
      double squared = (p1 - x1) * (p1 - x1) + (p2 - x2) * (p2 - x2);
      if (squared < smallest) {
        smallest = squared;
        best1 = p1;
        best2 = p2;
      }
    }
    return new Nearest(best1, best2, Math.sqrt(smallest));
  }

  /**
   * The text of a CSV file: {@code panel,x1,x2,x1_end,x2_end}, a piece a line.
   *
   * @param boundaries by the names of their panels
   */
  public static String csv(Map<String, DecisionBoundary> boundaries) {
    StringBuilder text = new StringBuilder("panel,x1,x2,x1_end,x2_end\n");
    boundaries.forEach((name, boundary) -> boundary.append(text, name.replace(",", "")));
    return text.toString();
  }

  private void append(StringBuilder text, String name) {
    for (int i = 0; i < pieces.length; i += 4) {
      text.append(name);
      for (int j = 0; j < 4; j++) {
        text.append(',').append((float) pieces[i + j]);
      }
      text.append('\n');
    }
  }

  /** Walks the squares between four middles each. */
  private static final class Tracer {
    private final BoundaryField field;
    private double[] found = new double[1024];
    private int length;
    private final double[] crossings = new double[8];

    Tracer(BoundaryField field) {
      this.field = field;
    }

    void cell(int column, int row) {
      int n = 0;
      n = edge(column, row, column + 1, row, n);
      n = edge(column + 1, row, column + 1, row + 1, n);
      n = edge(column + 1, row + 1, column, row + 1, n);
      n = edge(column, row + 1, column, row, n);
      if (n == 2) {
        add(0, 1);
      } else if (n == 4) {
        saddle(column, row);
      }
    }

    /** Two pieces; the value in the middle says which ends belong together. */
    private void saddle(int column, int row) {
      float corner = field.at(column, row);
      float middle =
          corner
              + field.at(column + 1, row)
              + field.at(column, row + 1)
              + field.at(column + 1, row + 1);
      boolean joined = middle >= 0 == corner >= 0;
      add(0, joined ? 1 : 3);
      add(2, joined ? 3 : 1);
    }

    private int edge(int columnA, int rowA, int columnB, int rowB, int n) {
      float a = field.at(columnA, rowA);
      float b = field.at(columnB, rowB);
      if (a >= 0 == b >= 0) {
        return n;
      }
      double share = a / (double) (a - b);
      crossings[2 * n] = field.x1(columnA) + share * (field.x1(columnB) - field.x1(columnA));
      crossings[2 * n + 1] = field.x2(rowA) + share * (field.x2(rowB) - field.x2(rowA));
      return n + 1;
    }

    private void add(int from, int to) {
      if (length + 4 > found.length) {
        found = Arrays.copyOf(found, 2 * found.length);
      }
      found[length++] = crossings[2 * from];
      found[length++] = crossings[2 * from + 1];
      found[length++] = crossings[2 * to];
      found[length++] = crossings[2 * to + 1];
    }
  }
}
