package org.pagexplorer.run;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.pagexplorer.dataset.Augmentation;
import org.pagexplorer.dataset.ClassMeans;
import org.pagexplorer.dataset.Dataset;
import org.pagexplorer.domain.Method;
import org.pagexplorer.engine.TrainingBatch;

class BatchSourceTest {
  private static final Coded DATA = Coded.of(60);
  private static final int SIZE = DATA.shape().size();
  private static final ClassMeans MEANS = ClassMeans.of(DATA);
  private static final Optional<GroundTruth> TRUTH =
      Optional.of(new GroundTruth.Representatives((image, target) -> MEANS.of(target), Map.of()));

  private static BatchSource plain(long seed, int epoch) {
    return new BatchSource(DATA, Plans.of(Method.VANILLA, 12, 3, 0, seed), Optional.empty(), epoch);
  }

  private static BatchSource aligned(int targets, long seed, int epoch) {
    return new BatchSource(DATA, Plans.of(Method.CLASS_MEAN, 12, targets, 0.4, seed), TRUTH, epoch);
  }

  private static BatchSource vanilla(Dataset data, long seed) {
    return new BatchSource(data, Plans.of(Method.VANILLA, 12, 3, 0, seed), Optional.empty(), 1);
  }

  /** The data set's image and the crop and flip that give these pixels. */
  private record Found(int index, Augmentation moved) {}

  private static Found find(float[] pixels) {
    float[] candidate = new float[SIZE];
    for (int index = 0; index < DATA.size(); index++) {
      float[] image = DATA.image(index).pixels();
      for (int dy = -4; dy <= 4; dy++) {
        for (int dx = -4; dx <= 4; dx++) {
          for (boolean flip : new boolean[] {false, true}) {
            Augmentation moved = new Augmentation(dy, dx, flip);
            moved.apply(image, DATA.shape(), candidate, 0);
            if (Arrays.equals(candidate, pixels)) {
              return new Found(index, moved);
            }
          }
        }
      }
    }
    throw new AssertionError("no crop and flip of any image");
  }

  private static float[] row(float[] rows, int i) {
    return Arrays.copyOfRange(rows, i * SIZE, (i + 1) * SIZE);
  }

  private static List<Found> found(TrainingBatch batch) {
    List<Found> found = new ArrayList<>();
    for (int i = 0; i < batch.size(); i++) {
      found.add(find(row(batch.images(), i)));
    }
    return found;
  }

  @Test
  void epochShowsEveryImageOnceWithItsLabel() {
    BatchSource source = plain(1, 1);
    assertEquals(5, source.batches());
    boolean[] seen = new boolean[DATA.size()];
    for (int b = 0; b < source.batches(); b++) {
      TrainingBatch batch = source.batch(b);
      List<Found> found = found(batch);
      for (int i = 0; i < batch.size(); i++) {
        int index = found.get(i).index();
        assertFalse(seen[index], "image " + index + " twice");
        seen[index] = true;
        assertEquals(DATA.label(index), batch.labels()[i]);
      }
    }
  }

  @Test
  void eachImageHasACropAndAFlipOfItsOwn() {
    List<Augmentation> moves = found(plain(1, 1).batch(0)).stream().map(Found::moved).toList();
    assertTrue(moves.stream().distinct().count() >= 10, moves.toString());
    assertTrue(moves.stream().anyMatch(Augmentation::flip));
    assertFalse(moves.stream().allMatch(Augmentation::flip));
  }

  @Test
  void imagesAreMovedAsThePlanSays() {
    TrainingPlan plan =
        Plans.moving(Plans.of(Method.VANILLA, 12, 3, 0, 1), new Augmentation.Policy(0, 1));
    for (Found found : found(new BatchSource(DATA, plan, Optional.empty(), 1).batch(0))) {
      assertEquals(new Augmentation(0, 0, true), found.moved());
    }
  }

  @Test
  void wantedGradientMovesWithItsImage() {
    TrainingBatch batch = aligned(3, 1, 1).batch(2);
    List<Found> found = found(batch);
    for (int i = 0; i < batch.size(); i++) {
      float[] image = DATA.image(found.get(i).index()).pixels();
      int place = i;
      int[] own = Arrays.stream(batch.targets()).mapToInt(row -> row[place]).toArray();
      assertArrayEquals(new int[] {0, 1, 2}, Arrays.stream(own).sorted().toArray());
      for (int k = 0; k < 3; k++) {
        int target = own[k];
        float[] direction = new float[SIZE];
        for (int j = 0; j < SIZE; j++) {
          direction[j] = MEANS.of(target)[j] - image[j];
        }
        float[] moved = new float[SIZE];
        found.get(i).moved().apply(direction, DATA.shape(), moved, 0);
        assertArrayEquals(moved, row(batch.directions()[k], i));
      }
    }
  }

  @Test
  void targetsOfAnImageAreDistinctAndEachClassIsDrawnEquallyOften() {
    int[] drawn = new int[3];
    int images = 0;
    for (int epoch = 1; epoch <= 10; epoch++) {
      for (int b = 0; b < 5; b++) {
        TrainingBatch batch = aligned(2, 7, epoch).batch(b);
        assertEquals(2, batch.targets().length);
        for (int i = 0; i < batch.size(); i++) {
          assertTrue(batch.targets()[0][i] != batch.targets()[1][i]);
          drawn[batch.targets()[0][i]]++;
          drawn[batch.targets()[1][i]]++;
          images++;
        }
      }
    }
    // Each class with probability 2/3: four standard deviations.
    double deviation = Math.sqrt(images * 2.0 / 9);
    for (int count : drawn) {
      assertEquals(images * 2.0 / 3, count, 4 * deviation, Arrays.toString(drawn));
    }
  }

  @Test
  void seedEpochAndNumberFixABatch() {
    for (int b = 0; b < 3; b++) {
      TrainingBatch first = aligned(2, 3, 2).batch(b);
      TrainingBatch again = aligned(2, 3, 2).batch(b);
      assertArrayEquals(first.images(), again.images());
      assertArrayEquals(first.labels(), again.labels());
      assertArrayEquals(first.targets(), again.targets());
      assertArrayEquals(first.directions(), again.directions());
    }
    float[] one = plain(3, 2).batch(0).images();
    assertFalse(Arrays.equals(one, plain(4, 2).batch(0).images()), "another seed");
    assertFalse(Arrays.equals(one, plain(3, 3).batch(0).images()), "another epoch");
    assertFalse(Arrays.equals(one, plain(3, 2).batch(1).images()), "another batch");
  }

  @Test
  void batchesOfAnEpochDrawIndependentCropsAndFlips() {
    // Two batches that share three successive draws share a part of their random stream:
    // by chance that happens with probability (1/162)³ for each pair of places.
    for (long seed : new long[] {0, 1, 2}) {
      Map<List<Augmentation>, Integer> runs = new HashMap<>();
      Coded many = Coded.of(240);
      BatchSource source = vanilla(many, seed);
      for (int b = 0; b < source.batches(); b++) {
        List<Augmentation> moves = new ArrayList<>();
        TrainingBatch batch = source.batch(b);
        for (int i = 0; i < batch.size(); i++) {
          moves.add(border(row(batch.images(), i)));
        }
        for (int i = 0; i + 3 <= moves.size(); i++) {
          Integer other = runs.put(List.copyOf(moves.subList(i, i + 3)), b);
          assertTrue(
              other == null, "seed " + seed + ": batches " + other + " and " + b + " draw alike");
        }
      }
    }
  }

  /** The crop, read off the zeros at the border; the flip is left out. */
  private static Augmentation border(float[] pixels) {
    int top = 0;
    int bottom = 0;
    int left = 0;
    int right = 0;
    for (int k = 0; k < 4; k++) {
      top += isZero(pixels, k * 16, 1) ? 1 : 0;
      bottom += isZero(pixels, (15 - k) * 16, 1) ? 1 : 0;
      left += isZero(pixels, k, 16) ? 1 : 0;
      right += isZero(pixels, 15 - k, 16) ? 1 : 0;
    }
    return new Augmentation(bottom - top, right - left, false);
  }

  private static boolean isZero(float[] pixels, int from, int stride) {
    for (int k = 0; k < 16; k++) {
      if (pixels[from + k * stride] != 0) {
        return false;
      }
    }
    return true;
  }

  @Test
  void methodsOfOneSeedSeeTheSameImages() {
    assertArrayEquals(plain(5, 1).batch(1).labels(), aligned(3, 5, 1).batch(1).labels());
    assertArrayEquals(plain(5, 1).batch(1).images(), aligned(3, 5, 1).batch(1).images());
    assertArrayEquals(aligned(2, 5, 1).batch(1).images(), aligned(3, 5, 1).batch(1).images());
  }

  @Test
  void dataSetSmallerThanABatchIsOneBatch() {
    BatchSource source = vanilla(Coded.of(7), 1);
    assertEquals(1, source.batches());
    assertEquals(7, source.batch(0).size());
  }

  @Test
  void remainderOfAnEpochIsLeftOut() {
    BatchSource source = vanilla(Coded.of(35), 1);
    assertEquals(2, source.batches());
    assertEquals(12, source.batch(1).size());
  }
}
