package org.pagexplorer.lab.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.pagexplorer.KeptProperties;
import org.pagexplorer.domain.UserException;
import org.pagexplorer.lab.settings.SettingsFile;

class SlurmSettingsTest {
  private static final SlurmSettings NONE =
      new SlurmSettings(null, null, null, null, null, null, List.of(), null, null, null);
  private static final SlurmSettings SOME =
      new SlurmSettings(
          "gpu", null, "12:00:00", null, 1, 4, List.of("java"), "export A='b'\n:", null, "/pag");

  @TempDir private Path folder;
  @RegisterExtension final KeptProperties kept = new KeptProperties("pag.user");

  @BeforeEach
  void own() {
    System.setProperty("pag.user", folder.toString());
  }

  @Test
  void defaultsAreAPartOfTheSettings() throws IOException {
    assertEquals(NONE, SlurmSettings.defaults());
    SettingsFile settings = new SettingsFile(folder);
    settings.write(
        Map.of(
            "window",
            part -> {
              part.addProperty("width", 3);
              return part;
            }));
    SOME.save();
    assertEquals(SOME, SlurmSettings.defaults());
    JsonObject window = settings.read().parts().get("window");
    assertEquals(3, window.get("width").getAsInt(), "the window's own are kept");
  }

  @Test
  void whatEarlierVersionsKeptElsewhereIsMovedThere() throws IOException {
    Path old = folder.resolve("slurm.json");
    Files.writeString(old, "{\"partition\":\"gpu\",\"cpus\":4,\"modules\":[]}");
    assertEquals("gpu", SlurmSettings.defaults().partition());
    assertFalse(Files.exists(old));
    assertEquals(4, SlurmSettings.defaults().cpus());
  }

  @Test
  void damagedOnesAreSaidAndKept() throws IOException {
    Path old = folder.resolve("slurm.json");
    for (String damaged : List.of("", "[]", "{\"cpus\":\"many\"}", "{\"cpus\":1e99}")) {
      Files.writeString(old, damaged);
      String said =
          String.valueOf(
              assertThrows(UserException.class, SlurmSettings::defaults, damaged).getMessage());
      assertTrue(said.contains("slurm.json"), said);
      assertEquals(damaged, Files.readString(old));
    }
    Files.delete(old);
    Files.writeString(folder.resolve("settings.json"), "{");
    assertThrows(UserException.class, SlurmSettings::defaults);
    assertTrue(Files.exists(folder.resolve("settings.damaged.json")));
  }
}
