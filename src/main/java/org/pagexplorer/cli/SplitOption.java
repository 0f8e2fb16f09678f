package org.pagexplorer.cli;

import org.pagexplorer.dataset.Split;
import picocli.CommandLine.Option;

/** Which images of a dataset. */
final class SplitOption {
  @Option(
      names = "--split",
      paramLabel = "NAME",
      description =
          "which part of the dataset, as test, train, val or what else it has (default: test, or"
              + " what there is)")
  Split value = Split.ANY;
}
