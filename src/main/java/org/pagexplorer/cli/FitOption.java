package org.pagexplorer.cli;

import org.pagexplorer.dataset.Fit;
import picocli.CommandLine.Option;

/** How a dataset's images become a model's inputs. */
final class FitOption {
  @Option(
      names = "--fit",
      paramLabel = "crop|squash",
      description =
          "how images of another size become the model's: the middle of them, or all, with other"
              + " proportions (default: ${DEFAULT-VALUE})")
  Fit value = Fit.CROP;
}
