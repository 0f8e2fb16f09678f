package org.pagexplorer.run;

/** Watches a training, and may end it between two steps. */
public interface TrainingObserver {

  /** Whether to stop before the next step. */
  default boolean isCancelled() {
    return false;
  }

  /** After every step. */
  default void step(Progress progress) {}

  /** After every epoch; the checkpoint of this epoch has been written. */
  default void epoch(EpochReport report) {}

  /**
   * Within an epoch.
   *
   * @param epoch from 1
   * @param epochs how many there will be
   * @param done share of this epoch, in [0, 1]
   * @param crossEntropy mean over this epoch so far
   * @param alignment Σ over classes of Eq. 2, mean over this epoch so far
   * @param accuracy on the training images as seen, so far, in [0, 1]
   * @param imagesPerSecond of this epoch so far
   * @param secondsLeft for the whole training
   */
  record Progress(
      int epoch,
      int epochs,
      double done,
      double crossEntropy,
      double alignment,
      double accuracy,
      double imagesPerSecond,
      double secondsLeft) {}

  /**
   * A finished epoch.
   *
   * @param epoch from 1
   * @param crossEntropy mean over the epoch
   * @param alignment Σ over classes of Eq. 2, mean over the epoch
   * @param trainAccuracy on the training images as seen, in [0, 1]
   * @param cleanAccuracy on test images, in [0, 1]
   * @param imagesPerSecond training images a second
   * @param secondsLeft for the whole training
   */
  record EpochReport(
      int epoch,
      double crossEntropy,
      double alignment,
      double trainAccuracy,
      double cleanAccuracy,
      double imagesPerSecond,
      double secondsLeft) {}
}
