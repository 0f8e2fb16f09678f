package org.pagexplorer.cli;

import java.nio.file.Path;
import java.util.List;
import org.pagexplorer.lab.model.OpenModel;
import picocli.CommandLine.Option;

/** The models that a command puts side by side. */
final class ModelOptions {
  @Option(
      names = "--model",
      paramLabel = "FILE",
      arity = "1..*",
      required = true,
      description = "checkpoints of the same classes")
  private List<Path> files = List.of();

  /**
   * The models, one or more.
   *
   * @param weights which of a file's sets of weights is meant
   */
  List<OpenModel> read(WeightsOption weights) {
    return weights.read(files);
  }
}
