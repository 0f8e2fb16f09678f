package org.pagexplorer.dataset;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.pagexplorer.domain.InputShape;

class AugmentationTest {
  private static final InputShape SHAPE = new InputShape(3, 5, 7);

  private final float[] source = noise();

  @Test
  void everyMoveIsACropOfThePaddedImage() {
    for (int dy = -8; dy <= 8; dy++) {
      for (int dx = -8; dx <= 8; dx++) {
        check(new Augmentation(dy, dx, false));
        check(new Augmentation(dy, dx, true));
      }
    }
  }

  private void check(Augmentation augmentation) {
    float[] expected = new float[SHAPE.size()];
    for (int i = 0; i < expected.length; i++) {
      int c = i / 35;
      int y = i / 7 % 5;
      int x = i % 7;
      expected[i] =
          padded(c, y + augmentation.dy(), (augmentation.flip() ? 6 - x : x) + augmentation.dx());
    }
    assertArrayEquals(expected, moved(augmentation, source), augmentation.toString());
  }

  private float padded(int c, int y, int x) {
    return y < 0 || y >= 5 || x < 0 || x >= 7 ? 0 : source[(c * 5 + y) * 7 + x];
  }

  @Test
  void noneChangesNothing() {
    assertArrayEquals(source, moved(Augmentation.NONE, source));
  }

  @Test
  void flippingTwiceIsTheIdentity() {
    Augmentation flip = new Augmentation(0, 0, true);
    assertArrayEquals(source, moved(flip, moved(flip, source)));
  }

  @Test
  void onlyTheImagesPlaceIsWritten() {
    float[] batch = new float[3 * SHAPE.size()];
    Arrays.fill(batch, 2);
    new Augmentation(1, -2, true).apply(source, SHAPE, batch, SHAPE.size());
    assertEquals(2, batch[SHAPE.size() - 1]);
    assertEquals(2, batch[2 * SHAPE.size()]);
  }

  @Test
  void drawsCoverTheWholeRangeAndCanBeReplayed() {
    Random random = new Random(5);
    Random again = new Random(5);
    Set<Augmentation> seen = new HashSet<>();
    for (int i = 0; i < 5000; i++) {
      Augmentation drawn = Augmentation.draw(random, 4);
      assertEquals(drawn, Augmentation.draw(again, 4));
      assertTrue(Math.abs(drawn.dy()) <= 4 && Math.abs(drawn.dx()) <= 4);
      seen.add(drawn);
    }
    assertEquals(9 * 9 * 2, seen.size());
  }

  @Test
  void anArrayOfAnotherShapeIsAMistake() {
    assertThrows(
        IllegalArgumentException.class,
        () -> Augmentation.NONE.apply(new float[3], SHAPE, new float[3], 0));
  }

  private static float[] moved(Augmentation augmentation, float[] source) {
    float[] destination = noise();
    augmentation.apply(source, SHAPE, destination, 0);
    return destination;
  }

  private static float[] noise() {
    float[] values = new float[SHAPE.size()];
    Random random = new Random(2);
    for (int i = 0; i < values.length; i++) {
      values[i] = random.nextFloat() + 0.1f;
    }
    return values;
  }
}
