package org.pagexplorer.ui.attack;

import java.util.BitSet;
import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.pagexplorer.lab.attack.TargetGrid.Tile;
import org.pagexplorer.ui.control.TileRange;

/**
 * The tiles of a grid that are in memory, and which are to be attacked next: the nearest to what is
 * in sight. Where not all of them fit, those that are farthest away are given up, and made again
 * when they come near. What is in it is written by the engine's thread and read by JavaFX's.
 */
final class KeptTiles {
  /** As many as a window shows at once keep as many steps as fit. */
  private static final int IN_A_WINDOW = 400;

  private final int columns;
  private final int stride;
  private final int capacity;
  private final AtomicReferenceArray<Trajectory> trajectories;

  /** Those of an attack before, shown until they are made again. */
  private final AtomicReferenceArray<Trajectory> earlier;

  private final Trajectory none;
  private final int steps;
  private final BitSet done = new BitSet();

  /** Tiles one after the other, row by row. */
  record Run(int from, int count) {}

  /**
   * @param memory bytes that the pictures of all of them may take
   */
  KeptTiles(List<Tile> tiles, int columns, int steps, int classes, long memory) {
    this.columns = columns;
    this.steps = steps;
    trajectories = new AtomicReferenceArray<>(tiles.size());
    earlier = new AtomicReferenceArray<>(tiles.size());
    long pixels = tiles.isEmpty() ? 1 : tiles.getFirst().image().shape().size();
    int together = Math.clamp(tiles.size(), 1, IN_A_WINDOW);
    int sparse = 1;
    // All tiles with fewer and fewer steps, then those of a window at the least.
    while (sparse < steps && cost(pixels, classes, steps, sparse) * tiles.size() > memory) {
      sparse++;
    }
    if (cost(pixels, classes, steps, sparse) * tiles.size() > memory) {
      sparse = 1;
      while (sparse < steps && cost(pixels, classes, steps, sparse) * together > memory) {
        sparse++;
      }
    }
    stride = sparse;
    capacity = (int) Math.clamp(memory / cost(pixels, classes, steps, stride), 1, 1 << 24);
    none = new Trajectory(0, 1);
  }

  /** The bytes of a tile: its steps' pixels and probabilities, and the result's values. */
  private static long cost(long pixels, int classes, int steps, int stride) {
    long kept = steps / stride + 2;
    return kept * (pixels + (long) Float.BYTES * classes) + Float.BYTES * (pixels + 2L * classes);
  }

  int stride() {
    return stride;
  }

  /** Tiles that fit in memory. */
  int capacity() {
    return capacity;
  }

  /** A tile's steps; made where there are none. On the engine's thread. */
  Trajectory trajectory(int tile) {
    Trajectory known = trajectories.get(tile);
    if (known == null) {
      known = new Trajectory(steps, stride);
      trajectories.set(tile, known);
    }
    return known;
  }

  /** A tile's steps so far. */
  Trajectory known(int tile) {
    Trajectory before = earlier.get(tile);
    Trajectory made = made(tile);
    return before != null && made.result() == null ? before : made;
  }

  /** The same without those of an attack before. */
  Trajectory made(int tile) {
    Trajectory known = trajectories.get(tile);
    return known == null ? none : known;
  }

  /** Whether all of them fit twice: as they were, and as they are made again. */
  boolean haveRoomTwice() {
    return capacity >= 2L * trajectories.length();
  }

  /** Shows a tile as it was until it is made again; those that are not so come first. */
  void keepEarlier(int tile, Trajectory finished) {
    earlier.set(tile, finished);
  }

  void dropEarlier() {
    for (int tile = 0; tile < earlier.length(); tile++) {
      earlier.set(tile, null);
    }
  }

  synchronized void done(int from, int count) {
    done.set(from, from + count);
    for (int tile = from; tile < from + count; tile++) {
      earlier.set(tile, null);
    }
  }

  synchronized boolean isComplete() {
    return done.cardinality() == trajectories.length();
  }

  /**
   * The tiles to attack next. Batches begin at multiples of their size, wherever one looks: which
   * tiles are computed together says a figure's specification, and it can change their last bits.
   *
   * @return none where all are done, or memory is full of nearer ones
   */
  synchronized Run next(int batch, TileRange inSight) {
    int nearest = -1;
    int distance = Integer.MAX_VALUE;
    boolean isNew = false;
    for (int tile = done.nextClearBit(0);
        tile < trajectories.length();
        tile = done.nextClearBit(tile + 1)) {
      int own = inSight.distance(tile / columns, tile % columns);
      boolean ownIsNew = earlier.get(tile) == null;
      if (ownIsNew == isNew ? own < distance : ownIsNew) {
        distance = own;
        isNew = ownIsNew;
        nearest = tile;
      }
    }
    if (nearest < 0 || done.cardinality() >= capacity && distance >= farthest(inSight).distance()) {
      return new Run(0, 0);
    }
    int block = nearest / batch * batch;
    int from = done.nextClearBit(block);
    int end = Math.min(trajectories.length(), block + batch);
    int next = done.nextSetBit(from);
    return new Run(from, (next < 0 ? end : Math.min(end, next)) - from);
  }

  private record Place(int tile, int distance) {}

  private Place farthest(TileRange inSight) {
    Place found = new Place(-1, -1);
    for (int tile = done.nextSetBit(0); tile >= 0; tile = done.nextSetBit(tile + 1)) {
      int own = inSight.distance(tile / columns, tile % columns);
      if (own >= found.distance()) {
        found = new Place(tile, own);
      }
    }
    return found;
  }

  /** How far away the nearest of these is. */
  int distance(Run run, TileRange inSight) {
    int nearest = Integer.MAX_VALUE;
    for (int tile = run.from(); tile < run.from() + run.count(); tile++) {
      nearest = Math.min(nearest, inSight.distance(tile / columns, tile % columns));
    }
    return nearest;
  }

  /** Frees the steps of those that are not done: they start over. */
  synchronized void forget(Run run) {
    for (int tile = run.from(); tile < run.from() + run.count(); tile++) {
      if (!done.get(tile)) {
        trajectories.set(tile, null);
      }
    }
  }

  /** Frees what does not fit. */
  synchronized void dropFarthest(TileRange inSight) {
    while (done.cardinality() > capacity) {
      int tile = farthest(inSight).tile();
      done.clear(tile);
      trajectories.set(tile, null);
    }
  }

  int furthestStep() {
    int furthest = 0;
    for (int tile = 0; tile < trajectories.length(); tile++) {
      furthest = Math.max(furthest, known(tile).latest());
    }
    return furthest;
  }
}
