package org.pagexplorer.lab.settings;

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
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pagexplorer.lab.settings.Recents.Kind;

class SettingsFileTest {
  @TempDir Path folder;

  private SettingsFile settings() {
    return new SettingsFile(folder.resolve("new").resolve("place"));
  }

  private static JsonObject part(String name, int value) {
    JsonObject part = new JsonObject();
    part.addProperty(name, value);
    return part;
  }

  @Test
  void nothingIsRememberedAtFirst() {
    assertTrue(settings().read().parts().isEmpty());
    assertEquals(Optional.empty(), settings().read().trouble());
  }

  @Test
  void eachWindowReplacesItsOwnPartsOnly() throws IOException {
    settings().write(Map.of("attack", _ -> part("steps", 7), "toy", _ -> part("hidden", 3)));
    settings().write(Map.of("attack", _ -> part("steps", 8)));
    assertEquals(
        Map.of("attack", part("steps", 8), "toy", part("hidden", 3)), settings().read().parts());
    assertTrue(Files.readString(settings().file()).contains("\"version\": 1"));
  }

  /** More windows than anybody opens, each of which adds one to what it finds. */
  @Test
  void noChangeIsLostWhereWindowsWriteAtOnce() throws Exception {
    try (ExecutorService windows = Executors.newFixedThreadPool(4)) {
      var all =
          windows.invokeAll(
              java.util.Collections.nCopies(
                  20,
                  () -> {
                    settings()
                        .write(
                            Map.of(
                                "count",
                                old ->
                                    part("n", 1 + (old.has("n") ? old.get("n").getAsInt() : 0))));
                    return true;
                  }));
      for (var one : all) {
        one.get();
      }
    }
    assertEquals(part("n", 20), settings().read().parts().get("count"));
  }

  @Test
  void aDamagedFileIsSetAsideWithAWord() throws IOException {
    for (String damaged :
        List.of("", "{\"version\": 1, \"attack\": {", "[]", "{\"a\": {}}", "\0")) {
      Files.createDirectories(settings().folder());
      Files.writeString(settings().file(), damaged);
      SettingsFile.Read read = settings().read();
      assertTrue(read.parts().isEmpty());
      assertTrue(read.trouble().orElseThrow().contains("settings.damaged"), damaged);
      assertTrue(Files.notExists(settings().file()));
    }
    try (var kept = Files.list(settings().folder())) {
      assertEquals(5, kept.count(), "each is kept");
    }
    settings().write(Map.of("toy", _ -> part("hidden", 3)));
    assertEquals(Map.of("toy", part("hidden", 3)), settings().read().parts());
  }

  @Test
  void aNewerProgramsFileIsSetAsideWithAWord() throws IOException {
    Files.createDirectories(settings().folder());
    String newer = "{\"version\": 2, \"attack\": {\"steps\": 9}}";
    Files.writeString(settings().file(), newer);
    assertTrue(settings().read().trouble().orElseThrow().contains("newer version"));
    assertEquals(newer, Files.readString(settings().folder().resolve("settings.newer.json")));
  }

  @Test
  void whereNothingCanBeWrittenTheWriterHearsOfIt() throws IOException {
    Path file = Files.createFile(folder.resolve("file"));
    assertThrows(
        IOException.class,
        () -> new SettingsFile(file.resolve("below")).write(Map.of("a", _ -> part("b", 1))));
  }

  @Test
  void theLatestOfAKindComesFirstAndTheOldestGo() {
    JsonObject part = new JsonObject();
    for (int i = 0; i < Recents.MOST + 3; i++) {
      part = Recents.opened(Kind.MODELS, folder.resolve("m" + i)).apply(part);
    }
    part = Recents.opened(Kind.MODELS, folder.resolve("m5")).apply(part);
    part = Recents.opened(Kind.DATASETS, folder).apply(part);
    List<Path> files = Recents.of(part, Kind.MODELS);
    assertEquals(folder.resolve("m5"), files.getFirst());
    assertEquals(Recents.MOST, files.size());
    assertEquals(Recents.MOST, files.stream().distinct().count());
    assertEquals(List.of(folder), Recents.of(part, Kind.DATASETS));
    assertEquals(List.of(), Recents.of(part, Kind.SPECIFICATIONS));
  }
}
