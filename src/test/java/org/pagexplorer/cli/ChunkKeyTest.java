package org.pagexplorer.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pagexplorer.dataset.Dataset;
import org.pagexplorer.domain.InputShape;
import org.pagexplorer.lab.model.OpenModel;

/** Chunks of other images are never taken, however many there are. */
class ChunkKeyTest {
  @TempDir private Path folder;
  private static final int MANY = 1100;

  /** Images of one pixel, of which one is white. */
  private record Dots(String name, int white, int ofOtherClass) implements Dataset {

    @Override
    public List<String> classes() {
      return List.of("a", "b");
    }

    @Override
    public InputShape shape() {
      return new InputShape(1, 1, 1);
    }

    @Override
    public int size() {
      return MANY;
    }

    @Override
    public int label(int index) {
      return index == ofOtherClass ? 1 : 0;
    }

    @Override
    public byte[] bytes(int index) {
      return new byte[] {(byte) (index == white ? 255 : 0)};
    }
  }

  private static Object key(int white, int ofOtherClass) {
    return ChunkOptions.measurement(
        "evaluate", List.of(), new Dots("dots", white, ofOtherClass), 10, "cpu");
  }

  private Object named(String model, String dataset) {
    OpenModel read = OpenModel.read(Pag.model(folder.resolve("m.safetensors"), 1));
    List<OpenModel> models =
        List.of(
            new OpenModel(
                Path.of(model), read.sha256(), read.card().withName(model), Optional.empty()));
    return ChunkOptions.measurement("evaluate", models, new Dots(dataset, -1, -1), 10, "cpu");
  }

  @Test
  void namesDoNotCount() {
    assertEquals(named("a", "dots"), named("renamed since", "moved since"));
  }

  @Test
  void everyPixelAndLabelCounts() {
    Object black = key(-1, -1);
    assertEquals(black, key(-1, -1));
    for (int i = 0; i < MANY; i++) {
      assertNotEquals(black, key(i, -1), "image " + i);
      assertNotEquals(black, key(-1, i), "label " + i);
    }
  }
}
