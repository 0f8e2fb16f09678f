package org.pagexplorer.cli;

import picocli.CommandLine.Option;

/** How much a command computes at once. */
final class BatchOption {
  @Option(
      names = "--batch",
      paramLabel = "N",
      description = "images per batch (default: ${DEFAULT-VALUE})")
  int size;

  /**
   * @param usual if the command line does not say
   */
  BatchOption(int usual) {
    size = usual;
  }
}
