package org.pagexplorer.cli;

import picocli.CommandLine.Option;

/** Which of a file's sets of weights. */
final class FileWeightsOption {
  @Option(
      names = "--weights",
      paramLabel = "PATH",
      description =
          "which set of weights to use if the file has several (default: the most likely one)")
  String place = "";
}
