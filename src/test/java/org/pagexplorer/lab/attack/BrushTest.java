package org.pagexplorer.lab.attack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.pagexplorer.domain.Mask;

class BrushTest {
  private static final int SIDE = 64;
  private static final Mask BLANK = new Mask(SIDE, SIDE, new byte[SIDE * SIDE]);

  private static double area(Mask mask) {
    double sum = 0;
    for (float value : mask.values()) {
      sum += value;
    }
    return sum;
  }

  private static float at(Mask mask, int x, int y) {
    return mask.values()[y * SIDE + x];
  }

  @Test
  void aPointOfAHardBrushIsADiskAndAStrokeACapsule() {
    Brush brush = new Brush(12, 0, false);
    Mask point = brush.stroke(BLANK, 32, 32, 32, 32);
    assertEquals(Math.PI * 144, area(point), 0.02 * Math.PI * 144);
    Mask stroke = brush.stroke(BLANK, 20, 32, 44, 32);
    assertEquals(Math.PI * 144 + 24 * 24, area(stroke), 0.02 * area(stroke));
    for (float value : stroke.values()) {
      assertTrue(value == 0 || value == 1);
    }
  }

  @Test
  void aSoftEdgeIsHalfAtTheRadius() {
    Mask mask = new Brush(10, 0.5, false).stroke(BLANK, 0.5, 32.5, 0.5, 32.5);
    assertEquals(1, at(mask, 0, 32));
    assertEquals(1, at(mask, 5, 32));
    assertEquals(0.5, at(mask, 10, 32), 1 / 255.0);
    assertEquals(0.2, at(mask, 13, 32), 1 / 255.0);
    assertEquals(0, at(mask, 15, 32));
    for (int x = 1; x < 20; x++) {
      assertTrue(at(mask, x, 32) <= at(mask, x - 1, 32));
    }
  }

  @Test
  void aRectangleHasItsCornersInAnyOrder() {
    Mask mask = new Brush(3, 0, false).rectangle(BLANK, 40, 50, 10, 20);
    assertEquals(900, area(mask));
    assertEquals(1, at(mask, 10, 20));
    assertEquals(1, at(mask, 39, 49));
    assertEquals(0, at(mask, 40, 49));
    assertEquals(
        0.5, at(new Brush(4, 0.5, false).rectangle(BLANK, 10.5, 20, 40, 50), 10, 35), 1 / 255.0);
  }

  @Test
  void whatIsWipedIsGoneAndTheRestStays() {
    Mask all = new Brush(100, 0, false).stroke(BLANK, 32, 32, 32, 32);
    assertEquals(SIDE * SIDE, area(all));
    Mask wiped = new Brush(8, 0, true).rectangle(all, 0, 0, 32, SIDE);
    assertEquals(SIDE * SIDE / 2, area(wiped));
    assertEquals(wiped, new Brush(8, 0, true).stroke(wiped, 5, 5, 20, 20));
    assertEquals(all, new Brush(100, 0, false).stroke(wiped, 9, 9, 9, 9));
  }

  @Test
  void theOutlineOfARectangleIsItsFourSides() {
    Mask mask = new Brush(3, 0, false).rectangle(BLANK, 10, 20, 40, 50);
    assertEquals(
        Set.of(
            new MaskOutline.Edge(10, 20, 40, 20),
            new MaskOutline.Edge(10, 50, 40, 50),
            new MaskOutline.Edge(10, 20, 10, 50),
            new MaskOutline.Edge(40, 20, 40, 50)),
        Set.copyOf(MaskOutline.of(mask)));
    assertEquals(List.of(), MaskOutline.of(BLANK));
    Mask whole = new Brush(99, 0, false).rectangle(BLANK, 0, 0, SIDE, SIDE);
    assertEquals(4, MaskOutline.of(whole).size());
  }

  @Test
  void brushesWithoutSizeAreRefused() {
    assertThrows(IllegalArgumentException.class, () -> new Brush(0, 0, false));
    assertThrows(IllegalArgumentException.class, () -> new Brush(1, 1.5, false));
    assertThrows(IllegalArgumentException.class, () -> new Brush(Double.NaN, 0, false));
  }
}
