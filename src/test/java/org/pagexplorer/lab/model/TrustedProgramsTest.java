package org.pagexplorer.lab.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.util.ClearSystemProperty;
import org.pagexplorer.files.Sha256;

@ClearSystemProperty(key = "pag.user")
class TrustedProgramsTest {
  @TempDir Path folder;

  @BeforeEach
  void ownHome() {
    System.setProperty("pag.user", folder.toString());
  }

  /** As a crash or an editor leaves it. */
  @Test
  void aListWithoutALastLineEndLosesNoTrust() throws IOException {
    Path list = folder.resolve("trusted-programs.txt");
    String first = "a".repeat(64);
    Files.writeString(list, first);
    Path program = Files.writeString(folder.resolve("p.pt"), "a program");
    TrustedPrograms.add(program);
    assertEquals(first + "\n" + Sha256.of(program) + "\n", Files.readString(list));
  }

  /** A process that was killed deletes nothing itself. */
  @Test
  void copiesThatKilledProcessesLeftAreSwept() throws IOException {
    String before = System.getProperty("java.io.tmpdir");
    System.setProperty("java.io.tmpdir", folder.toString());
    try {
      Path old = Files.createDirectory(folder.resolve("pag-program1"));
      Files.writeString(old.resolve("program"), "old");
      Files.setLastModifiedTime(old, FileTime.from(Instant.now().minus(Duration.ofHours(2))));
      Path young = Files.createDirectory(folder.resolve("pag-program2"));
      PrivateCopy.sweep(Duration.ofHours(1));
      assertFalse(Files.exists(old));
      assertTrue(Files.exists(young));
    } finally {
      System.setProperty("java.io.tmpdir", before);
    }
  }
}
