package org.pagexplorer.cli;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.pagexplorer.domain.AttackSpecification;
import org.pagexplorer.domain.AttackSpecification.Keep;
import org.pagexplorer.domain.AttackSpecification.Loss;
import org.pagexplorer.domain.AttackSpecification.StepRule;
import org.pagexplorer.domain.InputShape;
import org.pagexplorer.domain.ThreatModel;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** Everything that fixes the attack of {@code pag attack}. */
final class AttackOptions {

  @Option(
      names = "--step-size",
      converter = Fractions.OfPixels.class,
      paramLabel = "A",
      description = "size of a step, such as 0.005 or 2/255 (default, our choice: 2.5 E / T)")
  @Nullable Double stepSize;

  @Option(
      names = "--step-rule",
      paramLabel = "normalized|raw",
      description =
          "normalized is A·g/‖g‖ or A·sign(g); raw is A·g, as in Algorithm 1 (default:"
              + " ${DEFAULT-VALUE})")
  StepRule stepRule = StepRule.NORMALIZED;

  @Option(
      names = "--loss",
      paramLabel = "ce|logit",
      description = "cross-entropy, or the class's logit itself (default: ${DEFAULT-VALUE})")
  Loss loss = Loss.CROSS_ENTROPY;

  @Option(names = "--random-start", description = "start at a random point of the ball")
  boolean randomStart;

  @Option(
      names = "--restarts",
      paramLabel = "R",
      description =
          "random restarts; the best result per image is kept (default: ${DEFAULT-VALUE})")
  int restarts = 1;

  @Option(
      names = "--keep",
      paramLabel = "last|best",
      description = "which iterate is the result (default: ${DEFAULT-VALUE})")
  Keep keep = Keep.LAST;

  @Option(names = "--no-clip", description = "do not clip pixels to [0, 1], as in Algorithm 1")
  boolean noClip;

  @Mixin SeedOption seed = new SeedOption(0);

  /** The attack on images of that shape; a value out of range is a wrong command line. */
  AttackSpecification specification(BallOptions ball, InputShape shape, CommandSpec spec) {
    double radius = ball.radius(shape);
    double size =
        Objects.requireNonNullElseGet(
            stepSize, () -> AttackSpecification.pictureStepSize(radius, ball.steps));
    return BallOptions.checked(
        spec,
        () -> {
          if (stepRule == StepRule.NORMALIZED && stepSize != null) {
            ThreatModel.checkPixels(ball.norm, stepSize, "step size");
          }
          return new AttackSpecification(
              BallOptions.asked(ball.norm, radius, shape, spec),
              ball.steps,
              size,
              stepRule,
              loss,
              randomStart,
              restarts,
              keep,
              !noClip,
              seed.value);
        });
  }
}
