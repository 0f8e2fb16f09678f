package org.pagexplorer.lab.alignment;

import java.util.ArrayList;
import java.util.List;

/** The space that some vectors span, by an orthonormal basis. */
final class Span {
  /** Of a vector's length: what is left of it below counts as rounding. */
  private static final double NOTHING = 1e-5;

  private final List<double[]> basis = new ArrayList<>();

  /** Gram and Schmidt's, twice for each vector, so that rounding does not add up. */
  static Span of(List<double[]> vectors) {
    Span span = new Span();
    for (double[] vector : vectors) {
      double length = norm(vector);
      double[] rest = span.without(span.without(vector));
      double left = norm(rest);
      if (left > NOTHING * length) {
        span.basis.add(scaled(rest, 1 / left));
      }
    }
    return span;
  }

  int dimension() {
    return basis.size();
  }

  /** Its part outside of the span, orthogonal to everything in it. */
  double[] without(double[] vector) {
    double[] rest = vector.clone();
    for (double[] direction : basis) {
      double along = dot(direction, rest);
      for (int j = 0; j < rest.length; j++) {
        rest[j] -= along * direction[j];
      }
    }
    return rest;
  }

  static double norm(double[] vector) {
    return Math.sqrt(dot(vector, vector));
  }

  static double[] scaled(double[] vector, double factor) {
    double[] scaled = new double[vector.length];
    for (int j = 0; j < vector.length; j++) {
      scaled[j] = factor * vector[j];
    }
    return scaled;
  }

  private static double dot(double[] a, double[] b) {
    double dot = 0;
    for (int j = 0; j < a.length; j++) {
      dot += a[j] * b[j];
    }
    return dot;
  }
}
