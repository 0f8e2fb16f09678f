package org.pagexplorer.lab.alignment;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The space that some vectors span: those of them that are independent, as the rows of a matrix D,
 * and the Cholesky factor L of D Dᵀ.
 */
final class Span {
  /** Of a vector's length: what is left of it outside of the others' span counts as rounding. */
  private static final double NOTHING = 1e-5;

  private final List<double[]> rows = new ArrayList<>(); // D
  private final List<double[]> factor = new ArrayList<>(); // L, up to its diagonal

  static Span of(List<double[]> vectors) {
    Span span = new Span();
    vectors.forEach(span::add);
    return span;
  }

  private void add(double[] vector) {
    double[] along = forward(products(vector));
    double squared = dot(vector, vector, vector.length);
    double left = squared - dot(along, along, along.length);
    if (left > NOTHING * NOTHING * squared) {
      double[] row = Arrays.copyOf(along, along.length + 1);
      row[along.length] = Math.sqrt(left);
      rows.add(vector);
      factor.add(row);
    }
  }

  int dimension() {
    return rows.size();
  }

  /** Its part outside of the span, orthogonal to everything in it: v − Dᵀ (D Dᵀ)⁻¹ D v. */
  double[] without(double[] vector) {
    double[] rest = vector.clone();
    for (int time = 0; time < 2; time++) { // the second takes what rounding has left
      double[] weights = backward(forward(products(rest)));
      for (int i = 0; i < weights.length; i++) {
        double[] row = rows.get(i);
        for (int j = 0; j < rest.length; j++) {
          rest[j] -= weights[i] * row[j];
        }
      }
    }
    return rest;
  }

  /** D v. */
  private double[] products(double[] vector) {
    return rows.stream().mapToDouble(row -> dot(row, vector, vector.length)).toArray();
  }

  /** L⁻¹ b. */
  private double[] forward(double[] b) {
    for (int i = 0; i < b.length; i++) {
      double[] row = factor.get(i);
      b[i] = (b[i] - dot(row, b, i)) / row[i];
    }
    return b;
  }

  /** L⁻ᵀ b. */
  private double[] backward(double[] b) {
    for (int i = b.length - 1; i >= 0; i--) {
      for (int k = i + 1; k < b.length; k++) {
        b[i] -= factor.get(k)[i] * b[k];
      }
      b[i] /= factor.get(i)[i];
    }
    return b;
  }

  static double norm(double[] vector) {
    return Math.sqrt(dot(vector, vector, vector.length));
  }

  private static double dot(double[] a, double[] b, int values) {
    double dot = 0;
    for (int j = 0; j < values; j++) {
      dot += a[j] * b[j];
    }
    return dot;
  }
}
