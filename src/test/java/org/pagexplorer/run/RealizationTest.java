package org.pagexplorer.run;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pagexplorer.dataset.Augmentation;
import org.pagexplorer.dataset.Dataset;
import org.pagexplorer.domain.Alignment;
import org.pagexplorer.domain.Architecture;
import org.pagexplorer.domain.Family;
import org.pagexplorer.domain.Image;
import org.pagexplorer.domain.Method;
import org.pagexplorer.domain.UserException;
import org.pagexplorer.engine.InputGradients;
import org.pagexplorer.engine.OneEngine;
import org.pagexplorer.engine.TrainingBatch;

/** Each realization against a brute-force reading of its formula. */
class RealizationTest extends OneEngine {
  private static final Dataset DATA = Coded.of(60);

  private static GroundTruth.Lookup lookup(Realization realization) {
    return assertInstanceOf(GroundTruth.Representatives.class, realization.prepare(DATA, engine))
        .lookup();
  }

  private static float[] pixels(int image) {
    return DATA.image(image).pixels();
  }

  private static double distance(float[] a, float[] b) {
    double squares = 0;
    for (int j = 0; j < a.length; j++) {
      squares += (double) (a[j] - b[j]) * (a[j] - b[j]);
    }
    return squares;
  }

  private static double norm(float[] a) {
    return Math.sqrt(distance(a, new float[a.length]));
  }

  private static List<Integer> ofClass(int label) {
    return IntStream.range(0, DATA.size()).filter(i -> DATA.label(i) == label).boxed().toList();
  }

  private static double[] mean(List<Integer> images) {
    double[] mean = new double[DATA.shape().size()];
    for (int i : images) {
      float[] image = pixels(i);
      for (int j = 0; j < mean.length; j++) {
        mean[j] += image[j] / images.size();
      }
    }
    return mean;
  }

  private static float[] floats(double[] values, double factor) {
    float[] floats = new float[values.length];
    for (int j = 0; j < floats.length; j++) {
      floats[j] = (float) (values[j] * factor);
    }
    return floats;
  }

  @Test
  void classMeanIsTheMeanTimesOneConstant() {
    GroundTruth.Lookup lookup = lookup(new Realization.ClassMean());
    double imageNorm =
        IntStream.range(0, DATA.size()).mapToDouble(i -> norm(pixels(i))).average().orElseThrow();
    double meanNorm =
        IntStream.range(0, 3)
            .mapToDouble(c -> norm(floats(mean(ofClass(c)), 1)))
            .average()
            .orElseThrow();
    for (int c = 0; c < 3; c++) {
      float[] expected = floats(mean(ofClass(c)), imageNorm / meanNorm);
      assertArrayEquals(expected, lookup.of(7, c), 1e-5f);
    }
  }

  @Test
  void oneImageIsTheOneNearestToItsClassMeanUnlessChosen() {
    GroundTruth.Lookup lookup = lookup(new Realization.OneImage(List.of()));
    for (int c = 0; c < 3; c++) {
      float[] mean = floats(mean(ofClass(c)), 1);
      int nearest = -1;
      for (int i : ofClass(c)) {
        if (nearest < 0 || distance(pixels(i), mean) < distance(pixels(nearest), mean)) {
          nearest = i;
        }
      }
      assertArrayEquals(pixels(nearest), lookup.of(5, c));
    }
    GroundTruth.Lookup chosen = lookup(new Realization.OneImage(List.of(3, 1, 59)));
    assertArrayEquals(pixels(59), chosen.of(0, 2));
    String wrong =
        String.valueOf(
            assertThrows(
                    UserException.class, () -> lookup(new Realization.OneImage(List.of(3, 0, 59))))
                .getMessage());
    assertTrue(wrong.startsWith("Training image 0 is not a green"), wrong);
  }

  @Test
  void nearestNeighborIsTheNearestOfTheSampleAndNeverTheImageItself() {
    GroundTruth.Lookup lookup = lookup(new Realization.NearestNeighbor(8, 3));
    for (int c = 0; c < 3; c++) {
      Set<List<Float>> drawn = new HashSet<>();
      for (int i = 0; i < DATA.size(); i++) {
        drawn.add(boxed(lookup.of(i, c)));
      }
      assertTrue(drawn.size() > 1 && drawn.size() <= 8, drawn.size() + " neighbors");
    }
    // With all images as the sample there is one right answer for each.
    GroundTruth.Lookup all = lookup(new Realization.NearestNeighbor(20, 3));
    for (int c = 0; c < 3; c++) {
      for (int i = 0; i < DATA.size(); i++) {
        int nearest = -1;
        for (int j : ofClass(c)) {
          if (j != i
              && (nearest < 0
                  || distance(pixels(j), pixels(i)) < distance(pixels(nearest), pixels(i)))) {
            nearest = j;
          }
        }
        assertArrayEquals(pixels(nearest), all.of(i, c));
      }
    }
  }

  private static List<Float> boxed(float[] values) {
    List<Float> boxed = new ArrayList<>();
    for (float value : values) {
      boxed.add(value);
    }
    return boxed;
  }

  @Test
  void neighborsAreDrawnBySeed() {
    float[] first = lookup(new Realization.NearestNeighbor(2, 1)).of(0, 1);
    assertArrayEquals(first, lookup(new Realization.NearestNeighbor(2, 1)).of(0, 1));
    boolean differs =
        IntStream.range(2, 8)
            .anyMatch(
                seed ->
                    !Arrays.equals(
                        first, lookup(new Realization.NearestNeighbor(2, seed)).of(0, 1)));
    assertTrue(differs);
  }

  @Test
  void clusterMeansAreAFixedPointOfLloydsAlgorithm() {
    int k = 3;
    int[] members = ofClass(1).stream().mapToInt(Integer::intValue).toArray();
    float[][] centers = KMeans.centers(engine, DATA, members, k, () -> {});
    assertEquals(k, centers.length);
    for (int c = 0; c < k; c++) {
      List<Integer> own = new ArrayList<>();
      for (int i : members) {
        int nearest = 0;
        for (int other = 1; other < k; other++) {
          if (distance(pixels(i), centers[other]) < distance(pixels(i), centers[nearest])) {
            nearest = other;
          }
        }
        if (nearest == c) {
          own.add(i);
        }
      }
      assertArrayEquals(floats(mean(own), 1), centers[c], 1e-5f);
    }
  }

  @Test
  void oneClusterIsTheClassMeanAndMoreAreTheNearest() {
    GroundTruth.Lookup one = lookup(new Realization.ClusterMean(1, 2));
    GroundTruth.Lookup mean = lookup(new Realization.ClassMean());
    for (int c = 0; c < 3; c++) {
      assertArrayEquals(mean.of(0, c), one.of(0, c), 1e-5f);
    }
    GroundTruth.Lookup three = lookup(new Realization.ClusterMean(3, 2));
    for (int c = 0; c < 3; c++) {
      int target = c;
      List<float[]> centers =
          IntStream.range(0, DATA.size()).mapToObj(i -> three.of(i, target)).distinct().toList();
      assertTrue(centers.size() > 1 && centers.size() <= 3);
    }
  }

  @Test
  void aPreparationEndsAtAnyOfItsImagesWhereNobodyWaitsForIt() {
    for (Realization realization :
        List.of(
            new Realization.ClassMean(),
            new Realization.OneImage(List.of()),
            new Realization.NearestNeighbor(8, 3),
            new Realization.ClusterMean(3, 2))) {
      AtomicInteger checks = new AtomicInteger();
      realization.prepare(DATA, DATA, engine, checks::incrementAndGet).close();
      int all = checks.get();
      assertTrue(all >= DATA.size(), realization.method() + " looks at every image: " + all);
      for (int last : new int[] {1, all / 3, all / 2, all}) {
        checks.set(0);
        Runnable check = Realization.unless(() -> checks.incrementAndGet() == last);
        assertThrows(
            CancellationException.class,
            () -> realization.prepare(DATA, DATA, engine, check),
            realization.method() + " at " + last);
        assertEquals(last, checks.get());
      }
    }
  }

  @Test
  void everyRepresentativeMovesWithItsImage() {
    Realization realization = new Realization.NearestNeighbor(8, 3);
    GroundTruth truth = realization.prepare(DATA, engine);
    TrainingPlan plan =
        Plans.of(Method.NEAREST_NEIGHBOR, Optional.of(realization), 12, 3, 0.4, 3, 1);
    TrainingBatch batch = new BatchSource(DATA, plan, Optional.of(truth), 1).batch(0);
    int size = DATA.shape().size();
    float[] moved = new float[size];
    for (int i = 0; i < batch.size(); i++) {
      boolean found = false;
      for (int index = 0; index < DATA.size() && !found; index++) {
        for (int draw = 0; draw < 162 && !found; draw++) {
          Augmentation move = new Augmentation(draw / 2 / 9 - 4, draw / 2 % 9 - 4, draw % 2 == 1);
          move.apply(pixels(index), DATA.shape(), moved, 0);
          if (Arrays.equals(moved, row(batch.images(), i, size))) {
            found = true;
            assertSameCosine(move, index, batch, i, lookup(realization));
          }
        }
      }
      assertTrue(found);
    }
  }

  /** The wanted gradient is the augmented representative minus the augmented image. */
  private static void assertSameCosine(
      Augmentation move, int index, TrainingBatch batch, int i, GroundTruth.Lookup lookup) {
    int size = DATA.shape().size();
    for (int k = 0; k < 3; k++) {
      float[] representative = new float[size];
      move.apply(lookup.of(index, batch.targets()[k][i]), DATA.shape(), representative, 0);
      float[] image = row(batch.images(), i, size);
      float[] expected = new float[size];
      for (int j = 0; j < size; j++) {
        expected[j] = representative[j] - image[j];
      }
      assertArrayEquals(expected, row(batch.directions()[k], i, size), 1e-6f);
    }
  }

  private static float[] row(float[] rows, int i, int size) {
    return Arrays.copyOfRange(rows, i * size, (i + 1) * size);
  }

  @ParameterizedTest
  @ValueSource(strings = {"mlp", "resnet18"})
  void aTeacherIsAskedAtTheVeryAugmentedImageInEvalMode(String family) {
    Architecture network =
        new Architecture(Family.of(family), family.equals("mlp") ? 32 : 2, DATA.shape(), 3);
    Realization.Rigd rigd = Plans.teacher(network, 4);
    TrainingPlan plan = Plans.of(Method.RIGD, Optional.of(rigd), 12, 2, 0.4, 3, 1);
    try (GroundTruth.Teacher teacher =
        assertInstanceOf(GroundTruth.Teacher.class, rigd.prepare(DATA, engine))) {
      BatchSource source = new BatchSource(DATA, plan, Optional.of(teacher), 1);
      TrainingBatch unasked = source.batch(1);
      TrainingBatch batch = teacher.ask(unasked, Alignment.Gradient.LOGIT);
      assertEquals(0, unasked.directions().length);
      int size = DATA.shape().size();
      for (int k = 0; k < 2; k++) {
        for (int i = 0; i < batch.size(); i++) {
          // Alone, so that batch statistics would give another gradient.
          Image alone =
              InputGradients.ofLogit(
                      teacher.classifier(),
                      List.of(new Image(DATA.shape(), row(batch.images(), i, size))),
                      new int[] {batch.targets()[k][i]})
                  .getFirst();
          float scale = (float) norm(alone.pixels());
          assertNotEquals(0, scale);
          assertArrayEquals(alone.pixels(), row(batch.directions()[k], i, size), 1e-4f * scale);
        }
      }
    }
  }
}
