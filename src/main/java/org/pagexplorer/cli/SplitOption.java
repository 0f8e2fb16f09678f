package org.pagexplorer.cli;

import org.pagexplorer.dataset.Split;
import picocli.CommandLine.Option;

/** Which images of a data set. */
final class SplitOption {
  @Option(
      names = "--split",
      paramLabel = "train|test",
      description = "which part of the data set (default: ${DEFAULT-VALUE})")
  Split value = Split.TEST;
}
