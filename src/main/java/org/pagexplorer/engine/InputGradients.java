package org.pagexplorer.engine;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.List;
import org.pagexplorer.domain.Alignment;
import org.pagexplorer.domain.Image;

/** The gradients that the paper's title is about. */
public final class InputGradients {
  private InputGradients() {}

  /**
   * ∇ₓ f(x)_c, the input-gradient of a class's logit.
   *
   * @param images N images
   * @param classes N classes
   * @return N gradients of the images' shape, unscaled
   */
  public static List<Image> ofLogit(Classifier classifier, List<Image> images, int[] classes) {
    TorchEngine engine = classifier.engine();
    try (NDManager scratch = engine.manager().newSubManager()) {
      NDArray x = Pixels.toArray(images, scratch);
      x.setRequiresGradient(true);
      NDArray logits = CrossEntropy.ofClass(classifier.logits(x), classes).sum();
      return Pixels.toImages(engine.autograd().gradient(logits, x), images.getFirst().shape());
    }
  }

  /**
   * ∇ₓ f(x)_c or ∇ₓ log p(c | x) of several classes, in one forward pass: what a RIGD teacher wants
   * (section 4.1).
   *
   * @param of of what
   * @param pixels N inputs, one after the other
   * @param classes K classes for each input, K × N
   * @return for each of the K rows N gradients, one after the other, unscaled
   */
  public static float[][] ofClasses(
      Alignment.Gradient of, Classifier classifier, float[] pixels, int[][] classes) {
    TorchEngine engine = classifier.engine();
    try (NDManager scratch = engine.manager().newSubManager()) {
      long n = pixels.length / classifier.architecture().input().size();
      NDArray x = scratch.create(pixels, new Shape(n).addAll(classifier.shape()));
      x.setRequiresGradient(true);
      float[] all =
          engine.autograd().classGradients(of, x, classifier.logits(x), classes).toFloatArray();
      float[][] gradients = new float[classes.length][];
      for (int k = 0; k < classes.length; k++) {
        gradients[k] = Arrays.copyOfRange(all, k * pixels.length, (k + 1) * pixels.length);
      }
      return gradients;
    }
  }

  /**
   * ∇ₓ (f(x)_a − f(x)_b), what separates two classes.
   *
   * @param pixels N inputs, one after the other
   * @return N gradients, one after the other, unscaled
   */
  public static float[] ofDifference(Classifier classifier, float[] pixels, int a, int b) {
    TorchEngine engine = classifier.engine();
    try (NDManager scratch = engine.manager().newSubManager()) {
      long n = pixels.length / classifier.architecture().input().size();
      NDArray x = scratch.create(pixels, new Shape(n).addAll(classifier.shape()));
      x.setRequiresGradient(true);
      NDArray logits = classifier.logits(x);
      NDArray difference =
          logits
              .mul(CrossEntropy.oneHot(a, logits))
              .sub(logits.mul(CrossEntropy.oneHot(b, logits)))
              .sum();
      return engine.autograd().gradient(difference, x).toFloatArray();
    }
  }
}
