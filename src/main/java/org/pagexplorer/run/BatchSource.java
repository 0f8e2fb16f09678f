package org.pagexplorer.run;

import java.util.Optional;
import java.util.SplittableRandom;
import org.pagexplorer.dataset.Augmentation;
import org.pagexplorer.dataset.Dataset;
import org.pagexplorer.domain.Image;
import org.pagexplorer.domain.InputShape;
import org.pagexplorer.engine.TrainingBatch;
import org.pagexplorer.run.GroundTruth.PerImage;

/**
 * The batches of one epoch: a shuffled order, a crop and a flip of its own for each image, and the
 * wanted gradients g(x, y_t) moved by the same crop and flip; a teacher is asked later. The seed
 * and the epoch fix everything.
 */
final class BatchSource {
  private final Dataset dataset;
  private final TrainingPlan plan;
  private final Optional<GroundTruth> truth;
  private final int[] order;
  private final long epochSeed;

  BatchSource(Dataset dataset, TrainingPlan plan, Optional<GroundTruth> truth, int epoch) {
    this.dataset = dataset;
    this.plan = plan;
    this.truth = truth;
    epochSeed = plan.seed() * 1_000_003 + epoch;
    order = shuffled(dataset.size(), new SplittableRandom(epochSeed));
  }

  private static int[] shuffled(int n, SplittableRandom random) {
    int[] order = new int[n];
    for (int i = 0; i < n; i++) {
      int j = random.nextInt(i + 1);
      order[i] = order[j];
      order[j] = i;
    }
    return order;
  }

  /** Whole batches only: batch norm's statistics of a remainder would be those of a few images. */
  int batches() {
    return Math.max(1, order.length / plan.batch());
  }

  /** Images a batch: fewer than planned only where the dataset is smaller. */
  int batchSize() {
    return Math.min(plan.batch(), order.length);
  }

  TrainingBatch batch(int number) {
    // Split, since unsplit streams of neighboring seeds are one stream, shifted by a draw.
    SplittableRandom random =
        new SplittableRandom(epochSeed ^ (number + 1) * 0x9E3779B97F4A7C15L).split();
    SplittableRandom ofTargets = random.split(); // so that all methods see the same crops
    InputShape shape = dataset.shape();
    int n = batchSize();
    float[] images = new float[n * shape.size()];
    int[] labels = new int[n];
    int[][] targets = truth.isEmpty() ? new int[0][] : targets(n, ofTargets);
    Optional<PerImage> wanted = truth.filter(PerImage.class::isInstance).map(PerImage.class::cast);
    float[][] directions = new float[wanted.isEmpty() ? 0 : targets.length][images.length];
    for (int i = 0; i < n; i++) {
      int index = order[(number * plan.batch() + i) % order.length];
      Image image = dataset.image(index);
      Augmentation moved = plan.augmentation().draw(random);
      labels[i] = dataset.label(index);
      moved.apply(image.pixels(), shape, images, i * shape.size());
      for (int k = 0; k < directions.length; k++) {
        float[] direction = wanted.orElseThrow().of(index, image.pixels(), targets[k][i]);
        moved.apply(direction, shape, directions[k], i * shape.size());
      }
    }
    return new TrainingBatch(images, labels, targets, directions);
  }

  /** K distinct classes for each image, or all of them, in an order of each image's own. */
  private int[][] targets(int images, SplittableRandom random) {
    int classes = dataset.classes().size();
    int[][] targets = new int[Math.min(plan.targetsPerStep(), classes)][images];
    for (int i = 0; i < images; i++) {
      int[] order = shuffled(classes, random);
      for (int k = 0; k < targets.length; k++) {
        targets[k][i] = order[k];
      }
    }
    return targets;
  }
}
