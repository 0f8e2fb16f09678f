package org.pagexplorer.lab;

import java.util.ArrayList;
import java.util.List;
import org.pagexplorer.dataset.Dataset;
import org.pagexplorer.domain.AttackSpecification;
import org.pagexplorer.domain.AttackedImage;
import org.pagexplorer.domain.Goal;
import org.pagexplorer.domain.Wilson;
import org.pagexplorer.engine.Classifier;
import org.pagexplorer.lab.TargetGrid.Tile;

/** Clean and attacked accuracy over a data set in one pass, a batch at a time. */
public final class RobustAccuracy {
  private final Dataset dataset;
  private final int batch;

  /**
   * @param batch how many images to attack at once, at least 1
   */
  public RobustAccuracy(Dataset dataset, int batch) {
    this.dataset = dataset;
    this.batch = batch;
  }

  /**
   * Counts so far.
   *
   * @param n images seen
   * @param clean how many of them are named rightly
   * @param attacked how many of them are still named rightly under the attack
   * @param zeroGradientShare share of their steps whose gradient was exactly zero
   */
  public record Counts(int n, int clean, int attacked, double zeroGradientShare) {
    static final Counts NONE = new Counts(0, 0, 0, 0);

    /** 95 % interval of the clean accuracy. */
    public Wilson cleanInterval() {
      return Wilson.of(clean, n);
    }

    /** 95 % interval of the attacked accuracy. */
    public Wilson attackedInterval() {
      return Wilson.of(attacked, n);
    }

    Counts with(AttackedImage one) {
      int label = one.goal().classIndex();
      return new Counts(
          n + 1,
          clean + (one.predictedBefore() == label ? 1 : 0),
          attacked + (one.predicted() == label ? 1 : 0),
          (zeroGradientShare * n + one.zeroGradientShare()) / (n + 1));
    }
  }

  /** Watches a pass; called on the engine's thread. */
  public interface Watcher {
    /** Before each step of each batch, and once after its last. */
    default void step() {}

    /** After each batch. */
    default void batch(Counts soFar) {}

    /** The device ran out of memory; from now on batches have this size. */
    default void batchHalved(int batch) {}
  }

  /** Attacks every image of the data set away from its label. */
  public Counts measure(Classifier classifier, AttackSpecification spec, Watcher watcher) {
    TargetGrid grid = new TargetGrid(classifier, spec, batch);
    Counts counts = Counts.NONE;
    while (counts.n() < dataset.size()) {
      List<Tile> tiles = tiles(counts.n());
      for (AttackedImage one : grid.run(tiles, listener(watcher)).orElseThrow()) {
        counts = counts.with(one);
      }
      watcher.batch(counts);
    }
    return counts;
  }

  private List<Tile> tiles(int from) {
    List<Tile> tiles = new ArrayList<>();
    for (int i = from; i < Math.min(dataset.size(), from + batch); i++) {
      tiles.add(new Tile(i, dataset.image(i), Goal.leave(dataset.label(i))));
    }
    return tiles;
  }

  private static TargetGrid.Listener listener(Watcher watcher) {
    return new TargetGrid.Listener() {
      @Override
      public boolean isCancelled() {
        watcher.step();
        return false;
      }

      @Override
      public void batchHalved(int batch) {
        watcher.batchHalved(batch);
      }
    };
  }
}
