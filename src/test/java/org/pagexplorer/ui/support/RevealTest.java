package org.pagexplorer.ui.support;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.pagexplorer.domain.UserException;

class RevealTest {
  @TempDir Path folder;

  @Test
  void eachSystemsFileManagerIsAskedInItsOwnWay() {
    Path file = Path.of("/data/a, b.safetensors").toAbsolutePath();
    assertEquals(
        List.of(List.of("open", "-R", file.toString())), Reveal.commands("Mac OS X", file));
    assertEquals(
        List.of(List.of("explorer.exe", "/select," + file)), Reveal.commands("Windows 11", file));
    List<List<String>> linux = Reveal.commands("Linux", file);
    assertTrue(
        linux.get(0).contains("array:string:" + file.toUri().toString().replace(",", "%2C")));
    assertEquals(List.of("xdg-open", file.getParent().toString()), linux.get(1));
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void theNextOneIsTriedUntilOneWorksElseThePlaceIsSaid() {
    Path file = folder.resolve("m.safetensors");
    Path opened = folder.resolve("opened");
    List<String> opens = List.of("touch", opened.toString());
    Reveal.show(file, List.of(List.of("no-such-program-here"), List.of("false"), opens));
    assertTrue(Files.exists(opened));
    UserException said =
        assertThrows(
            UserException.class,
            () -> Reveal.show(file, List.of(List.of("no-such-program-here"), List.of("false"))));
    assertTrue(said.getMessage().endsWith(file + "."), said.getMessage());
  }
}
