package org.pagexplorer.lab.alignment;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SpanTest {
  private static double[] random(int length, long seed) {
    return new SplittableRandom(seed).doubles(length, -1, 1).toArray();
  }

  private static double dot(double[] a, double[] b) {
    double dot = 0;
    for (int j = 0; j < a.length; j++) {
      dot += a[j] * b[j];
    }
    return dot;
  }

  @Test
  void whatIsLeftIsOrthogonalToEveryVectorAndWhatIsTakenIsInTheSpan() {
    List<double[]> vectors = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      vectors.add(random(60, i));
    }
    Span span = Span.of(vectors);
    assertEquals(20, span.dimension());
    double[] noise = random(60, 99);
    double[] off = span.without(noise);
    vectors.forEach(vector -> assertEquals(0, dot(off, vector), 1e-12));
    double[] on = new double[60];
    for (int j = 0; j < 60; j++) {
      on[j] = noise[j] - off[j];
    }
    assertEquals(0, Span.norm(span.without(on)), 1e-12);
    assertEquals(dot(noise, noise), dot(on, on) + dot(off, off), 1e-12, "Pythagoras");
  }

  /** As an image's nearest neighbors do, vectors lie close together, and one is thousands long. */
  @Test
  void vectorsThatAreAlmostTheSameSpanAllTheirDimensions() {
    double[] a = random(500, 1);
    List<double[]> close = new ArrayList<>(List.of(sum(5000, random(500, 2), 0, a)));
    for (int i = 0; i < 30; i++) {
      close.add(sum(1, a, 1e-3, random(500, 10 + i)));
    }
    Span span = Span.of(close);
    assertEquals(31, span.dimension());
    double[] off = span.without(random(500, 99));
    for (double[] vector : close) {
      assertEquals(0, dot(off, vector) / Span.norm(vector), 1e-12);
    }
  }

  private static double[] sum(double s, double[] a, double t, double[] b) {
    double[] sum = new double[a.length];
    Arrays.setAll(sum, j -> s * a[j] + t * b[j]);
    return sum;
  }

  @Test
  void vectorsThatAddNothingAddNoDimension() {
    double[] a = random(10, 1);
    double[] b = random(10, 2);
    List<double[]> vectors = List.of(a, b, sum(3, a, -1, b), new double[10], sum(-7, a, 0, b));
    assertEquals(2, Span.of(vectors).dimension());
  }

  @Test
  void byHand() {
    Span plane = Span.of(List.of(new double[] {1, 1, 0}, new double[] {1, -1, 0}));
    assertArrayEquals(new double[] {0, 0, 5}, plane.without(new double[] {3, 4, 5}), 1e-12);
  }
}
