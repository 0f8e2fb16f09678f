package org.pagexplorer.cli;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.pagexplorer.domain.AttackSpecification;
import org.pagexplorer.domain.AttackSpecification.Keep;
import org.pagexplorer.domain.AttackSpecification.Loss;
import org.pagexplorer.domain.AttackSpecification.StepRule;
import org.pagexplorer.domain.InputShape;
import org.pagexplorer.domain.Norm;
import org.pagexplorer.domain.Presets;
import org.pagexplorer.domain.ThreatModel;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** Everything that fixes the attack of {@code pag attack}. */
final class AttackOptions {

  @Option(
      names = "--norm",
      paramLabel = "l2|linf",
      defaultValue = "l2",
      description = "what bounds the perturbation (default: ${DEFAULT-VALUE})")
  Norm norm = Norm.L2;

  @Option(
      names = "--epsilon",
      paramLabel = "E",
      description =
          "the bound for pixels in [0, 1], as 0.031 or 8/255 (default, chosen: l2 10 for 32×32 and"
              + " 30 for 96×96, linf 0.18)")
  @Nullable Double epsilon;

  @Option(
      names = "--steps",
      paramLabel = "T",
      defaultValue = "50",
      description = "PGD steps (default: ${DEFAULT-VALUE})")
  int steps = 50;

  @Option(
      names = "--step-size",
      paramLabel = "A",
      description = "size of a step, as 0.005 or 2/255 (default, chosen: 2.5 E / T)")
  @Nullable Double stepSize;

  @Option(
      names = "--step-rule",
      paramLabel = "normalized|raw",
      defaultValue = "normalized",
      description = "A·g/‖g‖ or A·sign(g), or A·g as Algorithm 1 says (default: ${DEFAULT-VALUE})")
  StepRule stepRule = StepRule.NORMALIZED;

  @Option(
      names = "--loss",
      paramLabel = "ce|logit",
      defaultValue = "ce",
      description = "cross-entropy, or the class's logit itself (default: ${DEFAULT-VALUE})")
  Loss loss = Loss.CROSS_ENTROPY;

  @Option(names = "--random-start", description = "begin at a random point of the ball")
  boolean randomStart;

  @Option(
      names = "--restarts",
      paramLabel = "R",
      defaultValue = "1",
      description =
          "random restarts; the best result per image is kept (default: ${DEFAULT-VALUE})")
  int restarts = 1;

  @Option(
      names = "--keep",
      paramLabel = "last|best",
      defaultValue = "last",
      description = "which iterate is the result (default: ${DEFAULT-VALUE})")
  Keep keep = Keep.LAST;

  @Option(names = "--no-clip", description = "let pixels leave [0, 1], as Algorithm 1 does")
  boolean noClip;

  @Option(
      names = "--seed",
      paramLabel = "S",
      defaultValue = "0",
      description = "fixes the random starts (default: ${DEFAULT-VALUE})")
  long seed;

  /** The attack on images of that shape; a value out of range is a wrong command line. */
  AttackSpecification specification(InputShape shape, CommandSpec spec) {
    double radius =
        Objects.requireNonNullElseGet(epsilon, () -> Presets.pictureEpsilon(norm, shape));
    double size =
        Objects.requireNonNullElseGet(
            stepSize, () -> AttackSpecification.pictureStepSize(radius, steps));
    try {
      if (stepRule == StepRule.NORMALIZED && stepSize != null) {
        ThreatModel.checkPixels(norm, stepSize, "step size");
      }
      return new AttackSpecification(
          Balls.asked(norm, radius, shape, spec),
          steps,
          size,
          stepRule,
          loss,
          randomStart,
          restarts,
          keep,
          !noClip,
          seed);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
    }
  }
}
