package org.pagexplorer.cli;

import org.pagexplorer.dataset.Fit;
import picocli.CommandLine.Option;

/** How a dataset's images become a model's inputs. */
final class FitOption {
  @Option(
      names = "--fit",
      paramLabel = "crop|squash",
      description =
          "how images of another size are resized: crop keeps the middle, squash keeps everything"
              + " and changes the proportions (default: ${DEFAULT-VALUE})")
  Fit value = Fit.CROP;
}
