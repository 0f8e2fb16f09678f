package org.pagexplorer.engine;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.SplittableRandom;
import org.pagexplorer.domain.Architecture;
import org.pagexplorer.domain.AttackedImage;
import org.pagexplorer.domain.Goal;
import org.pagexplorer.domain.Image;
import org.pagexplorer.domain.InputShape;
import org.pagexplorer.domain.Norm;
import org.pagexplorer.domain.Normalization;
import org.pagexplorer.domain.Precision;
import org.pagexplorer.domain.Tensor;
import org.pagexplorer.domain.TensorShape;

/** Images and networks that tests begin with. */
final class Given {
  static final InputShape SMALL = new InputShape(3, 8, 8);
  static final Normalization NORMALIZATION = Normalization.CIFAR10;
  static final Normalization NONE = Normalization.identity(3);

  private Given() {}

  /** Uniform pixels. */
  static List<Image> images(InputShape shape, int n, double low, double high, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<Image> images = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      float[] pixels = new float[shape.size()];
      for (int j = 0; j < pixels.length; j++) {
        pixels[j] = (float) random.nextDouble(low, high);
      }
      images.add(new Image(shape, pixels));
    }
    return images;
  }

  /** Uniform pixels, a tenth of which are exactly 0 and a tenth exactly 1. */
  static List<Image> imagesAtTheEdges(InputShape shape, int n, long seed) {
    List<Image> images = new ArrayList<>();
    for (Image image : images(shape, n, -0.125, 1.125, seed)) {
      float[] pixels = image.pixels().clone();
      for (int j = 0; j < pixels.length; j++) {
        pixels[j] = Math.clamp(pixels[j], 0f, 1f);
      }
      images.add(new Image(shape, pixels));
    }
    return images;
  }

  static float[] concatenated(List<Image> images) {
    int size = images.getFirst().pixels().length;
    float[] all = new float[images.size() * size];
    for (int i = 0; i < images.size(); i++) {
      System.arraycopy(images.get(i).pixels(), 0, all, i * size, size);
    }
    return all;
  }

  static float[] gaussian(int n, double scale, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] values = new float[n];
    for (int i = 0; i < n; i++) {
      values[i] = (float) (scale * random.nextGaussian());
    }
    return values;
  }

  /** Random weights, and batch norms that are far from the identity. */
  static SequencedMap<String, Tensor> tensors(Architecture architecture, long seed) {
    SequencedMap<String, Tensor> tensors = Initialization.of(architecture, seed);
    SplittableRandom random = new SplittableRandom(seed + 1);
    tensors.replaceAll(
        (name, tensor) -> {
          if (!name.contains("bn") && !name.contains("shortcut.1")) {
            return tensor;
          }
          boolean positive = name.endsWith("weight") || name.endsWith("var");
          float[] values = new float[tensor.values().length];
          for (int i = 0; i < values.length; i++) {
            values[i] = (float) (positive ? random.nextDouble(0.5, 2) : random.nextDouble(-0.5, 1));
          }
          return new Tensor(tensor.shape(), values);
        });
    return tensors;
  }

  /** f(x) = Wx + b as a perceptron whose hidden units x + 1 are never clipped. */
  static SequencedMap<String, Tensor> linear(InputShape shape, float[][] w, float[] b) {
    int d = shape.size();
    float[] identity = new float[d * d];
    float[] ones = new float[d];
    float[] flat = new float[w.length * d];
    float[] bias = new float[w.length];
    for (int j = 0; j < d; j++) {
      identity[j * d + j] = 1;
      ones[j] = 1;
    }
    for (int c = 0; c < w.length; c++) {
      double sum = 0;
      for (int j = 0; j < d; j++) {
        flat[c * d + j] = w[c][j];
        sum += w[c][j];
      }
      bias[c] = (float) (b[c] - sum);
    }
    SequencedMap<String, Tensor> tensors = new LinkedHashMap<>();
    tensors.put("fc1.weight", new Tensor(TensorShape.of(d, d), identity));
    tensors.put("fc1.bias", new Tensor(TensorShape.of(d), ones));
    tensors.put("fc2.weight", new Tensor(TensorShape.of(w.length, d), flat));
    tensors.put("fc2.bias", new Tensor(TensorShape.of(w.length), bias));
    return tensors;
  }

  static Classifier linearClassifier(TorchEngine engine, InputShape shape, float[][] w, float[] b) {
    return Classifier.of(
        engine,
        Architecture.mlp(shape.size(), shape, w.length),
        Normalization.identity(shape.channels()),
        linear(shape, w, b),
        Precision.EXACT);
  }

  static Classifier classifier(TorchEngine engine, Architecture architecture, long seed) {
    return Classifier.of(
        engine, architecture, NORMALIZATION, tensors(architecture, seed), Precision.EXACT);
  }

  static List<Goal> all(int n, Goal goal) {
    return Collections.nCopies(n, goal);
  }

  /** Images of which class c is bright in channel c, with noise; label i is i mod 3. */
  static TrainingBatch colours(int n, double noise, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int area = SMALL.height() * SMALL.width();
    float[] images = new float[n * SMALL.size()];
    int[] labels = new int[n];
    for (int i = 0; i < n; i++) {
      labels[i] = i % 3;
      for (int j = 0; j < SMALL.size(); j++) {
        double colour = j / area == labels[i] ? 0.6 : 0.4;
        images[i * SMALL.size() + j] =
            (float) Math.clamp(colour + noise * random.nextGaussian(), 0.0, 1.0);
      }
    }
    return new TrainingBatch(images, labels, new int[0], new float[0][]);
  }

  /** The same with each class's ideal image minus the image as wanted gradients. */
  static TrainingBatch aligned(TrainingBatch colours, int... targets) {
    int area = SMALL.height() * SMALL.width();
    float[][] directions = new float[targets.length][colours.images().length];
    for (int k = 0; k < targets.length; k++) {
      for (int j = 0; j < directions[k].length; j++) {
        float ideal = (j % SMALL.size()) / area == targets[k] ? 0.6f : 0.4f;
        directions[k][j] = ideal - colours.images()[j];
      }
    }
    return new TrainingBatch(colours.images(), colours.labels(), targets, directions);
  }

  static List<Image> imagesOf(TrainingBatch batch) {
    List<Image> images = new ArrayList<>();
    int size = batch.images().length / batch.size();
    for (int i = 0; i < batch.size(); i++) {
      images.add(
          new Image(SMALL, java.util.Arrays.copyOfRange(batch.images(), i * size, (i + 1) * size)));
    }
    return images;
  }

  static double largestDifference(float[] a, float[] b) {
    if (a.length != b.length) {
      throw new AssertionError(a.length + " values against " + b.length);
    }
    double largest = 0;
    for (int i = 0; i < a.length; i++) {
      double difference = Math.abs((double) a[i] - b[i]);
      largest = Double.isNaN(difference) ? Double.POSITIVE_INFINITY : Math.max(largest, difference);
    }
    return largest;
  }

  /** The steepest direction: v/‖v‖₂, sign(v), or in L1 the largest value alone. */
  static double[] unit(Norm norm, double[] v) {
    double[] unit = new double[v.length];
    double squares = 0;
    int largest = 0;
    for (int j = 0; j < v.length; j++) {
      squares += v[j] * v[j];
      largest = Math.abs(v[j]) > Math.abs(v[largest]) ? j : largest;
    }
    for (int j = 0; j < v.length; j++) {
      unit[j] =
          switch (norm) {
            case L1 -> j == largest ? Math.signum(v[j]) : 0;
            case L2 -> v[j] / Math.sqrt(squares);
            case LINF -> Math.signum(v[j]);
          };
    }
    return unit;
  }

  /** ‖δ‖ as the result says it. */
  static double size(Norm norm, AttackedImage result) {
    return switch (norm) {
      case L1 -> result.l1();
      case L2 -> result.l2();
      case LINF -> result.linf();
    };
  }

  static double norm(float[] values) {
    double squares = 0;
    for (float value : values) {
      squares += (double) value * value;
    }
    return Math.sqrt(squares);
  }
}
