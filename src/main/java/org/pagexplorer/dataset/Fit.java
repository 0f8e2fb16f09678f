package org.pagexplorer.dataset;

import org.pagexplorer.domain.Named;

/** How an image becomes one of another size. */
public enum Fit implements Named {
  /** The middle, cut to the other size's proportions, is resized. */
  CROP,
  /** All of it is resized, which changes its proportions. */
  SQUASH
}
