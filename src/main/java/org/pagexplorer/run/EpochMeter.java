package org.pagexplorer.run;

import org.pagexplorer.engine.Trainer.Losses;
import org.pagexplorer.run.TrainingObserver.Progress;

/** Means and speed of one epoch so far. */
final class EpochMeter {
  private final int epoch;
  private final int epochs;
  private final int batches;
  private final int batchSize;
  private final long started = System.nanoTime();
  private int steps;
  private double crossEntropy;
  private double alignment;
  private long correct;

  EpochMeter(int epoch, int epochs, int batches, int batchSize) {
    this.epoch = epoch;
    this.epochs = epochs;
    this.batches = batches;
    this.batchSize = batchSize;
  }

  void add(Losses losses) {
    steps++;
    crossEntropy += losses.crossEntropy();
    alignment += losses.alignment();
    correct += losses.correct();
  }

  Progress progress() {
    double seconds = (System.nanoTime() - started) / 1e9;
    double secondsPerStep = seconds / steps;
    double stepsLeft = batches - steps + (double) (epochs - epoch) * batches;
    long images = (long) steps * batchSize;
    return new Progress(
        epoch,
        epochs,
        (double) steps / batches,
        crossEntropy / steps,
        alignment / steps,
        (double) correct / images,
        images / seconds,
        secondsPerStep * stepsLeft);
  }
}
