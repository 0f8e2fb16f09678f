package org.pagexplorer.cli;

import org.pagexplorer.dataset.Split;
import picocli.CommandLine.Option;

/** Which images of a dataset. */
final class SplitOption {
  @Option(
      names = "--split",
      paramLabel = "NAME",
      description =
          "which split of the dataset to use: test, train, val, or another one that it has"
              + " (default: test, or what there is)")
  Split value = Split.ANY;
}
