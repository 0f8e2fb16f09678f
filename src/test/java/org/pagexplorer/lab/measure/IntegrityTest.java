package org.pagexplorer.lab.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.pagexplorer.domain.AttackSpecification;
import org.pagexplorer.domain.Norm;
import org.pagexplorer.domain.ThreatModel;
import org.pagexplorer.engine.AttackObserver;
import org.pagexplorer.engine.Classifier;
import org.pagexplorer.engine.TorchEngine;
import org.pagexplorer.lab.measure.Integrity.Finding;

/** Masked models raise their flags, and honest ones do not. */
class IntegrityTest {
  @TempDir Path folder;

  private TorchEngine engine;

  @BeforeEach
  void open() {
    engine = TorchEngine.open("cpu");
    TorchEngine.useThreads(1);
  }

  @AfterEach
  void close() {
    engine.close();
  }

  /** A radius within which every picture can be given another colour. */
  private static AttackSpecification attack(Norm norm) {
    double epsilon =
        switch (norm) {
          case L1 -> 0.2 * 128;
          case L2 -> 0.3 * Math.sqrt(128);
          case LINF -> 0.2;
        };
    return AttackSpecification.evaluation(new ThreatModel(norm, epsilon), 10, 0);
  }

  private List<Finding> findings(Classifier f, List<Classifier> others, Norm norm, int images) {
    Integrity integrity =
        new Integrity(attack(norm), new Colours(images, 0.2), images, others.size());
    double before = -1;
    while (!integrity.isDone()) {
      assertTrue(integrity.progress() > before);
      before = integrity.progress();
      integrity.step(f, others, AttackObserver.NONE);
    }
    return integrity.findings();
  }

  private static Set<IntegrityCheck> flags(List<Finding> findings) {
    return findings.stream()
        .filter(Finding::flagged)
        .map(Finding::check)
        .collect(Collectors.toCollection(() -> EnumSet.noneOf(IntegrityCheck.class)));
  }

  @ParameterizedTest
  @EnumSource(Norm.class)
  void anHonestModelRaisesNoFlag(Norm norm) {
    try (Classifier honest = Colours.classifier(engine, folder, Colours.PLAIN, 30);
        Classifier other = Colours.classifier(engine, folder, Colours.PLAIN, 10)) {
      List<Finding> findings = findings(honest, List.of(other), norm, 120);
      assertEquals(Set.of(), flags(findings));
      assertEquals(IntegrityCheck.values().length, findings.size(), "every check was made");
    }
  }

  @ParameterizedTest
  @EnumSource(Norm.class)
  void logitsTimesTenThousandHideNothing(Norm norm) {
    try (Classifier scaled = Colours.classifier(engine, folder, Colours.PLAIN, 30e4);
        Classifier other = Colours.classifier(engine, folder, Colours.PLAIN, 30)) {
      assertEquals(Set.of(), flags(findings(scaled, List.of(other), norm, 120)));
    }
  }

  @ParameterizedTest
  @EnumSource(Norm.class)
  void aQuantiserInFrontIsFoundOut(Norm norm) {
    assertHidesBehindZeroGradients(norm);
  }

  private void assertHidesBehindZeroGradients(Norm norm) {
    try (Classifier masked = Colours.classifier(engine, folder, Colours.QUANTISED, 30);
        Classifier other = Colours.classifier(engine, folder, Colours.PLAIN, 30)) {
      Set<IntegrityCheck> flags = flags(findings(masked, List.of(other), norm, 120));
      assertTrue(
          flags.containsAll(
              Set.of(
                  IntegrityCheck.ZERO_GRADIENTS,
                  IntegrityCheck.UNBOUNDED,
                  IntegrityCheck.TRANSFER)),
          flags.toString());
    }
  }

  @Test
  void fewImagesAreAFlagOfTheirOwn() {
    try (Classifier honest = Colours.classifier(engine, folder, Colours.PLAIN, 30)) {
      List<Finding> findings = findings(honest, List.of(), Norm.L2, 12);
      assertEquals(Set.of(IntegrityCheck.FEW_IMAGES), flags(findings));
      assertTrue(
          findings.stream().noneMatch(f -> f.check() == IntegrityCheck.TRANSFER),
          "without another model nothing is transferred");
    }
  }

  @ParameterizedTest
  @CsvSource({"200, 4", "100, 2", "120, 2", "40, 1", "12, 1"})
  void twoPercentAreForgivenOrOneImage(int images, int forgiven) {
    assertEquals(forgiven, Integrity.forgiven(images));
  }

  /** The wrong sign of a gradient makes PGD worse than doing nothing. */
  @Test
  void misleadingGradientsAreFoundOut() {
    // Forwards the mean colour; backwards, by way of two detached terms, its negative.
    String misleading = "torch.sub(torch.mul(torch.detach(x), 2.), x)";
    try (Classifier masked = Colours.classifier(engine, folder, misleading, 30);
        Classifier other = Colours.classifier(engine, folder, Colours.PLAIN, 30)) {
      Set<IntegrityCheck> flags = flags(findings(masked, List.of(other), Norm.LINF, 120));
      assertTrue(
          flags.containsAll(Set.of(IntegrityCheck.UNBOUNDED, IntegrityCheck.TRANSFER)),
          flags.toString());
    }
  }
}
