package org.pagexplorer.engine;

import java.util.Map;
import java.util.Objects;
import org.pagexplorer.domain.Tensor;

/**
 * He et al.'s ResNet-18 with CIFAR's 3×3 stem, written out in doubles for one image, as loops:
 * slow, and nothing but the definition.
 */
record PlainResNet18(Map<String, Tensor> weights) {
  private static final double EPSILON = 1e-5; // PyTorch's default

  /** Logits of a normalised image, channels × rows × columns. */
  double[] logits(double[][][] image) {
    double[][][] h = relu(norm(convolved(image, "conv1", 1), "bn1"));
    for (int stage = 1; stage <= 4; stage++) {
      for (int block = 0; block < 2; block++) {
        h = block(h, "layer" + stage + "." + block, stage > 1 && block == 0 ? 2 : 1);
      }
    }
    return head(h);
  }

  private double[][][] block(double[][][] x, String name, int stride) {
    double[][][] first = relu(norm(convolved(x, name + ".conv1", stride), name + ".bn1"));
    double[][][] second = norm(convolved(first, name + ".conv2", 1), name + ".bn2");
    boolean projected = weights.containsKey(name + ".shortcut.0.weight");
    double[][][] shortcut =
        projected ? norm(convolved(x, name + ".shortcut.0", stride), name + ".shortcut.1") : x;
    for (int c = 0; c < second.length; c++) {
      for (int i = 0; i < second[c].length; i++) {
        for (int j = 0; j < second[c][i].length; j++) {
          second[c][i][j] += shortcut[c][i][j];
        }
      }
    }
    return relu(second);
  }

  /** Cross-correlation with zeros around the image, so that stride 1 keeps its size. */
  double[][][] convolved(double[][][] x, String name, int stride) {
    Tensor kernel = weight(name + ".weight");
    long[] sides = kernel.shape().toArray();
    int out = Math.toIntExact(sides[0]);
    int side = Math.toIntExact(sides[2]);
    int rows = (x[0].length - 1) / stride + 1;
    int columns = (x[0][0].length - 1) / stride + 1;
    double[][][] y = new double[out][rows][columns];
    for (int o = 0; o < out; o++) {
      for (int i = 0; i < rows; i++) {
        for (int j = 0; j < columns; j++) {
          for (int c = 0; c < x.length; c++) {
            for (int u = 0; u < side; u++) {
              for (int v = 0; v < side; v++) {
                double w = kernel.values()[((o * x.length + c) * side + u) * side + v];
                y[o][i][j] += w * at(x[c], i * stride + u - side / 2, j * stride + v - side / 2);
              }
            }
          }
        }
      }
    }
    return y;
  }

  private static double at(double[][] plane, int i, int j) {
    return i < 0 || i >= plane.length || j < 0 || j >= plane[0].length ? 0 : plane[i][j];
  }

  private double[][][] norm(double[][][] x, String name) {
    for (int c = 0; c < x.length; c++) {
      double mean = weight(name + ".running_mean").values()[c];
      double deviation = Math.sqrt(weight(name + ".running_var").values()[c] + EPSILON);
      double scale = weight(name + ".weight").values()[c] / deviation;
      double bias = weight(name + ".bias").values()[c];
      for (double[] row : x[c]) {
        for (int j = 0; j < row.length; j++) {
          row[j] = (row[j] - mean) * scale + bias;
        }
      }
    }
    return x;
  }

  private static double[][][] relu(double[][][] x) {
    for (double[][] plane : x) {
      for (double[] row : plane) {
        for (int j = 0; j < row.length; j++) {
          row[j] = Math.max(0, row[j]);
        }
      }
    }
    return x;
  }

  /** The mean over the pixels, then a linear layer. */
  private double[] head(double[][][] h) {
    double[] logits = new double[weight("linear.bias").values().length];
    for (int o = 0; o < logits.length; o++) {
      logits[o] = weight("linear.bias").values()[o];
      for (int c = 0; c < h.length; c++) {
        double sum = 0;
        for (double[] row : h[c]) {
          for (double value : row) {
            sum += value;
          }
        }
        double mean = sum / (h[c].length * h[c][0].length);
        logits[o] += weight("linear.weight").values()[o * h.length + c] * mean;
      }
    }
    return logits;
  }

  private Tensor weight(String name) {
    return Objects.requireNonNull(weights.get(name), name);
  }
}
