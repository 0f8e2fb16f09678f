package org.pagexplorer.dataset;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
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
      Augmentation drawn = Augmentation.Policy.USUAL.draw(random);
      assertEquals(drawn, Augmentation.Policy.USUAL.draw(again));
      assertTrue(Math.abs(drawn.dy()) <= 4 && Math.abs(drawn.dx()) <= 4);
      seen.add(drawn);
    }
    assertEquals(9 * 9 * 2, seen.size());
  }

  @Test
  void nothingToDrawFromLeavesEveryImageAsItIs() {
    Random random = new Random(6);
    for (int i = 0; i < 100; i++) {
      assertEquals(Augmentation.NONE, new Augmentation.Policy(0, 0).draw(random));
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 0.1, 0.5, 0.9, 1})
  void flipsAreAsFrequentAsAsked(double probability) {
    int n = 20_000;
    SplittableRandom random = new SplittableRandom(7);
    Augmentation.Policy policy = new Augmentation.Policy(2, probability);
    long flips = IntStream.range(0, n).filter(_ -> policy.draw(random).flip()).count();
    assertEquals(n * probability, flips, 4 * Math.sqrt(n * probability * (1 - probability)));
  }

  /** So that a run begun before flips had a probability goes on as it began. */
  @Test
  void anEvenFlipIsTheNextBoolean() {
    SplittableRandom drawn = new SplittableRandom(8);
    SplittableRandom reference = new SplittableRandom(8);
    for (int i = 0; i < 1000; i++) {
      Augmentation expected =
          new Augmentation(
              reference.nextInt(9) - 4, reference.nextInt(9) - 4, reference.nextBoolean());
      assertEquals(expected, Augmentation.Policy.USUAL.draw(drawn));
    }
  }

  @Test
  void policyThatCannotBeDrawnFromIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> new Augmentation.Policy(-1, 0.5));
    for (double probability : new double[] {-0.1, 1.1, Double.NaN}) {
      assertThrows(IllegalArgumentException.class, () -> new Augmentation.Policy(4, probability));
    }
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
