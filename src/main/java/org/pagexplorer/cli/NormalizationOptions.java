package org.pagexplorer.cli;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.pagexplorer.domain.Normalization;
import org.pagexplorer.domain.UserException;
import org.pagexplorer.domain.UsualNormalization;
import org.pagexplorer.domain.WrittenNormalization;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** What {@code pag import} is told of a model's normalization. */
final class NormalizationOptions {
  @Option(
      names = "--normalization",
      paramLabel = "NAME",
      description =
          "mean and std by name: none, cifar10, cifar10-kuangliu, cifar100, stl10, imagenet, mnist,"
              + " fashion-mnist, half")
  @Nullable String normalization;

  @Option(
      names = "--mean",
      converter = Fractions.OfPixels.class,
      split = ",",
      paramLabel = "M",
      description =
          "instead of a name: one value per channel for pixels in [0, 1], such as 0.49 or 125/255;"
              + " values for pixels in 0 to 255 are divided by 255")
  List<Double> mean = List.of();

  @Option(
      names = "--std",
      converter = Fractions.OfPixels.class,
      split = ",",
      paramLabel = "S",
      description = "the same for the standard deviation")
  List<Double> std = List.of();

  /** What was said, if anything; says so where it was divided by 255. */
  Optional<Normalization> said(int channels, CommandSpec spec) {
    if (normalization != null) {
      return Optional.of(named(normalization, channels));
    }
    if (mean.isEmpty() != std.isEmpty()) {
      throw new UserException("Specify both --mean and --std, or neither.");
    }
    return mean.isEmpty() ? Optional.empty() : Optional.of(values(spec));
  }

  private Normalization named(String name, int channels) {
    if (!mean.isEmpty() || !std.isEmpty()) {
      throw new UserException("Specify either --normalization, or --mean and --std.");
    }
    return UsualNormalization.of(name)
        .of(channels)
        .orElseThrow(
            () ->
                new UserException(
                    "The normalization %s is for images whose number of channels is not the model's, %d: choose one of %s, or use --mean and --std."
                        .formatted(
                            name, channels, String.join(", ", UsualNormalization.ids(channels)))));
  }

  private Normalization values(CommandSpec spec) {
    WrittenNormalization written = WrittenNormalization.of(mean, std, "--mean", "--std");
    Normalization taken = written.normalization();
    if (written.isDivided()) {
      Report.note(
          spec,
          "--mean and --std are of pixels in 0 to 255, so they were divided by 255: %s and %s."
              .formatted(words(taken.mean()), words(taken.std())));
    }
    return taken;
  }

  /** What was said, by its option. */
  String option() {
    return normalization == null ? "--mean" : "--normalization " + normalization;
  }

  /** A normalization in words. */
  static String words(Normalization normalization) {
    return "mean %s and std %s".formatted(words(normalization.mean()), words(normalization.std()));
  }

  private static String words(List<Double> values) {
    return WrittenNormalization.words(values);
  }
}
