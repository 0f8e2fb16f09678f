package org.pagexplorer.cli;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.pagexplorer.lab.attack.SpecificationFields;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/**
 * What the numbers of all commands may be, by their options' first names: in one place, so that
 * none is forgotten (a test asks for each). What only an image or a model can tell is checked
 * later.
 */
final class Ranges {
  /** Both ends are allowed. */
  private record Range(double low, double high) {}

  private static final Range ANY = new Range(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);
  private static final Range COUNT = atLeast(1);
  private static final Range NOT_NEGATIVE = atLeast(0);

  /** Beyond it, float32 knows no pixels. */
  private static final Range SIZE = new Range(0, 1e6);

  private static final Map<String, Range> RANGES =
      Map.ofEntries(
          Map.entry("--at", new Range(0, 1)),
          Map.entry("--batch", COUNT),
          Map.entry("--cases", COUNT),
          Map.entry("--chunk", COUNT),
          Map.entry("--chunks", new Range(1, 10_000)),
          Map.entry("--clusters", COUNT),
          Map.entry("--code", new Range(0, 255)),
          Map.entry("--cpus", new Range(1, 100_000)),
          Map.entry("--crop-padding", NOT_NEGATIVE),
          Map.entry("--epochs", COUNT),
          Map.entry("--epsilon", SIZE),
          Map.entry("--first-seed", ANY),
          Map.entry("--gradient-norm-weight", SIZE),
          Map.entry("--gpus", new Range(0, 100_000)),
          Map.entry("--hours", NOT_NEGATIVE),
          Map.entry("--horizontal-flip", new Range(0, 1)),
          Map.entry("--index", NOT_NEGATIVE),
          Map.entry("--input-size", new Range(1, 4096)),
          Map.entry("--integrity-images", COUNT),
          Map.entry("--lambda", SIZE),
          Map.entry("--ig-steps", new Range(1, 10_000)),
          Map.entry("--limit", COUNT),
          Map.entry("--lr", new Range(Double.MIN_VALUE, 1e6)),
          Map.entry("--mask-epsilon", SIZE),
          Map.entry("--mean", ANY),
          Map.entry("--minutes", NOT_NEGATIVE),
          Map.entry("--momentum", new Range(0, 1)),
          Map.entry("--neighbors", COUNT),
          Map.entry("--" + "neighbours", COUNT),
          Map.entry("--one-image", NOT_NEGATIVE),
          Map.entry("--padding", new Range(0, 64)),
          Map.entry("--queries", new Range(1, 10_000_000)),
          Map.entry("--eot", new Range(1, 100_000)),
          Map.entry("--restarts", new Range(1, 10_000)),
          Map.entry("--rounds", new Range(1, 100_000)),
          Map.entry("--samples", new Range(1, 100_000)),
          Map.entry("--seed", ANY),
          Map.entry("--seeds", new Range(1, 10_000)),
          Map.entry("--sigma", SIZE),
          Map.entry("--std", ANY),
          Map.entry("--step-size", SIZE),
          Map.entry("--stride", new Range(1, 64)),
          Map.entry("--steps", new Range(0, 100_000)),
          Map.entry("--targets-per-step", COUNT),
          Map.entry("--test-images", COUNT),
          Map.entry("--threads", NOT_NEGATIVE),
          Map.entry("--weight-decay", SIZE),
          Map.entry("--width", new Range(1, 4096)));

  private Ranges() {}

  private static Range atLeast(double low) {
    return new Range(low, Double.POSITIVE_INFINITY);
  }

  /** Whether somebody has thought of what the option may be. */
  static boolean knows(OptionSpec option) {
    return RANGES.containsKey(option.names()[0]);
  }

  /** Whether it takes one number, or several. */
  static boolean isNumeric(ArgSpec option) {
    Class<?> type =
        option.isMultiValue() ? option.auxiliaryTypes()[0] : option.typeInfo().getType();
    return Number.class.isAssignableFrom(type) || type.isPrimitive() && type != boolean.class;
  }

  /**
   * Checks the command that was asked for, and runs it.
   *
   * @throws ParameterException saying what the option may be
   */
  static int checkAndRun(ParseResult line) {
    ParseResult command = line;
    while (command.hasSubcommand()) {
      command = command.subcommand();
    }
    if (!command.isUsageHelpRequested() && !command.isVersionHelpRequested()) {
      check(command);
    }
    return new CommandLine.RunLast().execute(line);
  }

  /**
   * Checks every number that was given.
   *
   * @throws ParameterException saying what the option may be
   */
  static void check(ParseResult command) {
    for (OptionSpec option : command.matchedOptions()) {
      Object value = option.getValue();
      Collection<?> values =
          value instanceof Collection<?> several ? several : List.of(Objects.requireNonNull(value));
      for (Object each : values) {
        if (each instanceof Number number) {
          wrong(option, number.doubleValue())
              .ifPresent(
                  sentence -> {
                    throw new ParameterException(
                        command.commandSpec().commandLine(), option.names()[0] + sentence);
                  });
        }
      }
    }
  }

  private static Optional<String> wrong(OptionSpec option, double value) {
    Range range = RANGES.getOrDefault(option.names()[0], ANY);
    if (value >= range.low() && value <= range.high()) {
      return Optional.empty();
    }
    String given = ", not " + SpecificationFields.number(value);
    if (range.low() == Double.MIN_VALUE) {
      return Optional.of(" must be above 0 and at most " + number(range.high()) + given);
    }
    return Optional.of(
        range.high() == Double.POSITIVE_INFINITY
            ? " must be at least " + number(range.low()) + given
            : " must be " + number(range.low()) + " to " + number(range.high()) + given);
  }

  private static String number(double end) {
    return String.format(Locale.ROOT, "%,d", (long) end);
  }
}
