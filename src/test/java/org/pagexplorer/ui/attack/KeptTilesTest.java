package org.pagexplorer.ui.attack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.pagexplorer.domain.Goal;
import org.pagexplorer.domain.Image;
import org.pagexplorer.domain.InputShape;
import org.pagexplorer.lab.attack.TargetGrid.Tile;
import org.pagexplorer.ui.control.TileRange;

class KeptTilesTest {
  private static final InputShape SHAPE = new InputShape(3, 224, 224);
  private static final int COLUMNS = 1000;
  private static final int ROWS = 50;
  private static final int STEPS = 50;
  private static final long MEMORY = 1L << 30;
  private static final TileRange SIGHT = new TileRange(20, 27, 500, 512);

  /** They share their pixels: what counts is how many there are. */
  private static List<Tile> tiles(int count) {
    Image image = new Image(SHAPE, new float[SHAPE.size()]);
    Tile tile = new Tile(0, image, Goal.reach(0));
    return IntStream.range(0, count).mapToObj(i -> tile).toList();
  }

  private static KeptTiles grid(int columns, int rows, long memory) {
    return new KeptTiles(tiles(columns * rows), columns, STEPS, 1000, memory);
  }

  /** Attacks as the engine does, until there is nothing more to do. */
  private static List<Integer> attack(KeptTiles kept, int batch, TileRange sight) {
    List<Integer> order = new ArrayList<>();
    for (KeptTiles.Run next = kept.next(batch, sight);
        next.count() > 0;
        next = kept.next(batch, sight)) {
      for (int tile = next.from(); tile < next.from() + next.count(); tile++) {
        kept.trajectory(tile);
        order.add(tile);
      }
      kept.done(next.from(), next.count());
      kept.dropFarthest(sight);
    }
    return order;
  }

  @Test
  void theTilesInSightComeFirstThenThoseAroundThem() {
    KeptTiles kept = grid(COLUMNS, ROWS, MEMORY);
    List<Integer> order = attack(kept, 1, SIGHT);
    int before = 0;
    for (int tile : order) {
      int distance = SIGHT.distance(tile / COLUMNS, tile % COLUMNS);
      assertTrue(distance >= before, "tile " + tile);
      before = distance;
    }
    assertEquals(20 * COLUMNS + 500, order.getFirst());
    assertEquals(0, SIGHT.distance(order.get(8 * 13 - 1) / COLUMNS, order.get(103) % COLUMNS));
  }

  @Test
  void ofFiftyThousandOnlyThoseAreKeptThatFitInMemory() {
    KeptTiles kept = grid(COLUMNS, ROWS, MEMORY);
    attack(kept, 1, SIGHT);
    assertTrue(kept.capacity() >= 400, kept.capacity() + " tiles");
    // Of each its result in floats, and of the steps that are kept the bytes.
    long tile = SHAPE.size() * (4L + STEPS / kept.stride());
    assertTrue(kept.capacity() * tile < MEMORY, kept.capacity() + " tiles of " + tile);
    assertEquals(kept.capacity(), held(kept));
    TileRange elsewhere = new TileRange(0, 7, 0, 12);
    List<Integer> again = attack(kept, 1, elsewhere);
    assertEquals(0, again.getFirst());
    assertEquals(kept.capacity(), held(kept));
    assertTrue(kept.known(7 * COLUMNS + 12) != kept.known(COLUMNS * ROWS - 1));
    assertEquals(0, attack(kept, 1, elsewhere).size(), "nothing goes back and forth");
  }

  private static long held(KeptTiles kept) {
    Trajectory none = kept.known(COLUMNS * ROWS - 1);
    return IntStream.range(0, COLUMNS * ROWS).filter(t -> kept.known(t) != none).count();
  }

  @Test
  void aGridThatFitsIsDoneRowByRowAndKeptWhole() {
    KeptTiles kept = grid(10, 10, MEMORY);
    List<Integer> order = attack(kept, 40, TileRange.ALL);
    assertEquals(IntStream.range(0, 100).boxed().toList(), order);
    assertTrue(kept.isComplete());
  }

  /** Which tiles are computed together is in a figure's specification. */
  @Test
  void batchesAreTheSameWhereverOneLooks() {
    KeptTiles kept = grid(10, 10, MEMORY);
    assertEquals(new KeptTiles.Run(80, 20), kept.next(40, new TileRange(9, 9, 9, 9)));
    assertEquals(new KeptTiles.Run(40, 40), kept.next(40, new TileRange(4, 5, 0, 9)));
    kept.done(40, 40);
    assertEquals(new KeptTiles.Run(0, 40), kept.next(40, new TileRange(3, 6, 0, 9)));
    // A smaller batch, where memory was short: what is done is not done again.
    kept.done(0, 10);
    assertEquals(new KeptTiles.Run(10, 10), kept.next(20, TileRange.ALL));
  }

  @Test
  void fewerStepsAreKeptBeforeAnyTileIsGivenUp() {
    KeptTiles few = grid(10, 10, MEMORY);
    KeptTiles more = grid(10, 60, MEMORY);
    assertEquals(1, few.stride());
    assertTrue(more.stride() > 1 && more.capacity() >= 600, more.stride() + " steps");
  }
}
