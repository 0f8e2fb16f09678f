package org.pagexplorer.ui.attack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pagexplorer.domain.UserException;
import org.pagexplorer.lab.settings.SettingsFile;

class TargetSetsTest {
  @TempDir Path folder;

  private TargetSets sets() {
    return new TargetSets(
        new SettingsFile(folder.resolve("new")), folder.resolve("target-sets.json"));
  }

  @Test
  void whatIsRememberedIsThereAgain() {
    TargetSets sets = sets();
    assertEquals(Map.of(), sets.read());
    sets.with("Dogs", List.of("Border collie", "pug, pug-dog"));
    sets.with("Ünï \"q\"", List.of("ship"));
    sets.with("Dogs", List.of("pug, pug-dog"));
    assertEquals(
        Map.of("Dogs", List.of("pug, pug-dog"), "Ünï \"q\"", List.of("ship")), sets().read());
    sets.without("Dogs");
    assertEquals(List.of("Ünï \"q\""), List.copyOf(sets.read().keySet()));
    sets.without("Ünï \"q\"");
    assertEquals(Map.of(), sets.read());
  }

  @Test
  void theyAreAPartOfTheSettingsBesideTheOthers() throws IOException {
    SettingsFile settings = sets().settings();
    JsonObject theme = new JsonObject();
    theme.addProperty("dark", true);
    settings.write(Map.of("theme", part -> theme));
    sets().with("Dogs", List.of("pug"));
    settings.write(Map.of("theme", part -> part));
    assertEquals(List.of("target-sets", "theme"), List.copyOf(settings.read().parts().keySet()));
    assertEquals(theme, settings.read().parts().get("theme"));
    assertEquals(Map.of("Dogs", List.of("pug")), sets().read());
  }

  @Test
  void theFileOfEarlierVersionsMovesIntoTheSettings() throws IOException {
    Files.writeString(
        sets().before(),
        """
        {"sets": [{"name": "Dogs", "classes": ["pug"]}, {"name": "Ships", "classes": ["canoe"]}]}
        """);
    assertEquals(List.of("Dogs", "Ships"), List.copyOf(sets().read().keySet()));
    assertTrue(Files.exists(sets().before()), "reading changes nothing");
    sets().with("Dogs", List.of("collie"));
    assertFalse(Files.exists(sets().before()));
    assertEquals(Map.of("Dogs", List.of("collie"), "Ships", List.of("canoe")), sets().read());
  }

  @Test
  void aDamagedFileIsSaidAndLeftAsItIs() throws IOException {
    Files.writeString(sets().before(), "{\"sets\": [{\"name\": 3}]}");
    refuseAll("move it away");
    assertEquals("{\"sets\": [{\"name\": 3}]}", Files.readString(sets().before()));
    Files.delete(sets().before());
    Files.createDirectories(sets().settings().folder());
    String damaged = "{\"version\": 1, \"target-sets\": {\"sets\": 3}}";
    Files.writeString(sets().settings().file(), damaged);
    refuseAll("take \"target-sets\" out of it");
    assertEquals(damaged, Files.readString(sets().settings().file()));
  }

  private void refuseAll(String words) {
    TargetSets sets = sets();
    for (var attempt :
        List.<Runnable>of(
            sets::read, () -> sets.with("a", List.of("b")), () -> sets.without("a"))) {
      UserException refusal = assertThrows(UserException.class, attempt::run);
      assertTrue(refusal.getMessage().contains(words), refusal.getMessage());
    }
  }

  /** Settings of any length could not be read again. */
  @Test
  void theyDoNotOutgrowTheSettings() {
    List<String> many = Collections.nCopies(90_000, "a name of thirty-five characters ..");
    sets().with("one", many);
    UserException refusal = assertThrows(UserException.class, () -> sets().with("two", many));
    assertEquals("There is no place for another set: delete one first.", refusal.getMessage());
    assertEquals(List.of("one"), List.copyOf(sets().read().keySet()));
  }
}
