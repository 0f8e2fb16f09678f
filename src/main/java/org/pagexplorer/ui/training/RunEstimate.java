package org.pagexplorer.ui.training;

import java.util.Locale;
import java.util.function.BooleanSupplier;
import org.pagexplorer.cli.TrainCheck.Checked;
import org.pagexplorer.engine.TorchEngine;
import org.pagexplorer.lab.Durations;
import org.pagexplorer.lab.model.EngineLane;
import org.pagexplorer.run.Realization;
import org.pagexplorer.run.TrainingEstimate;

/** How long a run will take and how much memory, measured over a few steps. */
final class RunEstimate {
  private RunEstimate() {}

  /**
   * Where and with as many threads as the run will have, whatever the window itself uses.
   *
   * @param cancelled asked before every step that is measured
   * @throws java.util.concurrent.CancellationException if it was
   */
  static String of(EngineLane lane, Checked checked, BooleanSupplier cancelled) {
    int before = TorchEngine.threads();
    TorchEngine.useThreads(checked.threads());
    try {
      if (checked.device().equals(lane.engine().device())) {
        return words(estimate(lane.engine(), checked, cancelled));
      }
      try (TorchEngine other = TorchEngine.open(checked.device())) {
        return words(estimate(other, checked, cancelled));
      }
    } finally {
      TorchEngine.useThreads(before);
    }
  }

  private static TrainingEstimate estimate(
      TorchEngine engine, Checked checked, BooleanSupplier cancelled) {
    return TrainingEstimate.of(
        engine,
        checked.plan(),
        checked.train(),
        checked.testImages(),
        Realization.unless(cancelled));
  }

  private static String words(TrainingEstimate found) {
    String memory =
        found.bytes().isPresent()
            ? String.format(Locale.ROOT, ", with %s of memory", memory(found.bytes().getAsLong()))
            : "";
    // Other work that runs now slows the measured steps down, so that no idle machine is promised.
    return "About "
        + Durations.words(found.seconds())
        + " at this machine's current load"
        + memory
        + ".";
  }

  private static String memory(long bytes) {
    return bytes < 100_000_000
        ? String.format(Locale.ROOT, "%.0f MB", Math.ceil(bytes / 1e6))
        : String.format(Locale.ROOT, "%.1f GB", bytes / 1e9);
  }
}
