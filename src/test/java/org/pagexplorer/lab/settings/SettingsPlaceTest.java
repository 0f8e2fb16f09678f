package org.pagexplorer.lab.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SettingsPlaceTest {
  private static final Path HOME = Path.of("/home/ada");

  private static Path on(String system, Map<String, String> environment) {
    return SettingsPlace.of(system, HOME, environment::get);
  }

  @Test
  void eachSystemHasItsOwn() {
    assertEquals(HOME.resolve(".config/pag-explorer"), on("Linux", Map.of()));
    assertEquals(
        Path.of("/etc/ada/pag-explorer"), on("Linux", Map.of("XDG_CONFIG_HOME", "/etc/ada")));
    assertEquals(
        HOME.resolve(".config/pag-explorer"),
        on("Linux", Map.of("XDG_CONFIG_HOME", "relative")),
        "the specification has it ignored");
    assertEquals(
        HOME.resolve("Library/Application Support/PAG Explorer"), on("Mac OS X", Map.of()));
    assertEquals(Path.of("/roaming/PAG Explorer"), on("Windows 11", Map.of("APPDATA", "/roaming")));
    assertEquals(HOME.resolve("AppData/Roaming/PAG Explorer"), on("Windows 11", Map.of()));
  }

  @Test
  void theUsersFolderOverridesIt() {
    assertEquals(Path.of(System.getProperty("pag.user")).toAbsolutePath(), SettingsPlace.folder());
  }

  /** Every test runs with a user's folder of its own. */
  @Test
  void noTestSeesTheDevelopersSettings() {
    Path mine = Path.of(System.getProperty("user.home"));
    assertTrue(System.getProperty("pag.user") != null, "see pom.xml");
    assertFalse(SettingsPlace.folder().startsWith(mine.resolve(".config")));
    assertTrue(SettingsPlace.folder().startsWith(Path.of("target").toAbsolutePath()));
  }
}
