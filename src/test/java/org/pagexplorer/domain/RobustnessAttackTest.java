package org.pagexplorer.domain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RobustnessAttackTest {
  @ParameterizedTest
  @EnumSource(
      value = AttackMethod.class,
      names = {"AUTOATTACK", "AUTOATTACK_RAND"})
  void onlyWhatIsUsedCountsForTheStandardEffort(AttackMethod method) {
    RobustnessAttack usual = RobustnessAttack.usual(method, new ThreatModel(Norm.L2, 0.5), 0);
    assertTrue(usual.isStandardEffort());
    boolean asks = method.parts().contains(AttackMethod.SQUARE);
    assertEquals(
        !asks,
        new RobustnessAttack(method, usual.pgd(), usual.iterations(), 7, usual.draws())
            .isStandardEffort());
    assertFalse(
        new RobustnessAttack(method, usual.pgd(), 7, usual.queries(), usual.draws())
            .isStandardEffort());
  }
}
