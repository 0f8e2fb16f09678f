package org.pagexplorer.cli;

import picocli.CommandLine.Option;

/** What is drawn at random, so that it can be drawn again. */
final class SeedOption {
  @Option(
      names = "--seed",
      paramLabel = "S",
      description =
          "seed of all random choices; on a CPU it fixes the result (default: ${DEFAULT-VALUE})")
  long value;

  /**
   * @param usual if the command line does not say
   */
  SeedOption(long usual) {
    value = usual;
  }
}
