package org.pagexplorer.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.pagexplorer.domain.Architecture;
import org.pagexplorer.domain.AttackSpecification;
import org.pagexplorer.domain.Norm;
import org.pagexplorer.domain.Normalization;
import org.pagexplorer.domain.Precision;
import org.pagexplorer.domain.Tensor;
import org.pagexplorer.domain.TensorShape;
import org.pagexplorer.domain.ThreatModel;
import org.pagexplorer.engine.AttackObserver;
import org.pagexplorer.engine.Classifier;
import org.pagexplorer.engine.TorchEngine;
import org.pagexplorer.run.TestAccuracy.Counts;
import org.pagexplorer.run.TestAccuracy.Observer;

/** Over more than one batch of a hundred, with a network that names the brightest channel. */
class TestAccuracyTest {
  private static final Coded DATA = Coded.of(230);
  private static final TestAccuracy ACCURACY = new TestAccuracy(DATA);

  private static TorchEngine engine;
  private static Classifier classifier;

  @BeforeAll
  static void open() {
    engine = TorchEngine.open("cpu");
    TorchEngine.useThreads(1); // tiny arrays: threads only wait for one another
    int size = DATA.shape().size();
    float[] sums = new float[3 * size];
    for (int j = 0; j < size; j++) {
      sums[j / 256 * size + j] = 1 / 256f;
    }
    SequencedMap<String, Tensor> tensors = new LinkedHashMap<>();
    tensors.put("fc1.weight", new Tensor(TensorShape.of(3, size), sums));
    tensors.put("fc1.bias", new Tensor(TensorShape.of(3), new float[3]));
    tensors.put(
        "fc2.weight", new Tensor(TensorShape.of(3, 3), new float[] {1, 0, 0, 0, 1, 0, 0, 0, 1}));
    tensors.put("fc2.bias", new Tensor(TensorShape.of(3), new float[3]));
    classifier =
        Classifier.of(
            engine,
            Architecture.mlp(3, DATA.shape(), 3),
            Normalization.identity(3),
            tensors,
            Precision.EXACT);
  }

  @AfterAll
  static void close() {
    classifier.close();
    engine.close();
  }

  private static Optional<Counts> attacked(double epsilon, Observer observer) {
    return ACCURACY.attacked(
        classifier,
        AttackSpecification.evaluation(new ThreatModel(Norm.LINF, epsilon), 5, 0),
        AttackObserver.NONE,
        observer);
  }

  @Test
  void countsOverAllBatches() {
    Counts counts = ACCURACY.clean(classifier, Observer.NONE).orElseThrow();
    assertEquals(new Counts(230, 230), counts);
    assertEquals(1, counts.accuracy());
  }

  @Test
  void attackWinsWhereTheBallIsWiderThanHalfTheContrast() {
    // Classes differ by 70/255 of mean brightness, so that 35/255 = 0.137 a pixel decides.
    assertEquals(1, attacked(0.1, Observer.NONE).orElseThrow().accuracy());
    assertEquals(0, attacked(0.17, Observer.NONE).orElseThrow().accuracy());
  }

  @Test
  void observerSeesEveryBatchAndMayCancel() {
    List<Integer> done = new ArrayList<>();
    attacked(
        0.1,
        (images, correct) -> {
          assertEquals(images, correct);
          return done.add(images);
        });
    assertEquals(List.of(100, 200, 230), done);
    assertTrue(ACCURACY.clean(classifier, (images, correct) -> images < 200).isEmpty());
  }

  @Test
  void emptyCountHasNoAccuracyRatherThanNaN() {
    assertEquals(0, new Counts(0, 0).accuracy());
  }
}
