package org.pagexplorer.lab.attack;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.engine.EngineException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.pagexplorer.domain.Architecture;
import org.pagexplorer.domain.AttackFrame;
import org.pagexplorer.domain.AttackSpecification;
import org.pagexplorer.domain.AttackedImage;
import org.pagexplorer.domain.Image;
import org.pagexplorer.domain.InputShape;
import org.pagexplorer.domain.Norm;
import org.pagexplorer.domain.Normalization;
import org.pagexplorer.domain.Precision;
import org.pagexplorer.domain.ThreatModel;
import org.pagexplorer.domain.UserException;
import org.pagexplorer.engine.Classifier;
import org.pagexplorer.engine.Initialization;
import org.pagexplorer.engine.TorchEngine;
import org.pagexplorer.lab.attack.TargetGrid.Tile;

class TargetGridTest {
  private static final InputShape SHAPE = new InputShape(3, 8, 8);
  private static final AttackSpecification ATTACK =
      AttackSpecification.pictures(new ThreatModel(Norm.L2, 1), 3);

  private static TorchEngine engine;
  private static Classifier classifier;

  @BeforeAll
  static void load() {
    engine = TorchEngine.open("cpu");
    Architecture architecture = Architecture.mlp(16, SHAPE, 3);
    classifier =
        Classifier.of(
            engine,
            architecture,
            Normalization.identity(3),
            Initialization.of(architecture, 5),
            Precision.EXACT);
  }

  @AfterAll
  static void close() {
    classifier.close();
    engine.close();
  }

  private static List<Tile> tiles() {
    List<Image> images = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      float[] pixels = new float[SHAPE.size()];
      Arrays.fill(pixels, 0.2f * (i + 1));
      images.add(new Image(SHAPE, pixels));
    }
    return TargetGrid.tiles(images, List.of(0, 1, 2));
  }

  /** A device with room for two pictures. */
  private static final class SmallDevice implements TargetGrid.Observer {
    final List<Integer> batches = new ArrayList<>();
    final int room;

    SmallDevice(int room) {
      this.room = room;
    }

    @Override
    public boolean wantsFrames() {
      return true;
    }

    @Override
    public void frame(int from, AttackFrame frame) {
      if (frame.confidence().length > room) {
        throw new EngineException("CUDA out of memory. Tried to allocate 20.00 MiB");
      }
    }

    @Override
    public void batchHalved(int batch) {
      batches.add(batch);
    }
  }

  @Test
  void outOfMemoryHalvesTheBatchAndGoesOnWithTheSameResults() {
    SmallDevice device = new SmallDevice(2);
    List<AttackedImage> small =
        new TargetGrid(classifier, ATTACK, 9).run(tiles(), device).orElseThrow();
    assertEquals(List.of(4, 2), device.batches);
    List<AttackedImage> whole =
        new TargetGrid(classifier, ATTACK, 9)
            .run(tiles(), new TargetGrid.Observer() {})
            .orElseThrow();
    for (int i = 0; i < 9; i++) {
      assertArrayEquals(whole.get(i).result().pixels(), small.get(i).result().pixels(), 1e-5f);
    }
  }

  @Test
  void noRoomForOnePictureIsSaidInWords() {
    UserException e =
        assertThrows(
            UserException.class,
            () -> new TargetGrid(classifier, ATTACK, 9).run(tiles(), new SmallDevice(0)));
    assertTrue(e.getMessage().contains("too little memory"), e.getMessage());
  }

  @Test
  void anotherFailureIsNotTakenForAFullDevice() {
    TargetGrid.Observer broken =
        new TargetGrid.Observer() {
          @Override
          public boolean isCancelled() {
            throw new IllegalStateException("broken");
          }
        };
    assertThrows(
        IllegalStateException.class,
        () -> new TargetGrid(classifier, ATTACK, 9).run(tiles(), broken));
  }

  @Test
  void cancellingLeavesNothing() {
    TargetGrid.Observer cancelled =
        new TargetGrid.Observer() {
          @Override
          public boolean isCancelled() {
            return true;
          }
        };
    assertTrue(new TargetGrid(classifier, ATTACK, 9).run(tiles(), cancelled).isEmpty());
  }

  @Test
  void tilesGoRowByRow() {
    List<Tile> tiles = tiles();
    assertEquals(9, tiles.size());
    assertEquals(1, tiles.get(5).row());
    assertEquals(2, tiles.get(5).goal().classIndex());
  }
}
