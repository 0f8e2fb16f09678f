package org.pagexplorer.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Measurements in chunks have the numbers of one process. */
class ChunksTest extends TwoModels {
  @BeforeAll
  static void write() {
    write(30);
  }

  private static Pag measure(Object... more) {
    List<Object> words = new ArrayList<>(List.of(more));
    words.addAll(List.of("--model", one, two, "--dataset", data, "--threads", 1, "--json"));
    return Pag.run(words.toArray());
  }

  private static JsonObject whole(Object... more) {
    Pag pag = measure(more);
    assertEquals(0, pag.code(), pag.err());
    return pag.json();
  }

  private static FileTime time(Path file) throws IOException {
    return Files.getLastModifiedTime(file);
  }

  @ParameterizedTest
  @ValueSource(strings = {"pgd", "suite"})
  void anEvaluationInChunksIsThatOfOneProcess(String attack) {
    Path chunks = folder.resolve("chunks-" + attack);
    Object[] plain =
        Pag.words("evaluate --attack {} --steps 3 --queries 5 --batch 6 --epsilon 0.05", attack);
    List<Object> divided = new ArrayList<>(List.of(plain));
    divided.addAll(List.of("--chunks", 5, "--run-dir", chunks));
    assertEquals(whole(plain), whole(divided.toArray()));
  }

  @Test
  void anAlignmentInChunksIsThatOfOneProcess() {
    Object[] plain = {"align", "--steps", 2, "--batch", 4, "--limit", 20, "--teacher", two};
    List<Object> divided = new ArrayList<>(List.of(plain));
    divided.addAll(List.of("--chunks", 4, "--run-dir", folder.resolve("aligned")));
    assertEquals(whole(plain), whole(divided.toArray()));
  }

  @Test
  void chunksThatAreThereAreNotMeasuredAgain() throws IOException {
    Path chunks = folder.resolve("resumed");
    Object[] line = {"evaluate", "--steps", 2, "--batch", 10, "--chunks", 3, "--run-dir", chunks};
    List<Object> second = new ArrayList<>(List.of(line));
    second.addAll(List.of("--chunk", 2));
    Pag only = measure(second.toArray());
    assertEquals(0, only.code(), only.err());
    try (Stream<Path> files = Files.list(chunks)) {
      assertEquals(
          List.of("chunk-0002-of-0003.json", "chunks.json"),
          files.map(file -> String.valueOf(file.getFileName())).sorted().toList());
    }
    Path kept = chunks.resolve("chunk-0002-of-0003.json");
    FileTime before = time(kept);
    JsonObject merged = whole(line);
    assertEquals(before, time(kept));
    Files.writeString(chunks.resolve("chunk-0003-of-0003.json"), "{");
    assertEquals(merged, whole(line), "a damaged chunk is measured again");
    assertEquals(merged, whole("evaluate", "--steps", 2, "--batch", 10));
  }

  @Test
  void anotherMeasurementDoesNotTakeThem() {
    Path chunks = folder.resolve("others");
    whole("evaluate", "--steps", 1, "--chunks", 2, "--run-dir", chunks);
    Pag other = measure("evaluate", "--steps", 2, "--chunks", 2, "--run-dir", chunks);
    assertEquals(1, other.code());
    assertTrue(other.err().contains("chunks of another measurement"), other.err());
  }

  @Test
  void aChunkNeedsToKnowOfHowMany() {
    Pag pag = measure("evaluate", "--chunk", 2);
    assertEquals(2, pag.code());
    assertTrue(pag.err().startsWith("--chunk and --run-dir need --chunks"), pag.err());
    assertEquals(2, measure("evaluate", "--chunks", 2, "--chunk", 3).code());
    assertTrue(measure("evaluate", "--chunks", 0).err().startsWith("--chunks must be"));
  }
}
