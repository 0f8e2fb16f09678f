package org.pagexplorer.cli;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Where a model is written. */
final class ModelOutput {
  @Option(
      names = "--out",
      paramLabel = "F",
      required = true,
      description = "where to write the model: F.safetensors")
  Path file = Path.of("");

  @Option(names = "--force", description = OutputFile.FORCE)
  boolean force;
}
