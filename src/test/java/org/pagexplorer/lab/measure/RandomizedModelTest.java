package org.pagexplorer.lab.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.pagexplorer.domain.AttackMethod;
import org.pagexplorer.domain.AttackSpecification;
import org.pagexplorer.domain.Norm;
import org.pagexplorer.domain.RobustnessAttack;
import org.pagexplorer.domain.ThreatModel;
import org.pagexplorer.engine.AttackObserver;
import org.pagexplorer.engine.Classifier;
import org.pagexplorer.lab.measure.RobustnessTable.Piece;

/**
 * Expectation over transformation, on a classifier whose every call hides its gradient in noise.
 */
class RandomizedModelTest extends OnColours {
  /** x itself; but a call's gradient has hardly more than a random sign a pixel. */
  private static final String NOISY =
      "torch.add(x, torch.mul(torch.sub(x, torch.detach(x)), torch.mul(torch.randn_like(x), 4.)))";

  private static int survivors(RobustnessAttack attack, List<Classifier> classifiers) {
    RobustnessTable table =
        new RobustnessTable(
            List.of(Colours.model("plain"), Colours.model("noisy")),
            List.of(Column.of(attack)),
            new Colours(30, 0.3),
            30,
            30);
    for (Optional<Piece> next = table.next(); next.isPresent(); next = table.next()) {
      Piece piece = next.get();
      assertTrue(table.measure(piece, classifiers.get(piece.model()), AttackObserver.NONE));
    }
    return table.cell(1, 0).correct();
  }

  private static RobustnessAttack attack(AttackMethod method, int draws) {
    ThreatModel threat = new ThreatModel(Norm.LINF, 0.15);
    return new RobustnessAttack(method, AttackSpecification.evaluation(threat, 8, 0), 8, 10, draws);
  }

  @ParameterizedTest
  @EnumSource(
      value = AttackMethod.class,
      names = {"PGD", "APGD_CE", "APGD_DLR"})
  void gradientsOverManyCallsFindWhatThoseOfThePlainModelFind(AttackMethod method) {
    open(NOISY, 30);
    int plain = survivors(attack(method, 1), classifiers.reversed());
    int averaged = survivors(attack(method, 48), classifiers);
    int single = survivors(attack(method, 1), classifiers);
    assertTrue(plain > 3 && plain < 27, plain + " survivors of 30 say nothing");
    assertTrue(averaged - plain <= 3, averaged + " averaged, " + plain + " plain");
    assertTrue(single - averaged >= 3, averaged + " averaged, " + single + " by one call");
  }

  @Test
  void aModelThatIsNotRandomFaresAlikeWithOneCallAndMany() {
    open(Colours.PLAIN, 30);
    assertEquals(
        survivors(attack(AttackMethod.APGD_CE, 1), classifiers),
        survivors(attack(AttackMethod.APGD_CE, 3), classifiers));
  }
}
