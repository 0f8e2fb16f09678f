package org.pagexplorer.engine;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.List;
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
}
