package org.pagexplorer.cli;

import org.pagexplorer.dataset.Fit;
import picocli.CommandLine.Help.Visibility;
import picocli.CommandLine.Option;

/** How a dataset's images become a model's inputs. */
final class FitOption {
  @Option(
      names = "--fit",
      paramLabel = "crop|squash",
      showDefaultValue = Visibility.NEVER,
      description =
          "how images of another size are resized: crop keeps the middle, squash keeps everything"
              + " and changes the proportions (default: ${DEFAULT-VALUE})")
  Fit value = Fit.CROP;
}
