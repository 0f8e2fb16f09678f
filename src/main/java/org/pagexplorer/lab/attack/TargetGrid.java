package org.pagexplorer.lab.attack;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.pagexplorer.domain.AttackFrame;
import org.pagexplorer.domain.AttackSpecification;
import org.pagexplorer.domain.AttackedImage;
import org.pagexplorer.domain.Goal;
import org.pagexplorer.domain.Image;
import org.pagexplorer.domain.ImageRegion;
import org.pagexplorer.engine.AttackObserver;
import org.pagexplorer.engine.Classifier;
import org.pagexplorer.engine.OutOfMemory;
import org.pagexplorer.engine.Pgd;
import org.pagexplorer.engine.natives.NativeHeap;

/**
 * Many images toward many classes, a batch of tiles at a time: the grid of the paper's Figures 1
 * and 4.
 *
 * <p>Where a device runs out of memory, the batch is halved and the attack goes on.
 */
public final class TargetGrid {
  private final Classifier classifier;
  private final AttackSpecification specification;
  private int batch;

  /**
   * One image toward one goal.
   *
   * @param row index of the image
   * @param image the original
   * @param goal its goal
   * @param regions all that may be changed of it; empty for the whole image
   */
  public record Tile(int row, Image image, Goal goal, List<ImageRegion> regions) {

    /** A tile of which all may be changed. */
    public Tile(int row, Image image, Goal goal) {
      this(row, image, goal, List.of());
    }

    /** The same with such regions. */
    public Tile within(List<ImageRegion> painted) {
      return new Tile(row, image, goal, painted);
    }
  }

  /** Is told of the tiles; called on the engine's thread. */
  public interface Observer {
    default boolean isCancelled() {
      return false;
    }

    /** The current tiles' attack has got to iterate t, of every restart. */
    default void step(int t) {}

    default boolean wantsFrames() {
      return false;
    }

    /** An iterate of the tiles {@code from … from + N − 1}. */
    default void frame(int from, AttackFrame frame) {}

    default boolean wantsIterates() {
      return false;
    }

    /** The same tiles' iterate t, unrounded, N · C · H · W values; comes after its frame. */
    default void iterate(int from, int t, float[] pixels) {}

    /** The tiles {@code from … from + N − 1} are done. */
    default void done(int from, List<AttackedImage> results) {}

    /** The device ran out of memory; from now on batches have this size. */
    default void batchHalved(int batch) {}
  }

  /**
   * @param batch how many tiles to attack at once, at least 1
   */
  public TargetGrid(Classifier classifier, AttackSpecification specification, int batch) {
    this.classifier = classifier;
    this.specification = specification;
    this.batch = Math.max(1, batch);
  }

  /** The tiles of images × target classes, row by row. */
  public static List<Tile> tiles(List<Image> images, List<Integer> targets) {
    return tilesToward(images, targets.stream().map(Goal::reach).toList());
  }

  /** The tiles of images × goals, row by row. */
  public static List<Tile> tilesToward(List<Image> images, List<Goal> goals) {
    List<Tile> tiles = new ArrayList<>();
    for (int row = 0; row < images.size(); row++) {
      for (Goal goal : goals) {
        tiles.add(new Tile(row, images.get(row), goal));
      }
    }
    return tiles;
  }

  /** One tile an image, away from its label. */
  public static List<Tile> tilesAway(List<Image> images, List<Integer> labels) {
    List<Tile> tiles = new ArrayList<>();
    for (int row = 0; row < images.size(); row++) {
      tiles.add(new Tile(row, images.get(row), Goal.leave(labels.get(row))));
    }
    return tiles;
  }

  /** The same tiles, each within its image's regions for a model of such classes. */
  public static List<Tile> within(
      List<Tile> tiles, List<OriginalImage> originals, List<String> classes) {
    return tiles.stream()
        .map(tile -> tile.within(PaintedRegion.among(originals.get(tile.row()).regions(), classes)))
        .toList();
  }

  /** Attacks all tiles in their order; nothing if the observer cancelled. */
  public Optional<List<AttackedImage>> run(List<Tile> tiles, Observer observer) {
    List<AttackedImage> results = new ArrayList<>();
    while (results.size() < tiles.size()) {
      int from = results.size();
      List<Tile> some = tiles.subList(from, Math.min(tiles.size(), from + batch));
      Optional<List<AttackedImage>> attacked;
      try {
        attacked = attack(some, new TileObserver(from, observer));
      } catch (RuntimeException e) {
        batch = OutOfMemory.half(e, some.size());
        observer.batchHalved(batch);
        continue;
      }
      if (attacked.isEmpty()) {
        return Optional.empty();
      }
      NativeHeap.trim();
      results.addAll(attacked.get());
      observer.done(from, attacked.get());
    }
    return Optional.of(results);
  }

  private Optional<List<AttackedImage>> attack(List<Tile> tiles, AttackObserver observer) {
    return new Pgd(classifier, specification)
        .run(
            tiles.stream().map(Tile::image).toList(),
            tiles.stream().map(Tile::goal).toList(),
            tiles.stream().map(Tile::regions).toList(),
            observer);
  }

  private record TileObserver(int from, Observer observer) implements AttackObserver {
    @Override
    public boolean isCancelled() {
      return observer.isCancelled();
    }

    @Override
    public void step(int t) {
      observer.step(t);
    }

    @Override
    public boolean wantsFrames() {
      return observer.wantsFrames();
    }

    @Override
    public void frame(AttackFrame frame) {
      observer.frame(from, frame);
    }

    @Override
    public boolean wantsIterates() {
      return observer.wantsIterates();
    }

    @Override
    public void iterate(int t, float[] pixels) {
      observer.iterate(from, t, pixels);
    }
  }
}
