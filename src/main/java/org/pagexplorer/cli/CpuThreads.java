package org.pagexplorer.cli;

import java.util.Locale;
import org.pagexplorer.lab.cluster.Allocation;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** How many threads a command may start: no more than there are cores, whatever is asked for. */
final class CpuThreads {
  private CpuThreads() {}

  /**
   * As many as were asked for, or fewer, which is said once.
   *
   * @param asked 0 for one a core, of those that Slurm gives to the job where there is one
   * @throws ParameterException if it is negative
   */
  static int bounded(int asked, CommandSpec spec) {
    if (asked < 0) {
      throw new ParameterException(spec.commandLine(), "--threads must be 0 or more");
    }
    if (asked == 0 && Allocation.cores().isPresent()) {
      return Math.min(Allocation.cores().getAsInt(), Runtime.getRuntime().availableProcessors());
    }
    int cores = Runtime.getRuntime().availableProcessors();
    if (asked > cores) {
      Report.note(
          spec,
          String.format(
              Locale.ROOT,
              "This machine has %d core%s: computing with as many threads instead of %,d.",
              cores,
              cores == 1 ? "" : "s",
              asked));
    }
    return Math.min(asked, cores);
  }
}
