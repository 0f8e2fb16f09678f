package org.pagexplorer.lab.measure;

import java.util.List;
import java.util.Optional;
import org.pagexplorer.domain.AttackMethod;
import org.pagexplorer.domain.InputShape;
import org.pagexplorer.domain.Norm;
import org.pagexplorer.domain.Presets;
import org.pagexplorer.domain.RobustnessAttack;
import org.pagexplorer.domain.ThreatModel;
import org.pagexplorer.lab.attack.SpecificationFields;

/**
 * A column of accuracies.
 *
 * @param attack under which; empty for none
 */
public record Column(Optional<RobustnessAttack> attack) {
  public static final Column CLEAN = new Column(Optional.empty());

  public static Column of(RobustnessAttack attack) {
    return new Column(Optional.of(attack));
  }

  /** The paper's Tables 1 and 2 (section C.2): clean, L∞ PGD-20, L2 PGD-20. */
  public static List<Column> paper(InputShape shape, long seed) {
    return List.of(
        CLEAN,
        usual(AttackMethod.PGD, Norm.LINF, shape, seed),
        usual(AttackMethod.PGD, Norm.L2, shape, seed));
  }

  /** An attack in the ball of the paper's evaluation. */
  public static Column usual(AttackMethod method, Norm norm, InputShape shape, long seed) {
    ThreatModel threat = new ThreatModel(norm, Presets.evaluationEpsilon(norm, shape));
    return of(RobustnessAttack.usual(method, threat, seed));
  }

  /** For instance {@code clean} or {@code L2 PGD-20}. */
  public String title() {
    return attack.map(RobustnessAttack::title).orElse("clean");
  }

  /** The same with the radius: {@code L2 PGD-20, ε = 0.5}. */
  public String longTitle() {
    return attack
        .map(a -> a.title() + ", ε = " + SpecificationFields.number(a.threat().epsilon()))
        .orElse("clean");
  }

  /** Forward and backward passes an image, at most. */
  double passes(int classes) {
    return attack.map(a -> a.passes(classes)).orElse(1 / 3.0);
  }
}
