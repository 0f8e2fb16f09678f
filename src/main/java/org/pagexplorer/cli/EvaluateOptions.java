package org.pagexplorer.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.pagexplorer.domain.AttackMethod;
import org.pagexplorer.domain.AttackSpecification;
import org.pagexplorer.domain.InputShape;
import org.pagexplorer.domain.Norm;
import org.pagexplorer.domain.Presets;
import org.pagexplorer.domain.RobustnessAttack;
import org.pagexplorer.domain.ThreatModel;
import org.pagexplorer.lab.measure.Column;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** The attacks of {@code pag evaluate}. */
final class EvaluateOptions {

  @Option(
      names = "--attack",
      paramLabel = "NAME",
      description =
          "pgd (the paper's), pgd-restarts, apgd-ce, apgd-dlr, apgd-t, fab-t, square; autoattack:"
              + " its standard four (apgd-ce, apgd-t, fab-t, square), each on the survivors of"
              + " those before; autoattack-rand: for randomized models, apgd-ce and apgd-dlr with"
              + " --eot 20; or suite: pgd, apgd-ce, apgd-t, square (default: ${DEFAULT-VALUE})")
  AttackMethod method = AttackMethod.PGD;

  @Option(
      names = "--norm",
      paramLabel = "l1|l2|linf",
      split = ",",
      defaultValue = "l2",
      description = "norms of the perturbation, one column for each (default: ${DEFAULT-VALUE})")
  List<Norm> norms = List.of(Norm.L2);

  @Option(
      names = "--epsilon",
      converter = Fractions.OfPixels.class,
      paramLabel = "E",
      split = ",",
      description =
          "radius of the perturbation for pixels in [0, 1], such as 0.031 or 8/255, one per norm"
              + " (default, as in the paper: l2 0.5 for 32×32 and 1.5 for 96×96, linf 0.031;"
              + " l1, as Croce and Hein 2021: 12 for 32×32)")
  List<Double> epsilons = List.of();

  @Option(
      names = "--steps",
      paramLabel = "T",
      description = "PGD's steps (default: 20), or Auto-PGD's and FAB's iterations (default: 100)")
  @Nullable Integer steps;

  @Option(
      names = "--step-size",
      converter = Fractions.OfPixels.class,
      paramLabel = "A",
      description = "PGD's, instead of 2E/T")
  @Nullable Double stepSize;

  @Option(
      names = "--restarts",
      paramLabel = "R",
      description = "PGD's random restarts (default: 1; pgd-restarts: 10)")
  @Nullable Integer restarts;

  @Option(
      names = "--queries",
      paramLabel = "Q",
      description = "Square's forward passes per image (default: ${DEFAULT-VALUE})")
  int queries = RobustnessAttack.USUAL_QUERIES;

  @Option(
      names = "--eot",
      paramLabel = "K",
      description =
          "for a randomized model: PGD and Auto-PGD average logits and gradients over so many calls"
              + " (default: 1; autoattack-rand: 20)")
  @Nullable Integer draws;

  @Mixin SeedOption seed = new SeedOption(0);

  /** Clean, and a column a norm; a value out of range is a wrong command line. */
  List<Column> columns(InputShape shape, CommandSpec spec) {
    if (!epsilons.isEmpty() && epsilons.size() != norms.size()) {
      throw new ParameterException(
          spec.commandLine(),
          "--epsilon needs a value for each norm: %d for %d"
              .formatted(epsilons.size(), norms.size()));
    }
    return BallOptions.checked(
        spec,
        () -> {
          List<Column> columns = new ArrayList<>(List.of(Column.CLEAN));
          for (int i = 0; i < norms.size(); i++) {
            columns.add(column(i, shape, spec));
          }
          return columns;
        });
  }

  private Column column(int i, InputShape shape, CommandSpec spec) {
    Norm norm = norms.get(i);
    double radius = epsilons.isEmpty() ? Presets.evaluationEpsilon(norm, shape) : epsilons.get(i);
    if (stepSize != null) {
      ThreatModel.checkPixels(norm, stepSize, "step size");
    }
    return Column.of(attack(BallOptions.asked(norm, radius, shape, spec)));
  }

  private RobustnessAttack attack(ThreatModel threat) {
    RobustnessAttack usual = RobustnessAttack.usual(method, threat, seed.value);
    boolean pgdAlone = method == AttackMethod.PGD || method == AttackMethod.PGD_RESTARTS;
    int pgdSteps = pgdAlone ? Objects.requireNonNullElse(steps, 20) : 20;
    int iterations =
        pgdAlone ? usual.iterations() : Objects.requireNonNullElse(steps, usual.iterations());
    AttackSpecification pgd = AttackSpecification.evaluation(threat, pgdSteps, seed.value);
    pgd = pgd.withThreat(threat, Objects.requireNonNullElse(stepSize, pgd.stepSize()));
    pgd = pgd.withRestarts(Objects.requireNonNullElse(restarts, usual.pgd().restarts()));
    return new RobustnessAttack(
        method, pgd, iterations, queries, Objects.requireNonNullElse(draws, usual.draws()));
  }
}
