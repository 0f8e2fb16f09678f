package org.pagexplorer.domain;

import java.util.List;

/** How a point is looked for that a classifier names wrongly. */
public enum AttackMethod implements Named {
  /** Projected gradient descent (Madry et al. 2018), as the paper measures. */
  PGD("PGD"),
  /** The same, started over several times. */
  PGD_RESTARTS("PGD restarts"),
  /** Auto-PGD on the cross-entropy (Croce and Hein 2020). */
  APGD_CE("APGD-CE"),
  /** Auto-PGD on the targeted difference of logits ratio, a target at a time (ibid.). */
  APGD_T("APGD-T"),
  /** Random search over squares, without gradients (Andriushchenko et al. 2020). */
  SQUARE("Square"),
  /** PGD, APGD-CE, APGD-T and Square; the worst of them for each image. */
  SUITE("Suite");

  private final String title;

  AttackMethod(String title) {
    this.title = title;
  }

  @Override
  public String title() {
    return title;
  }

  /** What it consists of, in the order in which they run: itself, but for the suite. */
  public List<AttackMethod> parts() {
    return this == SUITE ? List.of(PGD, APGD_CE, APGD_T, SQUARE) : List.of(this);
  }
}
