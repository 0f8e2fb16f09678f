package org.pagexplorer.cli;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.pagexplorer.domain.ClassNames;
import org.pagexplorer.domain.LayerUnit;
import org.pagexplorer.lab.attack.Aim;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What images are turned into where that is not one class each. */
final class AimOptions {
  private static final int STRIP = 5;

  @Option(
      names = "--between",
      paramLabel = "CLASS,CLASS",
      split = ",",
      description = "from one class to another, such as cat,dog")
  List<String> between = List.of();

  @Option(
      names = "--at",
      paramLabel = "T",
      split = ",",
      description =
          "with --between: how far from the first class to the second, a column each, from 0 to 1"
              + " (default: 0,0.25,0.5,0.75,1)")
  List<Double> at = List.of();

  @Option(
      names = "--feature",
      paramLabel = "LAYER:CHANNEL[:ROW:COLUMN]",
      split = ",",
      description =
          "toward what a unit of a layer reacts to, such as layer3.1.conv2:17: a channel's mean, or"
              + " one place of it; several make a column each")
  List<String> features = List.of();

  @Option(names = "--away-from-all", description = "toward all classes being equally likely")
  boolean awayFromAll;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  /**
   * Before any work.
   *
   * @param others whether classes are asked for otherwise
   */
  void check(boolean others) {
    long asked =
        Stream.of(!between.isEmpty(), !features.isEmpty(), awayFromAll, others)
            .filter(one -> one)
            .count();
    check(
        asked <= 1,
        "Choose one of --targets, --untargeted, --between, --feature, and --away-from-all");
    check(between.isEmpty() || between.size() == 2, "--between takes two classes, such as cat,dog");
    check(at.isEmpty() || !between.isEmpty(), "--at goes with --between");
    units();
  }

  private void check(boolean holds, String sentence) {
    if (!holds) {
      throw new ParameterException(spec.commandLine(), sentence);
    }
  }

  private List<LayerUnit> units() {
    return features.stream().map(LayerUnit::parse).toList();
  }

  boolean isGiven() {
    return !between.isEmpty() || !features.isEmpty() || awayFromAll;
  }

  /** What was asked for, if anything, by the models' class names. */
  Optional<Aim> aim(List<String> classes) {
    if (!between.isEmpty()) {
      String from = ClassNames.word(classes, ClassNames.index(classes, between.getFirst()));
      String to = ClassNames.word(classes, ClassNames.index(classes, between.getLast()));
      return Optional.of(
          BallOptions.checked(
              spec,
              () ->
                  at.isEmpty()
                      ? Aim.Between.strip(from, to, STRIP)
                      : new Aim.Between(from, to, at)));
    }
    if (!features.isEmpty()) {
      return Optional.of(BallOptions.checked(spec, () -> new Aim.Features(units())));
    }
    return awayFromAll ? Optional.of(new Aim.AwayFromAll()) : Optional.empty();
  }
}
