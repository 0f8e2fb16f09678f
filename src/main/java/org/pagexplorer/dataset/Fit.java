package org.pagexplorer.dataset;

/** How an image becomes one of another size. */
public enum Fit {
  /** The middle, cut to the other size's proportions, is resized. */
  CROP,
  /** All of it is resized, which changes its proportions. */
  SQUASH
}
