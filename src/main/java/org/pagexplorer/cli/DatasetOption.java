package org.pagexplorer.cli;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The dataset that a command measures on. */
final class DatasetOption {
  @Option(
      names = "--dataset",
      paramLabel = "DIR",
      required = true,
      description = "a dataset's folder, or a file of one")
  Path folder = Path.of("");
}
