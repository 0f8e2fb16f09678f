package org.pagexplorer.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.jni.JniUtils;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.pagexplorer.domain.Alignment;
import org.pagexplorer.domain.Architecture;
import org.pagexplorer.domain.InputShape;
import org.pagexplorer.domain.Networks;

/** Eq. 1 and its weight gradient. */
class ObjectiveTest extends OnEveryDevice {
  private static final InputShape SHAPE = new InputShape(3, 16, 16);
  private static final Architecture MLP = Architecture.mlp(8, SHAPE, 4);
  private static final Architecture RESNET = Architecture.resNet18(2, SHAPE, 4);
  private static final Shape IMAGE = new Shape(3, 16, 16);
  private static final int D = SHAPE.size();
  private static final double LAMBDA = 0.7;
  private static final int N = 6;

  private static TrainingBatch batch(int... targets) {
    float[] images = Given.concatenated(Given.images(SHAPE, N, 0, 1, 2));
    float[][] directions = new float[targets.length][];
    for (int k = 0; k < targets.length; k++) {
      directions[k] = Given.gaussian(images.length, 1, 100 + targets[k]);
    }
    return new TrainingBatch(images, new int[] {0, 3, 1, 2, 2, 1}, targets, directions);
  }

  @Test
  void aBatchesFirstImagesAreABatchOfTheirOwn() {
    TrainingBatch all = batch(2, 0);
    TrainingBatch some = all.first(4);
    assertEquals(4, some.size());
    assertArrayEquals(Arrays.copyOf(all.images(), 4 * D), some.images());
    assertArrayEquals(new int[] {0, 3, 1, 2}, some.labels());
    assertArrayEquals(new int[][] {{2, 2, 2, 2}, {0, 0, 0, 0}}, some.targets());
    for (int k = 0; k < 2; k++) {
      assertArrayEquals(Arrays.copyOf(all.directions()[k], 4 * D), some.directions()[k]);
    }
  }

  private Weights weights(Architecture architecture, DataType type) {
    Weights weights = Weights.of(Given.tensors(architecture, 4), type, manager);
    weights.trainable().forEach(weight -> weight.setRequiresGradient(true));
    return weights;
  }

  private Objective.Loss loss(
      Architecture architecture, Weights weights, TrainingBatch batch, NDManager step) {
    return new Objective(engine.autograd(), Alignment.USUAL)
        .of(network(architecture, weights), batch, IMAGE, LAMBDA, step);
  }

  private Objective.Network inFloat32(Architecture architecture) {
    return network(architecture, weights(architecture, DataType.FLOAT32));
  }

  private static Objective.Network network(Architecture architecture, Weights weights) {
    return new Objective.Network() {
      @Override
      public NDArray logits(NDArray x, boolean training) {
        return ObjectiveTest.logits(architecture, weights, x, training);
      }

      @Override
      public boolean hasBatchNorms() {
        return weights.hasBatchNorms();
      }
    };
  }

  private static NDArray logits(
      Architecture architecture, Weights weights, NDArray x, boolean training) {
    return Networks.logits(
        architecture,
        Pixels.normalize(x, Given.NORMALIZATION),
        TorchLayers.batchNormed(weights, training));
  }

  @Test
  void totalIsCrossEntropyPlusLambdaTimesAlignment() {
    Objective.Loss loss = loss(MLP, weights(MLP, DataType.FLOAT32), batch(0, 1, 2, 3), manager);
    assertEquals(
        loss.crossEntropy().getFloat() + LAMBDA * loss.alignment().getFloat(),
        value(loss.total()),
        1e-5);
  }

  /** A scalar times a Java number is float64. */
  private static double value(NDArray scalar) {
    return scalar.toType(DataType.FLOAT64, false).getDouble();
  }

  @Test
  void alignmentOfALinearModelIsTheCosineOfItsRows() {
    float[][] w = {Given.gaussian(D, 1, 1), Given.gaussian(D, 1, 2), Given.gaussian(D, 1, 3)};
    Weights weights = Weights.of(Given.linear(SHAPE, w, new float[3]), DataType.FLOAT32, manager);
    weights.trainable().forEach(weight -> weight.setRequiresGradient(true));
    Architecture linear = Architecture.mlp(D, SHAPE, 3);
    TrainingBatch batch = batch(0, 1, 2);
    Objective.Loss loss =
        new Objective(engine.autograd(), Alignment.USUAL)
            .of(
                new Objective.Network() {
                  @Override
                  public NDArray logits(NDArray x, boolean training) {
                    return Networks.logits(linear, x, TorchLayers.batchNormed(weights, training));
                  }

                  @Override
                  public boolean hasBatchNorms() {
                    return false;
                  }
                },
                new TrainingBatch(batch.images(), new int[N], batch.targets(), batch.directions()),
                IMAGE,
                1,
                manager);
    double expected = 0;
    for (int c = 0; c < 3; c++) {
      for (int i = 0; i < N; i++) {
        expected += (1 - cosine(w[c], batch.directions()[c], i * D)) / N;
      }
    }
    assertEquals(expected, loss.alignment().getFloat(), 1e-4);
  }

  private static double cosine(float[] a, float[] b, int from) {
    double dot = 0;
    double aa = 0;
    double bb = 0;
    for (int j = 0; j < a.length; j++) {
      dot += (double) a[j] * b[from + j];
      aa += (double) a[j] * a[j];
      bb += (double) b[from + j] * b[from + j];
    }
    return dot / Math.sqrt(aa * bb);
  }

  @Test
  void meanOverAllSubsetsOfTargetsIsTheFullAlignment() {
    for (Architecture architecture : List.of(MLP, RESNET)) {
      double sum = 0;
      int subsets = 0;
      for (int a = 0; a < 4; a++) {
        for (int b = a + 1; b < 4; b++) {
          sum += alignment(architecture, batch(a, b));
          subsets++;
        }
      }
      double full = alignment(architecture, batch(0, 1, 2, 3));
      assertEquals(6, subsets);
      assertEquals(full, sum / subsets, 1e-5 * full);
    }
  }

  private double alignment(Architecture architecture, TrainingBatch batch) {
    return loss(architecture, weights(architecture, DataType.FLOAT32), batch, manager)
        .alignment()
        .getFloat();
  }

  @Test
  void countsTheImagesThatAreClassifiedCorrectly() {
    Objective.Loss loss = loss(MLP, weights(MLP, DataType.FLOAT32), batch(), manager);
    float[] logits = loss.logits().stopGradient().toFloatArray();
    int[] best = new int[N];
    for (int i = 0; i < 4 * N; i++) {
      best[i / 4] = logits[i] > logits[i / 4 * 4 + best[i / 4]] ? i % 4 : best[i / 4];
    }
    assertEquals(N, loss.correct(best));
    best[2] = (best[2] + 1) % 4;
    assertEquals(N - 1, loss.correct(best));
  }

  @Test
  void weightGradientIsTheDifferenceQuotientInFloat32() {
    // Not of the ResNet: input-gradients jump wherever a ReLU switches, and a step that is large
    // enough for float32 switches some of its thousands.
    Weights weights = weights(MLP, DataType.FLOAT32);
    TrainingBatch batch = batch(0, 1, 2, 3);
    NDArray total = loss(MLP, weights, batch, manager).total();
    NDList gradient = engine.autograd().gradients(total, weights.trainable());
    double norm = norm(gradient);
    List<NDArray> direction = gradient.stream().map(g -> g.div(norm)).toList();
    DoubleSupplier value =
        () -> {
          try (NDManager step = manager.newSubManager()) {
            return value(loss(MLP, weights, batch, step).total());
          }
        };
    assertEquals(norm, quotient(weights, direction, 2e-3, value), 1e-2 * norm);
  }

  static Stream<Arguments> everyAlignmentOfBothNetworks() {
    return Stream.of(Alignment.Gradient.values())
        .flatMap(
            gradient ->
                Stream.of(
                    Arguments.of(MLP, new Alignment(gradient, Alignment.Statistics.RUNNING)),
                    Arguments.of(RESNET, new Alignment(gradient, Alignment.Statistics.RUNNING)),
                    Arguments.of(RESNET, new Alignment(gradient, Alignment.Statistics.BATCH))));
  }

  @ParameterizedTest
  @MethodSource("everyAlignmentOfBothNetworks")
  void tensorsWeightGradientIsTheDifferenceQuotientInFloat64(
      Architecture architecture, Alignment alignment) {
    Weights weights = weights(architecture, DataType.FLOAT64);
    NDList gradient =
        engine
            .autograd()
            .gradients(wide(architecture, alignment, weights, manager), weights.trainable());
    double scale = norm(gradient);
    DoubleSupplier value =
        () -> {
          try (NDManager step = manager.newSubManager()) {
            return wide(architecture, alignment, weights, step).getDouble();
          }
        };
    for (int p = 0; p < gradient.size(); p += architecture.equals(MLP) ? 1 : 7) {
      List<NDArray> direction = new ArrayList<>();
      for (int q = 0; q < gradient.size(); q++) {
        NDArray g = gradient.get(q);
        direction.add(q == p ? g.div(scale) : g.zerosLike());
      }
      double expected = Math.pow(gradient.get(p).norm().getDouble(), 2) / scale;
      double quotient = quotient(weights, direction, 1e-6, value);
      assertEquals(expected, quotient, 1e-6 * scale, architecture.description() + " " + p);
    }
  }

  /** Eq. 1 in float64. */
  private NDArray wide(
      Architecture architecture, Alignment alignment, Weights weights, NDManager step) {
    resetStatistics(architecture, weights);
    TrainingBatch batch = batch(0, 1, 2, 3);
    NDArray x = wide(batch.images(), N, step);
    NDArray directions = wide(batch.stackedDirections(), 4 * N, step);
    return new Objective(engine.autograd(), alignment)
        .of(network(architecture, weights), x, x, batch, directions, LAMBDA)
        .total();
  }

  private static NDArray wide(float[] values, int rows, NDManager step) {
    return step.create(values, new Shape(rows).addAll(IMAGE)).toType(DataType.FLOAT64, true);
  }

  /** Cross-entropy of what the adversary made, alignment of what was there before. */
  @ParameterizedTest
  @EnumSource
  void anAdversarysImagesAreClassifiedAndTheCleanOnesAligned(Alignment.Statistics statistics) {
    Alignment alignment = new Alignment(Alignment.Gradient.LOGIT, statistics);
    for (Architecture architecture : List.of(MLP, RESNET)) {
      TrainingBatch batch = batch(0, 2);
      float[] attacked = Given.concatenated(Given.images(SHAPE, N, 0, 1, 77));
      Objective objective = new Objective(engine.autograd(), alignment);
      Objective.Loss both =
          objective.of(inFloat32(architecture), batch, attacked, IMAGE, LAMBDA, manager);
      Objective.Loss clean = objective.of(inFloat32(architecture), batch, IMAGE, LAMBDA, manager);
      TrainingBatch plain = new TrainingBatch(attacked, batch.labels(), new int[0], new float[0][]);
      Objective.Loss adversarial =
          objective.of(inFloat32(architecture), plain, IMAGE, LAMBDA, manager);
      assertEquals(clean.alignment().getFloat(), both.alignment().getFloat(), 1e-5);
      assertEquals(adversarial.crossEntropy().getFloat(), both.crossEntropy().getFloat(), 1e-5);
      assertTrue(Math.abs(clean.crossEntropy().getFloat() - both.crossEntropy().getFloat()) > 1e-3);
    }
  }

  /** Of a linear model, ∇ₓ L_CE = Σ_c (p_c − 1[c = y]) w_c. */
  @Test
  void gradientNormOfALinearModelIsThatOfItsRows() {
    float[][] w = {Given.gaussian(D, 0.1, 1), Given.gaussian(D, 0.1, 2), Given.gaussian(D, 0.1, 3)};
    try (Classifier f = Given.linearClassifier(engine, SHAPE, w, new float[3])) {
      int[] labels = {0, 1, 2, 0, 1, 2};
      NDArray x = manager.create(batch().images(), new Shape(N).addAll(IMAGE));
      double weight = 0.03;
      Objective.Loss loss =
          new Objective(engine.autograd(), Alignment.USUAL, weight)
              .withoutTargets(plainly(f), x, labels);
      float[] p = loss.logits().stopGradient().softmax(1).toFloatArray();
      double norms = 0;
      for (int i = 0; i < N; i++) {
        for (int j = 0; j < D; j++) {
          double gradient = 0;
          for (int c = 0; c < 3; c++) {
            gradient += (p[3 * i + c] - (labels[i] == c ? 1 : 0)) * w[c][j];
          }
          norms += Math.abs(gradient) / N;
        }
      }
      assertTrue(norms > 1);
      assertEquals(
          loss.crossEntropy().getFloat() + weight * norms, value(loss.total()), 1e-4 * norms);
    }
  }

  private static Objective.Network plainly(Classifier f) {
    return new Objective.Network() {
      @Override
      public NDArray logits(NDArray x, boolean training) {
        return f.logits(x);
      }

      @Override
      public boolean hasBatchNorms() {
        return false;
      }
    };
  }

  static Stream<Architecture> bothNetworks() {
    return Stream.of(MLP, RESNET);
  }

  @ParameterizedTest
  @MethodSource("bothNetworks")
  void gradientNormsWeightGradientIsTheDifferenceQuotientInFloat64(Architecture architecture) {
    Weights weights = weights(architecture, DataType.FLOAT64);
    NDList gradient =
        engine.autograd().gradients(normed(architecture, weights, manager), weights.trainable());
    double norm = norm(gradient);
    List<NDArray> direction = gradient.stream().map(g -> g.div(norm)).toList();
    DoubleSupplier value =
        () -> {
          try (NDManager step = manager.newSubManager()) {
            return normed(architecture, weights, step).getDouble();
          }
        };
    assertEquals(norm, quotient(weights, direction, 1e-7, value), 1e-4 * norm);
  }

  private NDArray normed(Architecture architecture, Weights weights, NDManager step) {
    resetStatistics(architecture, weights);
    NDArray x = wide(batch().images(), N, step);
    return new Objective(engine.autograd(), Alignment.USUAL, 0.05)
        .withoutTargets(network(architecture, weights), x, batch().labels())
        .total();
  }

  /** On a linear model. */
  @Test
  void gradientsOfLogProbabilitiesFollowTheChainRule() {
    float[][] w = {Given.gaussian(D, 0.1, 1), Given.gaussian(D, 0.1, 2), Given.gaussian(D, 0.1, 3)};
    try (Classifier f = Given.linearClassifier(engine, SHAPE, w, new float[3])) {
      TrainingBatch batch = batch(0, 1, 2);
      NDArray x = manager.create(batch.images(), new Shape(N).addAll(IMAGE));
      x.setRequiresGradient(true);
      NDArray logits = f.logits(x);
      float[] found =
          engine
              .autograd()
              .classGradients(
                  Alignment.Gradient.LOG_PROBABILITY, x, logits, new int[][] {{2, 2, 2, 2, 2, 2}})
              .toFloatArray();
      float[] p = logits.stopGradient().softmax(1).toFloatArray();
      for (int i = 0; i < N; i++) {
        for (int j = 0; j < D; j++) {
          // ∇ log p_2 = w_2 − Σ p_c w_c
          double mean = 0;
          for (int c = 0; c < 3; c++) {
            mean += p[3 * i + c] * w[c][j];
          }
          assertEquals(w[2][j] - mean, found[i * D + j], 1e-5);
        }
      }
    }
  }

  /** A pass in train mode moves them, and the loss is to be a function of the weights alone. */
  private static void resetStatistics(Architecture architecture, Weights weights) {
    Given.tensors(architecture, 4)
        .forEach(
            (name, tensor) -> {
              if (name.contains(".running_")) {
                Weights.copy(tensor, weights.get(name));
              }
            });
  }

  private static double quotient(
      Weights weights, List<NDArray> direction, double h, DoubleSupplier value) {
    move(weights, direction, h);
    double up = value.getAsDouble();
    move(weights, direction, -2 * h);
    double down = value.getAsDouble();
    move(weights, direction, h);
    return (up - down) / (2 * h);
  }

  private static void move(Weights weights, List<NDArray> direction, double by) {
    JniUtils.setGradMode(false);
    List<NDArray> trainable = weights.trainable();
    for (int i = 0; i < trainable.size(); i++) {
      trainable.get(i).addi(direction.get(i).mul(by));
    }
    JniUtils.setGradMode(true);
  }

  private static double norm(NDList arrays) {
    double squares = 0;
    for (NDArray array : arrays) {
      squares += array.toType(DataType.FLOAT64, false).square().sum().getDouble();
    }
    return Math.sqrt(squares);
  }

  @Test
  void cosineLossIsZeroOneAndTwoForParallelOrthogonalAndOppositeImages() {
    NDArray v = manager.create(new float[] {1, 2, 2, -1, 3, 0}, new Shape(3, 1, 1, 2));
    NDArray u = manager.create(new float[] {10, 20, 1, 2, -3e-3f, 0}, new Shape(3, 1, 1, 2));
    float[] losses = engine.autograd().cosineLoss(v, u).toFloatArray();
    assertArrayEquals(new float[] {0, 1, 2}, losses, 1e-6f);
  }

  @Test
  void cosineLossOfAZeroImageIsOneAndItsGradientFinite() {
    NDArray v = manager.zeros(new Shape(2, 1, 2, 2));
    v.setRequiresGradient(true);
    NDArray u = manager.create(new float[] {1, 2, 3, 4, 0, 0, 0, 0}, new Shape(2, 1, 2, 2));
    NDArray losses = engine.autograd().cosineLoss(v, u);
    assertArrayEquals(new float[] {1, 1}, losses.stopGradient().toFloatArray());
    NDArray gradient = engine.autograd().gradient(losses.sum(), v);
    assertTrue(Float.isFinite(gradient.abs().max().getFloat()));
  }
}
