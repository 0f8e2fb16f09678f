package org.pagexplorer.cli;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The data set that a command measures on. */
final class DatasetOption {
  @Option(
      names = "--dataset",
      paramLabel = "DIR",
      required = true,
      description = "folder of a data set")
  Path folder = Path.of("");
}
