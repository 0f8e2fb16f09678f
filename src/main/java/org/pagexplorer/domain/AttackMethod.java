package org.pagexplorer.domain;

import java.util.List;

/** How a point is looked for that a classifier names wrongly. */
public enum AttackMethod {
  /** Projected gradient descent (Madry et al. 2018), as the paper measures. */
  PGD("pgd", "PGD"),
  /** The same, begun anew several times. */
  PGD_RESTARTS("pgd-restarts", "PGD restarts"),
  /** Auto-PGD on the cross-entropy (Croce and Hein 2020). */
  APGD_CE("apgd-ce", "APGD-CE"),
  /** Auto-PGD on the targeted difference of logits ratio, a target at a time (ibid.). */
  APGD_T("apgd-t", "APGD-T"),
  /** Random search over squares, without gradients (Andriushchenko et al. 2020). */
  SQUARE("square", "Square"),
  /** PGD, APGD-CE, APGD-T and Square; the worst of them for each image. */
  SUITE("suite", "Suite");

  private final String id;
  private final String title;

  AttackMethod(String id, String title) {
    this.id = id;
    this.title = title;
  }

  /** The name in files and on the command line. */
  public String id() {
    return id;
  }

  /** The name for people. */
  public String title() {
    return title;
  }

  /** What it consists of, in the order in which they run: itself, but for the suite. */
  public List<AttackMethod> parts() {
    return this == SUITE ? List.of(PGD, APGD_CE, APGD_T, SQUARE) : List.of(this);
  }
}
