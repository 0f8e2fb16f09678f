package org.pagexplorer.cli;

import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.pagexplorer.domain.AttackSpecification;
import org.pagexplorer.domain.InputShape;
import org.pagexplorer.domain.Norm;
import org.pagexplorer.domain.Presets;
import org.pagexplorer.domain.ThreatModel;
import org.pagexplorer.lab.attack.SpecificationFields;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The ball within which pictures are painted, and in how many steps. */
final class BallOptions {
  @Option(
      names = "--norm",
      paramLabel = "l1|l2|linf",
      description = "norm of the perturbation (default: ${DEFAULT-VALUE})")
  Norm norm = Norm.L2;

  @Option(
      names = "--epsilon",
      converter = Fractions.OfPixels.class,
      paramLabel = "E",
      description =
          "radius of the perturbation for pixels in [0, 1], such as 0.18 or 46/255 (default, our"
              + " choice: l2 10 for 32×32 and 30 for 96×96, linf 0.18, l1 200 for"
              + " 32×32)")
  private @Nullable Double epsilon;

  @Option(
      names = "--steps",
      paramLabel = "T",
      description = "PGD steps (default: ${DEFAULT-VALUE})")
  int steps = 50;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  /** The radius for images of that shape, as it was given. */
  double radius(InputShape shape) {
    return Objects.requireNonNullElseGet(epsilon, () -> Presets.pictureEpsilon(norm, shape));
  }

  /** The usual attack for pictures; a value out of range is a wrong command line. */
  AttackSpecification pictures(InputShape shape) {
    return checked(
        spec, () -> AttackSpecification.pictures(asked(norm, radius(shape), shape, spec), steps));
  }

  /** Values that were given; one out of range is a wrong command line. */
  static <T> T checked(CommandSpec spec, Supplier<T> values) {
    try {
      return values.get();
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
    }
  }

  /**
   * Says so where the ball holds every image: 128/255 may be meant.
   *
   * @throws IllegalArgumentException as {@link ThreatModel#asked(Norm, double)}
   */
  static ThreatModel asked(Norm norm, double epsilon, InputShape shape, CommandSpec spec) {
    double diameter = norm.diameter(shape);
    if (norm != Norm.LINF && epsilon > diameter) {
      Report.note(
          spec,
          "No two images of %s are farther apart than %.1f in %s, so that an epsilon of %s holds them all; pixels are in [0, 1]."
              .formatted(shape, diameter, norm.title(), SpecificationFields.number(epsilon)));
    }
    return ThreatModel.asked(norm, epsilon);
  }
}
