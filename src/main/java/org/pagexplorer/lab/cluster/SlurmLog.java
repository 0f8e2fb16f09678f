package org.pagexplorer.lab.cluster;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import org.pagexplorer.lab.runs.LogTail;

/** What jobs print. */
public final class SlurmLog {
  private static final int LINES = 20;

  private SlurmLog() {}

  /**
   * The log of a run: a training's own, or those of an evaluation's jobs. Looks only at what is
   * new.
   */
  public static Supplier<String> of(Path run) {
    LogTail training = new LogTail(run);
    return () -> Evaluation.of(run).map(each -> each.log(run)).orElseGet(training::read);
  }

  /** The last lines of a task of Slurm's that are not blank. */
  static List<String> last(Path folder, String task) {
    List<String> lines =
        LogTail.ofFile(JobRecord.folder(folder), task + ".log")
            .read()
            .lines()
            .filter(line -> !line.isBlank())
            .toList();
    return lines.subList(Math.max(0, lines.size() - LINES), lines.size());
  }
}
