package org.pagexplorer.lab.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pagexplorer.domain.Architecture;
import org.pagexplorer.domain.AttackMethod;
import org.pagexplorer.domain.Family;
import org.pagexplorer.domain.InputShape;
import org.pagexplorer.domain.ModelCard;
import org.pagexplorer.domain.Norm;
import org.pagexplorer.domain.Normalization;
import org.pagexplorer.domain.RobustnessAttack;
import org.pagexplorer.domain.ThreatModel;

class PaperNumbersTest {

  private static ModelCard card(String method, String dataset, String teacher) {
    return card(method, dataset, teacher, Architecture.resNet18(64, InputShape.CIFAR, 2), "50000");
  }

  private static ModelCard card(
      String method, String dataset, String teacher, Architecture network, String images) {
    return new ModelCard(
        "m",
        network,
        List.of("a", "b"),
        Normalization.identity(3),
        method,
        images.isEmpty()
            ? Map.of("teacher", teacher)
            : Map.of("teacher", teacher, "images", images),
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
    assertHundredths(
        5062, PaperNumbers.of(card("class-mean", "CIFAR-10", ""), l2(0.5), "CIFAR-10"));
    ModelCard stl =
        card("nearest-neighbor", "STL-10", "", Architecture.resNet18(64, InputShape.STL, 2), "");
    assertHundredths(4194, PaperNumbers.of(stl, l2(1.5), "STL-10"));
    assertHundredths(
        6504, PaperNumbers.of(card("rigd", "CIFAR-10", "Robust L2"), l2(0.5), "CIFAR-10"));
    assertHundredths(
        8494, PaperNumbers.of(card("rigd", "CIFAR-10", "linf.pt"), Column.CLEAN, "CIFAR-10"));
  }

  @Test
  void whatThePaperDoesNotHaveIsEmpty() {
    assertEquals(
        Optional.empty(),
        PaperNumbers.of(card("class-mean", "CIFAR-10", ""), l2(0.25), "CIFAR-10"));
    assertEquals(
        Optional.empty(),
        PaperNumbers.of(card("class-mean", "CIFAR-100", ""), l2(0.5), "CIFAR-100"));
    assertEquals(
        Optional.empty(),
        PaperNumbers.of(card("adversarial", "CIFAR-10", ""), l2(0.5), "CIFAR-10"));
    assertEquals(
        Optional.empty(), PaperNumbers.of(card("rigd", "CIFAR-10", "mine"), l2(0.5), "CIFAR-10"));
    Column l1 =
        Column.of(RobustnessAttack.usual(AttackMethod.PGD, new ThreatModel(Norm.L1, 12), 0));
    assertEquals(
        Optional.empty(), PaperNumbers.of(card("vanilla", "CIFAR-10", ""), l1, "CIFAR-10"));
    Column suite =
        Column.of(RobustnessAttack.usual(AttackMethod.SUITE, new ThreatModel(Norm.L2, 0.5), 0));
    assertEquals(
        Optional.empty(), PaperNumbers.of(card("vanilla", "CIFAR-10", ""), suite, "CIFAR-10"));
  }

  private static Optional<Double> classMean(ModelCard card, String measuredOn) {
    return PaperNumbers.of(card, Column.CLEAN, measuredOn);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "CIFAR-10 (JPEG)",
        "CIFAR-10 (subset)",
        "CIFAR-10 (training)",
        "CIFAR-100",
        "cifar-10",
        "CIFAR-10 of mine",
        "STL-10"
      })
  void numbersOfOtherImagesStandAlone(String other) {
    ModelCard papers = card("class-mean", "CIFAR-10", "");
    assertHundredths(8141, classMean(papers, "CIFAR-10"));
    assertEquals(Optional.empty(), classMean(papers, other), "measured on " + other);
    ModelCard trained = card("class-mean", other, "", papers.architecture(), "50000");
    assertEquals(Optional.empty(), classMean(trained, "CIFAR-10"), "trained on " + other);
    if (!other.equals("STL-10")) {
      assertEquals(Optional.empty(), classMean(trained, other), "both");
    }
  }

  @Test
  void numbersOfOtherNetworksOrOfFewerImagesStandAlone() {
    Architecture narrow = Architecture.resNet18(16, InputShape.CIFAR, 2);
    Architecture other = new Architecture(Family.PREACT_RESNET18, 64, InputShape.CIFAR, 2);
    Architecture papers = Architecture.resNet18(64, InputShape.CIFAR, 2);
    for (Architecture network : List.of(narrow, other)) {
      ModelCard card = card("class-mean", "CIFAR-10", "", network, "50000");
      assertEquals(Optional.empty(), classMean(card, "CIFAR-10"));
    }
    ModelCard part = card("class-mean", "CIFAR-10", "", papers, "3000");
    assertEquals(Optional.empty(), classMean(part, "CIFAR-10"));
    ModelCard silent = card("class-mean", "CIFAR-10", "", papers, "");
    assertHundredths(8141, classMean(silent, "CIFAR-10"));
  }

  @Test
  void anotherStepSizeIsAnotherAttack() {
    RobustnessAttack usual = l2(0.5).attack().orElseThrow();
    RobustnessAttack slow =
        new RobustnessAttack(
            usual.method(),
            usual.pgd().withThreat(usual.threat(), usual.pgd().stepSize() / 2),
            usual.iterations(),
            usual.queries());
    ModelCard card = card("class-mean", "CIFAR-10", "");
    assertHundredths(5062, PaperNumbers.of(card, Column.of(usual), "CIFAR-10"));
    assertEquals(Optional.empty(), PaperNumbers.of(card, Column.of(slow), "CIFAR-10"));
  }
}
