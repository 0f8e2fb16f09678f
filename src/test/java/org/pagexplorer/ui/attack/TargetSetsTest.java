package org.pagexplorer.ui.attack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pagexplorer.domain.UserException;

class TargetSetsTest {
  @TempDir Path folder;

  @Test
  void whatIsRememberedIsThereAgain() {
    TargetSets sets = new TargetSets(folder.resolve("new/target-sets.json"));
    assertEquals(Map.of(), sets.read());
    sets.with("Dogs", List.of("Border collie", "pug, pug-dog"));
    sets.with("Ünï \"q\"", List.of("ship"));
    sets.with("Dogs", List.of("pug, pug-dog"));
    assertEquals(
        Map.of("Dogs", List.of("pug, pug-dog"), "Ünï \"q\"", List.of("ship")),
        new TargetSets(sets.file()).read());
    sets.without("Dogs");
    assertEquals(List.of("Ünï \"q\""), List.copyOf(sets.read().keySet()));
    sets.without("Ünï \"q\"");
    assertEquals(Map.of(), sets.read());
  }

  @Test
  void aDamagedFileIsSaidAndLeftAsItIs() throws IOException {
    Path file = Files.writeString(folder.resolve("sets.json"), "{\"sets\": [{\"name\": 3}]}");
    TargetSets sets = new TargetSets(file);
    for (var attempt :
        List.<Runnable>of(
            sets::read, () -> sets.with("a", List.of("b")), () -> sets.without("a"))) {
      UserException refusal = assertThrows(UserException.class, attempt::run);
      assertTrue(refusal.getMessage().contains("move it away"), refusal.getMessage());
    }
    assertEquals("{\"sets\": [{\"name\": 3}]}", Files.readString(file));
  }
}
