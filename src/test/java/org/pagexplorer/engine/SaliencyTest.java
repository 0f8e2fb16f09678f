package org.pagexplorer.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.pagexplorer.domain.Architecture;
import org.pagexplorer.domain.Image;
import org.pagexplorer.domain.InputShape;
import org.pagexplorer.domain.Normalization;
import org.pagexplorer.domain.PlainCnn;
import org.pagexplorer.domain.Precision;
import org.pagexplorer.domain.SaliencyMap;
import org.pagexplorer.domain.SaliencyMap.Completeness;
import org.pagexplorer.domain.SaliencyMethod;
import org.pagexplorer.domain.SaliencySpecification;
import org.pagexplorer.domain.SaliencySpecification.Baseline;
import org.pagexplorer.domain.Tensor;
import org.pagexplorer.domain.TensorShape;
import org.pagexplorer.domain.UserException;

/** Saliency methods on networks whose maps are known in closed form. */
class SaliencyTest extends OnEveryDevice {
  private static final InputShape SHAPE = new InputShape(1, 2, 2);
  private static final int D = SHAPE.size();
  private static final float[][] W = {
    Given.gaussian(D, 2, 1), Given.gaussian(D, 2, 2), Given.gaussian(D, 2, 3)
  };
  private static final float[] B = {0.1f, -0.2f, 0.3f};
  private static final List<Image> IMAGES = Given.images(SHAPE, 3, 0.2, 0.8, 4);
  private static final int[] CLASSES = {2, 0, 1};

  private static SaliencySpecification spec(
      SaliencyMethod method, int samples, double sigma, int steps, Baseline baseline) {
    return new SaliencySpecification(method, samples, sigma, steps, baseline, "", 7);
  }

  private static SaliencySpecification spec(SaliencyMethod method) {
    return spec(method, 5, 0.05, 4, Baseline.GRAY);
  }

  private static List<SaliencyMap> maps(Classifier f, SaliencySpecification spec, int batch) {
    return new Saliency(f, spec, batch).of(IMAGES, CLASSES, AttackObserver.NONE).orElseThrow();
  }

  private static double[] probabilities(float[] x) {
    double[] p = new double[W.length];
    double sum = 0;
    for (int c = 0; c < p.length; c++) {
      p[c] = Math.exp(B[c] + dot(W[c], x));
      sum += p[c];
    }
    for (int c = 0; c < p.length; c++) {
      p[c] /= sum;
    }
    return p;
  }

  private static double dot(float[] a, float[] b) {
    double sum = 0;
    for (int j = 0; j < a.length; j++) {
      sum += (double) a[j] * b[j];
    }
    return sum;
  }

  private static double expected(SaliencyMethod method, float[] x, int target, int j) {
    double log = W[target][j];
    double[] p = probabilities(x);
    for (int c = 0; c < p.length; c++) {
      log -= p[c] * W[c][j];
    }
    return switch (method) {
      case GRADIENT, SMOOTHGRAD -> W[target][j];
      case LOG_PROBABILITY -> log;
      case LOSS -> -log;
      case INTEGRATED_GRADIENTS -> (x[j] - 0.5) * W[target][j];
      case SMOOTHED, GRAD_CAM -> throw new IllegalArgumentException(method.id());
    };
  }

  @ParameterizedTest
  @EnumSource(
      mode = EnumSource.Mode.EXCLUDE,
      names = {"SMOOTHED", "GRAD_CAM"})
  void mapsOfALinearModelAreWhatTheyAreByHand(SaliencyMethod method) {
    try (Classifier f = Given.linearClassifier(engine, SHAPE, W, B)) {
      for (int batch : new int[] {1, 4, 100}) {
        List<SaliencyMap> maps = maps(f, spec(method), batch);
        assertEquals(IMAGES.size(), maps.size());
        for (int i = 0; i < maps.size(); i++) {
          float[] x = IMAGES.get(i).pixels();
          for (int j = 0; j < D; j++) {
            double wanted = expected(method, x, CLASSES[i], j);
            assertEquals(
                wanted, maps.get(i).values().pixels()[j], 1e-5, method + " batch " + batch);
          }
          assertEquals(
              method == SaliencyMethod.INTEGRATED_GRADIENTS,
              maps.get(i).completeness().isPresent());
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void integratedGradientsOfALinearModelBeginAtTheirBaselineAndAreComplete(Baseline baseline) {
    Normalization normalization = new Normalization(List.of(0.3), List.of(0.5));
    float x0 =
        switch (baseline) {
          case BLACK -> 0;
          case GRAY -> 0.5f;
          case WHITE -> 1;
          case MEAN -> 0.3f;
        };
    try (Classifier f =
        Classifier.of(
            engine,
            Architecture.mlp(D, SHAPE, W.length),
            normalization,
            Given.linear(SHAPE, W, B),
            Precision.EXACT)) {
      var spec = spec(SaliencyMethod.INTEGRATED_GRADIENTS, 1, 0, 2, baseline);
      List<SaliencyMap> maps = maps(f, spec, 10);
      for (int i = 0; i < maps.size(); i++) {
        double sum = 0;
        for (int j = 0; j < D; j++) {
          double wanted = (IMAGES.get(i).pixels()[j] - x0) * W[CLASSES[i]][j] / 0.5;
          assertEquals(wanted, maps.get(i).values().pixels()[j], 1e-5);
          sum += wanted;
        }
        Completeness found = maps.get(i).completeness().orElseThrow();
        assertEquals(sum, found.sum(), 1e-5);
        assertEquals(sum, found.gain(), 1e-5);
      }
    }
  }

  /** With two classes log-odds are normally distributed, and what is left is an integral. */
  @Test
  void smoothedLinearModelsGradientIsTheIntegralsOverTheNoise() {
    float[][] two = {W[0], W[1]};
    double sigma = 0.3;
    int n = 20_000;
    try (Classifier f = Given.linearClassifier(engine, SHAPE, two, new float[2])) {
      Image x = IMAGES.getFirst();
      float[] difference = new float[D];
      for (int j = 0; j < D; j++) {
        difference[j] = W[1][j] - W[0][j];
      }
      double mean = dot(difference, x.pixels());
      double deviation = sigma * Given.norm(difference);
      DoubleUnaryOperator p = u -> 1 / (1 + Math.exp(-u));
      double slope =
          expectation(u -> p.applyAsDouble(u) * (1 - p.applyAsDouble(u)), mean, deviation);
      double factor = slope / expectation(p, mean, deviation);
      var spec = spec(SaliencyMethod.SMOOTHED, n, sigma, 1, Baseline.BLACK);
      float[] found =
          new Saliency(f, spec, 1000).of(x, 1, AttackObserver.NONE).orElseThrow().values().pixels();
      double plain = 1 - p.applyAsDouble(mean);
      assertTrue(Math.abs(factor - plain) > 0.1 * factor, "noise makes no difference here");
      for (int j = 0; j < D; j++) {
        assertEquals(factor * difference[j], found[j], 0.02 * Math.abs(factor * difference[j]));
      }
    }
  }

  /** E g(u), u normal: the trapezoidal rule, which is exact for such integrands. */
  private static double expectation(DoubleUnaryOperator g, double mean, double deviation) {
    double sum = 0;
    double h = 0.01;
    for (double t = -9; t <= 9; t += h) {
      sum += g.applyAsDouble(mean + deviation * t) * Math.exp(-t * t / 2);
    }
    return sum * h / Math.sqrt(2 * Math.PI);
  }

  private Classifier perceptron() {
    Architecture network = Architecture.mlp(9, SHAPE, 4);
    return Classifier.of(
        engine, network, Normalization.identity(1), Given.tensors(network, 3), Precision.EXACT);
  }

  @Test
  void withoutNoiseSmoothedModelsGradientIsThatOfTheLogProbability() {
    try (Classifier f = perceptron()) {
      var still = spec(SaliencyMethod.SMOOTHED, 3, 0, 1, Baseline.BLACK);
      List<SaliencyMap> smoothed = maps(f, still, 7);
      List<SaliencyMap> plain = maps(f, spec(SaliencyMethod.LOG_PROBABILITY), 7);
      for (int i = 0; i < plain.size(); i++) {
        assertArrayEquals(plain.get(i).values().pixels(), smoothed.get(i).values().pixels(), 1e-5f);
      }
    }
  }

  /** Hidden units a · x + b with weights v to each class. */
  private static final float[][] UNITS = {
    {2, -1, 0.5f, 1}, {-1, 3, 1, -2}, {1, 1, -3, 0.5f}, {-2, 0.5f, 1, 1}
  };

  private static final float[] OFFSETS = {-1.2f, -0.3f, 0.4f, -0.2f};
  private static final float[][] VOTES = {{1, -2, 0.5f, 1}, {-1, 1, 2, -0.5f}};

  private Classifier ofUnits() {
    SequencedMap<String, Tensor> tensors = new LinkedHashMap<>();
    tensors.put("fc1.weight", new Tensor(TensorShape.of(4, D), flat(UNITS)));
    tensors.put("fc1.bias", new Tensor(TensorShape.of(4), OFFSETS));
    tensors.put("fc2.weight", new Tensor(TensorShape.of(2, 4), flat(VOTES)));
    tensors.put("fc2.bias", new Tensor(TensorShape.of(2), new float[2]));
    return Classifier.of(
        engine, Architecture.mlp(4, SHAPE, 2), Normalization.identity(1), tensors, Precision.EXACT);
  }

  private static float[] flat(float[][] rows) {
    float[] all = new float[rows.length * rows[0].length];
    for (int i = 0; i < rows.length; i++) {
      System.arraycopy(rows[i], 0, all, i * rows[0].length, rows[0].length);
    }
    return all;
  }

  private static double unit(int h, float[] x) {
    return dot(UNITS[h], x) + OFFSETS[h];
  }

  /** A unit with noise is on with probability Φ of its distance from its edge. */
  @Test
  void smoothGradOfReLusCountsEachAsOftenAsNoiseSwitchesItOn() {
    double sigma = 0.2;
    int n = 20_000;
    try (Classifier f = ofUnits()) {
      Image x = IMAGES.get(1);
      var spec = spec(SaliencyMethod.SMOOTHGRAD, n, sigma, 1, Baseline.BLACK);
      float[] found =
          new Saliency(f, spec, 1000).of(x, 1, AttackObserver.NONE).orElseThrow().values().pixels();
      int undecided = 0;
      for (int j = 0; j < D; j++) {
        double wanted = 0;
        double variance = 0;
        for (int h = 0; h < UNITS.length; h++) {
          double distance = unit(h, x.pixels()) / (sigma * Given.norm(UNITS[h]));
          double on = expectation(u -> u > 0 ? 1 : 0, distance, 1);
          undecided += on > 0.05 && on < 0.95 ? 1 : 0;
          double slope = (double) VOTES[1][h] * UNITS[h][j];
          wanted += on * slope;
          variance += Math.sqrt(on * (1 - on)) * Math.abs(slope);
        }
        assertEquals(wanted, found[j], 5 * variance / Math.sqrt(n) + 0.01);
      }
      assertTrue(undecided > 0, "noise switches nothing");
    }
  }

  /** A unit counts for the part of the path on which it is on; a step costs at most one weight. */
  @Test
  void integratedGradientsOfReLusCountEachForItsPartOfThePath() {
    try (Classifier f = ofUnits()) {
      double coarsest = 0;
      for (int steps : new int[] {3, 30, 300}) {
        double weight = Math.PI / (2.0 * steps);
        Image x = IMAGES.get(2);
        SaliencyMap map =
            new Saliency(
                    f, spec(SaliencyMethod.INTEGRATED_GRADIENTS, 1, 0, steps, Baseline.BLACK), 64)
                .of(x, 0, AttackObserver.NONE)
                .orElseThrow();
        double most = 0;
        int crossing = 0;
        for (int j = 0; j < D; j++) {
          double wanted = 0;
          double bound = 1e-5;
          for (int h = 0; h < UNITS.length; h++) {
            double from = OFFSETS[h];
            double to = unit(h, x.pixels());
            double edge = from / (from - to);
            double on = from > 0 == to > 0 ? (to > 0 ? 1 : 0) : to > 0 ? 1 - edge : edge;
            double slope = VOTES[0][h] * UNITS[h][j] * x.pixels()[j];
            crossing += on > 0 && on < 1 ? 1 : 0;
            wanted += on * slope;
            bound += on > 0 && on < 1 ? weight * Math.abs(slope) : 0;
          }
          most += bound;
          assertEquals(wanted, map.values().pixels()[j], bound, steps + " steps");
        }
        assertTrue(crossing > 0, "no unit changes on the path");
        Completeness found = map.completeness().orElseThrow();
        assertEquals(0, found.error(), most);
        coarsest = steps == 3 ? Math.abs(found.error()) : coarsest;
        assertTrue(steps < 300 || Math.abs(found.error()) < coarsest, "more steps are no better");
      }
    }
  }

  /** Of the only convolution's maps, which are as large as the image, before a linear layer. */
  @Test
  void gradCamWeightsMapsByTheMeanOfTheirLinearWeights() {
    Architecture network =
        new Architecture(PlainCnn.of("cnn-c6k3s1p1").family(), 1, Given.SMALL, 5);
    List<Image> images = Given.images(Given.SMALL, 2, 0, 1, 5);
    int[] classes = {4, 1};
    float[] linear = Given.tensors(network, 11).get("fc1.weight").values();
    int plane = 64;
    try (Classifier f = Given.classifier(engine, network, 11)) {
      List<float[]> features = new ArrayList<>();
      var _ =
          f.logits(
              Pixels.toArray(images, manager),
              (name, array) -> {
                if (name.equals("conv1.activation")) {
                  features.add(array.get("0").toFloatArray());
                  features.add(array.get("1").toFloatArray());
                }
              });
      List<SaliencyMap> maps =
          new Saliency(f, SaliencySpecification.of(SaliencyMethod.GRAD_CAM), 2)
              .of(images, classes, AttackObserver.NONE)
              .orElseThrow();
      int cut = 0;
      for (int i = 0; i < images.size(); i++) {
        assertEquals(new InputShape(1, 8, 8), maps.get(i).values().shape());
        for (int place = 0; place < plane; place++) {
          double sum = 0;
          for (int k = 0; k < 6; k++) {
            double mean = 0;
            for (int at = 0; at < plane; at++) {
              mean += linear[classes[i] * 6 * plane + k * plane + at] / plane;
            }
            sum += mean * features.get(i)[k * plane + place];
          }
          cut += sum < 0 ? 1 : 0;
          assertEquals(Math.max(0, sum), maps.get(i).values().pixels()[place], 1e-6);
        }
      }
      assertTrue(cut > 0 && cut < 2 * plane, "the ReLU had nothing to cut, or all");
    }
  }

  @Test
  void noiseIsTheSameOfTheSameSeedWhateverTheBatchAndTheModel() {
    try (Classifier f = ofUnits()) {
      var spec = spec(SaliencyMethod.SMOOTHGRAD, 9, 0.3, 1, Baseline.BLACK);
      int[] classes = {1, 0, 1};
      List<SaliencyMap> first = of(f, spec, classes, 1);
      List<SaliencyMap> again = of(f, spec, classes, 4);
      for (int i = 0; i < first.size(); i++) {
        assertArrayEquals(first.get(i).values().pixels(), again.get(i).values().pixels(), 1e-6f);
      }
      var other =
          new SaliencySpecification(
              spec.method(), spec.samples(), spec.sigma(), 1, spec.baseline(), "", 8);
      assertNotEquals(first, of(f, other, classes, 1));
    }
  }

  private static List<SaliencyMap> of(
      Classifier f, SaliencySpecification spec, int[] classes, int batch) {
    return new Saliency(f, spec, batch).of(IMAGES, classes, AttackObserver.NONE).orElseThrow();
  }

  /** Is told of batches, and has had enough after the second. */
  private static final class Impatient implements AttackObserver {
    private final List<Integer> told = new ArrayList<>();

    @Override
    public boolean isCancelled() {
      return told.size() == 2;
    }

    @Override
    public void step(int t) {
      told.add(t);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"SMOOTHGRAD", "INTEGRATED_GRADIENTS", "SMOOTHED"})
  void cancelEndsItBeforeTheNextBatch(SaliencyMethod method) {
    try (Classifier f = ofUnits()) {
      Impatient observer = new Impatient();
      var spec = spec(method, 100, 0.1, 100, Baseline.BLACK);
      assertEquals(Optional.empty(), new Saliency(f, spec, 10).of(IMAGES, new int[3], observer));
      assertEquals(List.of(0, 10), observer.told);
    }
  }

  @Test
  void gradCamSaysWhichLayersThereAre() {
    Architecture network = Architecture.resNet18(2, Given.SMALL, 5);
    Image image = Given.images(Given.SMALL, 1, 0, 1, 5).getFirst();
    try (Classifier f = Given.classifier(engine, network, 11);
        Classifier perceptron = ofUnits()) {
      SaliencySpecification cam = SaliencySpecification.of(SaliencyMethod.GRAD_CAM);
      Saliency unknown = new Saliency(f, cam.ofLayer("layer9"), 1);
      UserException e =
          assertThrows(UserException.class, () -> unknown.of(image, 0, AttackObserver.NONE));
      assertTrue(e.getMessage().startsWith("There is no layer \"layer9\": choose among conv1,"));
      Saliency without = new Saliency(perceptron, cam, 1);
      UserException none =
          assertThrows(
              UserException.class, () -> without.of(IMAGES.getFirst(), 0, AttackObserver.NONE));
      assertTrue(none.getMessage().contains("which mlp does not have"), none.getMessage());
    }
  }

  @Test
  void quadratureIsExactForPolynomialsOfTwiceItsDegree() {
    for (int n : new int[] {1, 2, 5, 50, 300}) {
      GaussLegendre rule = GaussLegendre.of(n);
      for (int degree = 0; degree < Math.min(2 * n, 60); degree++) {
        double sum = 0;
        for (int i = 0; i < n; i++) {
          sum += rule.weights()[i] * Math.pow(rule.nodes()[i], degree);
        }
        assertEquals(1.0 / (degree + 1), sum, 1e-13, n + " points, degree " + degree);
      }
    }
    // numpy.polynomial.legendre.leggauss(3), on [0, 1]
    double root = Math.sqrt(0.6) / 2;
    assertArrayEquals(
        new double[] {0.5 - root, 0.5, 0.5 + root}, GaussLegendre.of(3).nodes(), 1e-15);
  }
}
