package org.pagexplorer.cli;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The data set that a command measures on. */
final class DatasetOption {
  @Option(
      names = "--dataset",
      paramLabel = "DIR",
      required = true,
      description = "a data set's folder, or a file of one")
  Path folder = Path.of("");
}
