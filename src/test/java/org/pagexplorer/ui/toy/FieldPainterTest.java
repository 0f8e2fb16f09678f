package org.pagexplorer.ui.toy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pagexplorer.lab.toy.BoundaryField;
import org.pagexplorer.lab.toy.Region;
import org.pagexplorer.ui.support.Theme;

class FieldPainterTest {
  private static final ToyPalette PALETTE = ToyPalette.of(Theme.LIGHT);
  private static final Region REGION = new Region(0, 0, 10, 10);

  /** f₁ − f₀ = x₁ + 2x₂ − 14, whose interpolation is exact. */
  private static double difference(double x1, double x2) {
    return x1 + 2 * x2 - 14;
  }

  private static BoundaryField field(int columns, int rows) {
    float[] values = new float[columns * rows];
    for (int i = 0; i < values.length; i++) {
      double x1 = 10 * (i % columns + 0.5) / columns;
      double x2 = 10 * (i / columns + 0.5) / rows;
      values[i] = (float) difference(x1, x2);
    }
    return new BoundaryField(REGION, columns, rows, values);
  }

  @ParameterizedTest
  @ValueSource(ints = {100, 40})
  void everyPixelHasTheColourOfItsClassTheTopRowFirst(int cells) {
    int[] pixels = new FieldPainter(PALETTE, false).paint(field(cells, cells), 100, 100);
    for (int i = 0; i < pixels.length; i++) {
      double x1 = 10 * (i % 100 + 0.5) / 100;
      double x2 = 10 - 10 * (i / 100 + 0.5) / 100;
      boolean atTheEdge = x1 < 0.2 || x1 > 9.8 || x2 < 0.2 || x2 > 9.8;
      if (!atTheEdge && Math.abs(difference(x1, x2)) > 1e-3) {
        int named = difference(x1, x2) > 0 ? 1 : 0;
        assertEquals(PALETTE.background()[named], pixels[i], "pixel " + i);
      }
    }
  }

  @Test
  void confidenceFadesTowardTheBoundary() {
    int[] pixels = new FieldPainter(PALETTE, true).paint(field(100, 100), 100, 100);
    int corner = pixels[0]; // x₁ = 0, x₂ = 10: 6 on the side of class 1
    assertTrue(distance(corner, PALETTE.background()[1]) < 8, Integer.toHexString(corner));
    int middle = pixels[50 * 100 + 40]; // x₁ = 4.05, x₂ = 4.95: nearly zero
    assertTrue(distance(middle, PALETTE.unsure()) < 8, Integer.toHexString(middle));
  }

  private static int distance(int a, int b) {
    int distance = 0;
    for (int shift = 0; shift <= 16; shift += 8) {
      distance += Math.abs((a >> shift & 255) - (b >> shift & 255));
    }
    return distance;
  }
}
