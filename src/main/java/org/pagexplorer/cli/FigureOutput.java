package org.pagexplorer.cli;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.pagexplorer.lab.figure.GridSize;
import picocli.CommandLine.Option;

/** Where a figure is written, if it is. */
final class FigureOutput {
  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "the figure to write: .png, .pdf, or .svg")
  @Nullable Path file;

  /** Before any work. */
  void check() {
    if (file != null) {
      OutputFile.checkFigure(file, "--out");
    }
  }

  /** The same once it is known how large the figure will be. */
  void check(GridSize size) {
    if (file != null) {
      size.checkFigure(file);
    }
  }
}
