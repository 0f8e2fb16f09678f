package org.pagexplorer.lab.cluster;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pagexplorer.domain.UserException;

class ChunkFolderTest {
  @TempDir private Path folder;

  private static List<JsonObject> pieces() {
    JsonObject piece = new JsonObject();
    piece.addProperty("right", "0101");
    piece.addProperty("share", 0.1 + 0.2);
    return List.of(piece);
  }

  @Test
  void bordersAreThoseOfBatchesWhereThereAreEnough() {
    assertArrayEquals(new int[] {0, 100, 200, 250}, ChunkFolder.borders(250, 3, 100));
    assertArrayEquals(new int[] {0, 100, 250}, ChunkFolder.borders(250, 2, 100));
    assertArrayEquals(new int[] {0, 40, 80, 120, 160, 200}, ChunkFolder.borders(200, 5, 100));
    assertArrayEquals(new int[] {0, 1, 2, 3}, ChunkFolder.borders(3, 10, 100));
    assertArrayEquals(new int[] {0, 7}, ChunkFolder.borders(7, 1, 2));
  }

  @Test
  void everyImageIsInOneChunk() {
    for (int images = 1; images < 60; images++) {
      for (int chunks = 1; chunks < 12; chunks++) {
        int[] borders = ChunkFolder.borders(images, chunks, 4);
        assertEquals(0, borders[0]);
        assertEquals(images, borders[borders.length - 1]);
        for (int k = 1; k < borders.length; k++) {
          assertTrue(borders[k] > borders[k - 1], images + " in " + chunks);
        }
      }
    }
  }

  @Test
  void whatIsKeptIsThereForTheNext() {
    ChunkFolder.open(folder, Map.of("seed", 1), 3).write(2, pieces());
    ChunkFolder next = ChunkFolder.open(folder, Map.of("seed", 1), 3);
    assertEquals(Optional.of(pieces()), next.read(2));
    assertEquals(Optional.empty(), next.read(1));
  }

  @Test
  void anotherMeasurementsFolderIsRefused() {
    ChunkFolder.open(folder, Map.of("seed", 1), 3).write(2, pieces());
    String said =
        String.valueOf(
            assertThrows(UserException.class, () -> ChunkFolder.open(folder, Map.of("seed", 2), 3))
                .getMessage());
    assertTrue(said.contains("--run-dir"), said);
  }

  @Test
  void anotherVersionsFolderIsRefusedAndSaysSo() {
    Map<String, ?> now = Map.of("software", "PAG Explorer 1", "sha256", "a");
    List<Map<String, ?>> before =
        List.of(
            Map.of("software", "PAG Explorer 0", "sha256", "a"),
            Map.of("software", "PAG Explorer 1", "sha256", "a", "dataset", "cifar10"));
    for (int k = 0; k < before.size(); k++) {
      Path old = folder.resolve("old-" + k);
      ChunkFolder.open(old, before.get(k), 3).write(2, pieces());
      assertEquals(
          old
              + " holds chunks of another version of PAG Explorer, which this one cannot"
              + " resume: choose another --run-dir, or delete it.",
          assertThrows(UserException.class, () -> ChunkFolder.open(old, now, 3)).getMessage());
    }
    ChunkFolder.open(folder.resolve("own"), now, 3);
    UserException other =
        assertThrows(
            UserException.class,
            () ->
                ChunkFolder.open(
                    folder.resolve("own"), Map.of("software", "PAG Explorer 1", "sha256", "b"), 3));
    assertTrue(String.valueOf(other.getMessage()).contains("of another measurement:"));
  }

  @Test
  void aChunkOfAnotherMeasurementIsMissing() throws IOException {
    Path other = folder.resolve("other");
    ChunkFolder from = ChunkFolder.open(other, Map.of("seed", 2), 3);
    from.write(2, pieces());
    ChunkFolder own = ChunkFolder.open(folder.resolve("own"), Map.of("seed", 1), 3);
    Files.copy(from.file(2), own.file(2));
    assertEquals(Optional.empty(), own.read(2));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "{", "null", "[]", "{\"key\":1}", "{\"pieces\":[]}", "{\"pieces\":[1]}"})
  void aDamagedChunkIsMissing(String text) throws IOException {
    ChunkFolder own = ChunkFolder.open(folder, Map.of("seed", 1), 3);
    Files.writeString(own.file(1), text);
    assertEquals(Optional.empty(), own.read(1));
    own.write(1, pieces());
    assertEquals(Optional.of(pieces()), own.read(1));
  }
}
