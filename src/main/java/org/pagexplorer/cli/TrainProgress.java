package org.pagexplorer.cli;

import java.util.Optional;
import org.pagexplorer.lab.Durations;
import org.pagexplorer.run.RunDirectory;
import org.pagexplorer.run.TrainingObserver;

/** Tells of a training, to people, scripts and its run's folder, and looks for who ends it. */
final class TrainProgress implements TrainingObserver {
  /** Nanoseconds. */
  private static final long TELL_EVERY = 1_000_000_000;

  private final ReportOptions report;
  private final Optional<RunDirectory> run;
  private final StopSignals signals;
  private long told = System.nanoTime() - TELL_EVERY;

  TrainProgress(ReportOptions report, Optional<RunDirectory> run, StopSignals signals) {
    this.report = report;
    this.run = run;
    this.signals = signals;
  }

  @Override
  public boolean isCancelled() {
    run.ifPresent(r -> waitWhilePaused(r, signals));
    return signals.arrived() || run.map(RunDirectory::isStopRequested).orElse(false);
  }

  /** A stop ends a pause. */
  private static void waitWhilePaused(RunDirectory run, StopSignals signals) {
    while (run.isPaused() && !run.isStopRequested() && !signals.arrived()) {
      try {
        Thread.sleep(200);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  @Override
  public void step(Progress p) {
    long now = System.nanoTime();
    if (now - told > TELL_EVERY) {
      told = now;
      run.ifPresent(r -> r.progress(p));
    }
    if (!report.json) {
      report.live(line(p));
    }
  }

  private static String line(Progress p) {
    String epoch = "epoch %d/%d %3.0f %%".formatted(p.epoch(), p.epochs(), 100 * p.done());
    String accuracy = "accuracy %.1f %%".formatted(100 * p.accuracy());
    return line(
        epoch, p.crossEntropy(), p.alignment(), accuracy, p.imagesPerSecond(), p.secondsLeft());
  }

  @Override
  public void epoch(EpochReport r) {
    report.json(() -> r);
    report.line(line(r));
  }

  private static String line(EpochReport r) {
    String accuracies =
        "train %.1f %%  test %.1f %%".formatted(100 * r.trainAccuracy(), 100 * r.cleanAccuracy());
    return line(
        "epoch " + r.epoch(),
        r.crossEntropy(),
        r.alignment(),
        accuracies,
        r.imagesPerSecond(),
        r.secondsLeft());
  }

  private static String line(
      String epoch,
      double crossEntropy,
      double alignment,
      String accuracies,
      double imagesPerSecond,
      double secondsLeft) {
    return "%s  cross-entropy %.3f  alignment %.3f  %s  %.0f images/s  %s left"
        .formatted(
            epoch,
            crossEntropy,
            alignment,
            accuracies,
            imagesPerSecond,
            Durations.words(secondsLeft));
  }
}
