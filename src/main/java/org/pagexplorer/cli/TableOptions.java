package org.pagexplorer.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pagexplorer.domain.UserException;
import org.pagexplorer.files.TextFile;
import org.pagexplorer.lab.measure.ResultTable;
import picocli.CommandLine.Option;

/** Files that a command's table is written to. */
final class TableOptions {

  @Option(names = "--csv", paramLabel = "FILE", description = "write the table as CSV")
  @Nullable Path csv;

  @Option(
      names = "--latex",
      paramLabel = "FILE",
      description = "write the table for LaTeX (booktabs)")
  @Nullable Path latex;

  /** Before the work: whether the files can be written. */
  void check() {
    if (csv != null) {
      OutputFile.check(csv, "--csv");
    }
    if (latex != null) {
      OutputFile.check(latex, "--latex");
    }
    if (csv != null && latex != null && isSame(csv, latex)) {
      throw new UserException("--csv and --latex are the same file; choose two.");
    }
  }

  private static boolean isSame(Path one, Path other) {
    return one.toAbsolutePath().normalize().equals(other.toAbsolutePath().normalize());
  }

  /** Writes what was asked for; one sentence per file. */
  List<String> write(ResultTable whole, ResultTable compact) {
    List<String> said = new ArrayList<>();
    if (csv != null) {
      said.add(write(csv, whole.csv()));
    }
    if (latex != null) {
      said.add(write(latex, compact.latex()));
    }
    return said;
  }

  private static String write(Path file, String text) {
    TextFile.save(file, text);
    return "Wrote " + file + ".";
  }
}
