package org.pagexplorer.lab.measure;

import org.pagexplorer.domain.Named;

/**
 * Signs that a robust accuracy is not what it seems (Athalye et al. 2018; Carlini et al. 2019;
 * Pintor et al. 2022).
 */
public enum IntegrityCheck implements Named {
  ZERO_GRADIENTS(
      "zero gradients",
      "Gradients that are exactly zero give the attack nothing to follow: the model hides behind"
          + " them, and the accuracy may be far too high."),
  MORE_STEPS(
      "more steps are weaker",
      "Twice as many steps found less than the attack itself: it has not converged, or its"
          + " gradients mislead it."),
  ONE_STEP(
      "one step is stronger",
      "A single step of size ε (FGSM) finds more than the whole attack: its gradients mislead it."),
  UNBOUNDED(
      "unbounded attack fails",
      "Within a ball that holds every picture, each image can be misclassified; an attack that"
          + " cannot even do that does not work on this model."),
  NOISE(
      "noise is stronger",
      "Random noise of the same size fools the model more often than the attack does."),
  TRANSFER(
      "transfer is stronger",
      "Pictures made to fool another model fool this one more often than those made for it: its own"
          + " gradients are masked."),
  FEW_IMAGES(
      "few images",
      "On fewer than 100 images the interval is wide; differences of several points mean nothing.");

  private final String title;
  private final String meaning;

  IntegrityCheck(String title, String meaning) {
    this.title = title;
    this.meaning = meaning;
  }

  /** What is wrong, in a few words. */
  @Override
  public String title() {
    return title;
  }

  /** What that means, in a sentence. */
  public String meaning() {
    return meaning;
  }
}
