package org.pagexplorer.engine;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pagexplorer.domain.Architecture;
import org.pagexplorer.domain.Image;
import org.pagexplorer.domain.InputShape;
import org.pagexplorer.domain.LayerTap;
import org.pagexplorer.domain.LayerTap.Layer;
import org.pagexplorer.domain.UserException;

/**
 * Grad-CAM (Selvaraju et al. 2017): {@code ReLU(Σ_k a_k A_k)} of a layer's maps A, {@code a_k} the
 * mean over the positions of {@code ∂f_c / ∂A_k}, enlarged to the image as PyTorch's bilinear
 * {@code interpolate} does.
 */
final class GradCam {
  private final Classifier f;
  private final Layer layer;

  /** The layer's maps while a batch is computed. */
  private static final class Seen {
    @Nullable NDArray maps;
  }

  /**
   * @param name one of {@link LayerTap#of}; empty for the last
   * @throws UserException if the network has no such layer, or none at all
   */
  GradCam(Classifier classifier, String name) {
    f = classifier;
    layer = layer(classifier.architecture(), name);
  }

  /**
   * The layer of that name.
   *
   * @throws UserException if there is none
   */
  static Layer layer(Architecture architecture, String name) {
    List<Layer> layers = LayerTap.of(architecture);
    if (layers.isEmpty()) {
      throw new UserException(
          "Grad-CAM needs a layer that gives images, which %s does not have: choose another method."
              .formatted(
                  architecture.family().isProgram()
                      ? "a TorchScript program"
                      : architecture.family().id()));
    }
    if (name.isEmpty()) {
      return layers.getLast();
    }
    return layers.stream()
        .filter(layer -> layer.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new UserException(
                    "There is no layer \"%s\": choose among %s."
                        .formatted(
                            name, String.join(", ", layers.stream().map(Layer::name).toList()))));
  }

  /** A map for each of N images, of one channel and the image's size, at least 0. */
  List<Image> of(List<Image> images, int[] classes) {
    InputShape shape = images.getFirst().shape();
    try (NDManager scratch = f.engine().manager().newSubManager()) {
      NDArray x = Pixels.toArray(images, scratch);
      x.setRequiresGradient(true);
      Seen seen = new Seen();
      NDArray logits =
          f.logits(
              x,
              (name, maps) -> {
                if (name.equals(layer.name())) {
                  seen.maps = maps;
                }
              });
      if (seen.maps == null) {
        throw new IllegalStateException("layer " + layer.name() + " was not computed");
      }
      float[] maps = weighted(seen.maps, CrossEntropy.ofClass(logits, classes).sum());
      int size = layer.shape().height() * layer.shape().width();
      List<Image> enlarged = new ArrayList<>();
      for (int i = 0; i < images.size(); i++) {
        enlarged.add(enlarged(maps, i * size, shape));
      }
      return enlarged;
    }
  }

  /** N × H × W values of N × C × H × W maps. */
  private float[] weighted(NDArray maps, NDArray score) {
    Autograd autograd = f.engine().autograd();
    NDArray gradient = autograd.float32(autograd.gradient(score, maps));
    NDArray values = autograd.float32(maps.stopGradient());
    boolean channelsLast = !maps.getShape().equals(expected(maps.getShape().get(0)));
    int channel = channelsLast ? 3 : 1;
    int first = channelsLast ? 1 : 2;
    return gradient
        .mean(new int[] {first}, true)
        .mean(new int[] {first + 1}, true)
        .mul(values)
        .sum(new int[] {channel})
        .maximum(0)
        .toFloatArray();
  }

  /** What most layers give; ConvNeXt's blocks have the channels last. */
  private Shape expected(long n) {
    return new Shape(n, layer.shape().channels(), layer.shape().height(), layer.shape().width());
  }

  private Image enlarged(float[] maps, int from, InputShape shape) {
    int height = layer.shape().height();
    int width = layer.shape().width();
    float[] pixels = new float[shape.height() * shape.width()];
    for (int y = 0; y < shape.height(); y++) {
      double row = place(y, shape.height(), height);
      int top = (int) row;
      int below = Math.min(top + 1, height - 1);
      for (int x = 0; x < shape.width(); x++) {
        double column = place(x, shape.width(), width);
        int left = (int) column;
        int right = Math.min(left + 1, width - 1);
        double upper =
            mixed(maps[from + top * width + left], maps[from + top * width + right], column - left);
        double lower =
            mixed(
                maps[from + below * width + left],
                maps[from + below * width + right],
                column - left);
        pixels[y * shape.width() + x] = (float) mixed(upper, lower, row - top);
      }
    }
    return new Image(new InputShape(1, shape.height(), shape.width()), pixels);
  }

  /** Of a pixel's middle, among the middles of fewer; corners are not aligned. */
  private static double place(int pixel, int pixels, int cells) {
    return Math.clamp((pixel + 0.5) * cells / pixels - 0.5, 0, cells - 1.0);
  }

  private static double mixed(double a, double b, double share) {
    return a + share * (b - a);
  }
}
