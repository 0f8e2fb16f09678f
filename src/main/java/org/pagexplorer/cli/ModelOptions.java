package org.pagexplorer.cli;

import java.nio.file.Path;
import java.util.List;
import org.pagexplorer.lab.model.OpenModel;
import picocli.CommandLine.Option;

/** The models that a command puts side by side. */
final class ModelOptions extends WeightsOption {
  @Option(
      names = "--model",
      paramLabel = "FILE",
      arity = "1..*",
      required = true,
      description = "checkpoints of the same classes")
  private List<Path> files = List.of();

  /** The models, one or more, with the weights that were asked for. */
  List<OpenModel> read() {
    return read(files);
  }
}
