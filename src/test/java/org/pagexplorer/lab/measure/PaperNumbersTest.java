package org.pagexplorer.lab.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.pagexplorer.domain.Architecture;
import org.pagexplorer.domain.AttackMethod;
import org.pagexplorer.domain.InputShape;
import org.pagexplorer.domain.ModelCard;
import org.pagexplorer.domain.Norm;
import org.pagexplorer.domain.Normalization;
import org.pagexplorer.domain.RobustnessAttack;
import org.pagexplorer.domain.ThreatModel;

class PaperNumbersTest {

  private static ModelCard card(String method, String dataset, String teacher) {
    return new ModelCard(
        "m",
        Architecture.resNet18(2, InputShape.CIFAR, 2),
        List.of("a", "b"),
        Normalization.identity(3),
        method,
        Map.of("teacher", teacher),
        0,
        dataset,
        "",
        "",
        "",
        List.of());
  }

  private static Column l2(double epsilon) {
    return Column.of(
        RobustnessAttack.usual(AttackMethod.PGD, new ThreatModel(Norm.L2, epsilon), 0));
  }

  private static void assertHundredths(int expected, Optional<Double> share) {
    assertEquals(expected, Math.round(1e4 * share.orElseThrow()));
  }

  @Test
  void theCardSaysWhichRowItIs() {
    assertHundredths(5062, PaperNumbers.of(card("class-mean", "CIFAR-10", ""), l2(0.5)));
    assertHundredths(4194, PaperNumbers.of(card("nearest-neighbor", "STL-10", ""), l2(1.5)));
    assertHundredths(6504, PaperNumbers.of(card("rigd", "CIFAR-10", "Robust L2"), l2(0.5)));
    assertHundredths(8494, PaperNumbers.of(card("rigd", "CIFAR-10", "linf.pt"), Column.CLEAN));
  }

  @Test
  void whatThePaperDoesNotHaveIsEmpty() {
    assertEquals(Optional.empty(), PaperNumbers.of(card("class-mean", "CIFAR-10", ""), l2(0.25)));
    assertEquals(Optional.empty(), PaperNumbers.of(card("class-mean", "CIFAR-100", ""), l2(0.5)));
    assertEquals(Optional.empty(), PaperNumbers.of(card("adversarial", "CIFAR-10", ""), l2(0.5)));
    assertEquals(Optional.empty(), PaperNumbers.of(card("rigd", "CIFAR-10", "mine"), l2(0.5)));
    Column suite =
        Column.of(RobustnessAttack.usual(AttackMethod.SUITE, new ThreatModel(Norm.L2, 0.5), 0));
    assertEquals(Optional.empty(), PaperNumbers.of(card("vanilla", "CIFAR-10", ""), suite));
  }
}
