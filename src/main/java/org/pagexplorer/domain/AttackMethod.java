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
  /** Auto-PGD on the difference of logits ratio (ibid.). */
  APGD_DLR("APGD-DLR"),
  /** Auto-PGD on the targeted difference of logits ratio, a target at a time (ibid.). */
  APGD_T("APGD-T"),
  /** FAB toward a target at a time: the shortest way out (Croce and Hein 2020). */
  FAB_T("FAB-T"),
  /** Random search over squares, without gradients (Andriushchenko et al. 2020). */
  SQUARE("Square"),
  /** PGD, APGD-CE, APGD-T and Square; the worst of them for each image. */
  SUITE("Suite"),
  /** AutoAttack's standard version (Croce and Hein 2020): its four attacks in its order. */
  AUTOATTACK("AutoAttack"),
  /** AutoAttack's version for randomized models, which averages gradients over 20 calls. */
  AUTOATTACK_RAND("AutoAttack rand");

  private final String title;

  AttackMethod(String title) {
    this.title = title;
  }

  @Override
  public String title() {
    return title;
  }

  /** What it consists of, in the order in which they run: itself, but for the suites. */
  public List<AttackMethod> parts() {
    return switch (this) {
      case SUITE -> List.of(PGD, APGD_CE, APGD_T, SQUARE);
      case AUTOATTACK -> List.of(APGD_CE, APGD_T, FAB_T, SQUARE);
      case AUTOATTACK_RAND -> List.of(APGD_CE, APGD_DLR);
      case PGD, PGD_RESTARTS, APGD_CE, APGD_DLR, APGD_T, FAB_T, SQUARE -> List.of(this);
    };
  }

  /** Whether it is several attacks, each on the survivors of those before. */
  public boolean isSuite() {
    return parts().size() > 1;
  }
}
