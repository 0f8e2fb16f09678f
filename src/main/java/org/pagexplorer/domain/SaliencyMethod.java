package org.pagexplorer.domain;

/** How an image is asked which of its pixels a class's score depends on. */
public enum SaliencyMethod implements Named {
  /** ∇ₓ f(x)_c, of the logit (Simonyan et al. 2014). */
  GRADIENT("Gradient"),
  /** ∇ₓ log p(c | x). */
  LOG_PROBABILITY("Log-probability gradient"),
  /** ∇ₓ −log p(c | x), the gradient of the training loss with c as the label. */
  LOSS("Loss gradient"),
  /** E ∇ₓ f(x + η)_c with Gaussian η (Smilkov et al. 2017). */
  SMOOTHGRAD("SmoothGrad"),
  /** (x − x₀) ∫ ∇ₓ f(x₀ + α (x − x₀))_c dα (Sundararajan et al. 2017). */
  INTEGRATED_GRADIENTS("Integrated gradients"),
  /** ∇ₓ log E p(c | x + η), of the smoothed classifier (Salman et al. 2019; Kaur et al. 2019). */
  SMOOTHED("Smoothed model"),
  /** A layer's maps, weighted by the mean gradients of the logit (Selvaraju et al. 2017). */
  GRAD_CAM("Grad-CAM");

  private final String title;

  SaliencyMethod(String title) {
    this.title = title;
  }

  @Override
  public String title() {
    return title;
  }

  /** Whether it has a sign and a value per channel; Grad-CAM is one map that is never negative. */
  public boolean isSigned() {
    return this != GRAD_CAM;
  }

  /** Whether it looks at several noisy copies of the image. */
  public boolean isNoisy() {
    return this == SMOOTHGRAD || this == SMOOTHED;
  }
}
