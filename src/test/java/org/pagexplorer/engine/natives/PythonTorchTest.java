package org.pagexplorer.engine.natives;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What lies in the folder that somebody happens to be in is neither loaded nor run. */
class PythonTorchTest {
  @TempDir Path folder;

  @BeforeEach
  void onPosixOnly() {
    assumeFalse(System.getProperty("os.name").startsWith("Windows"));
  }

  private static Path script(Path file, String text) throws IOException {
    Files.writeString(file, "#!/bin/sh\n" + text + "\n");
    assertTrue(file.toFile().setExecutable(true));
    return file;
  }

  @Test
  void pythonIsAskedWithoutImporting() throws IOException {
    Path python = script(folder.resolve("python"), "echo /opt/site-packages/torch/__init__.py");
    assertEquals(Optional.of(Path.of("/opt/site-packages/torch")), PythonTorch.ask(python));
    for (String said : List.of("echo", "echo torch/__init__.py", "exit 1")) {
      assertEquals(Optional.empty(), PythonTorch.ask(script(python, said)), said);
    }
    assertEquals(Optional.empty(), PythonTorch.ask(folder.resolve("none")));
  }

  /** In a process of its own, since a Java cannot change the folder that it was started in. */
  @Test
  void aFolderCalledTorchWhereOneIsIsNotTaken() throws Exception {
    assumeTrue(ProgramOnPath.find("python3").isPresent());
    Path torch = Files.createDirectories(folder.resolve("torch"));
    Path canary = folder.resolve("canary");
    Files.writeString(torch.resolve("__init__.py"), "open('" + canary + "', 'w')\n");
    ProcessBuilder builder =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                PythonTorchTest.class.getName())
            .directory(folder.toFile())
            .redirectErrorStream(true);
    builder.environment().put("PYTHONPATH", folder.toString());
    Process process = builder.start();
    assertTrue(process.waitFor(60, TimeUnit.SECONDS));
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertTrue(said.startsWith("answer: "), said);
    assertFalse(said.contains(folder.toString()), said);
    assertFalse(Files.exists(canary), "it was imported");
  }

  /** Says which PyTorch is found. */
  public static void main(String[] arguments) {
    System.out.println("answer: " + PythonTorch.folder());
  }

  @Test
  void programsAreFoundOnThePathButNeverInTheCurrentFolder() throws IOException {
    Path python = script(folder.resolve("pag-test-program"), "exit 0");
    String elsewhere = "/nowhere" + File.pathSeparator;
    assertEquals(Optional.of(python), ProgramOnPath.find("pag-test-program", elsewhere + folder));
    Path relative = Path.of("").toAbsolutePath().relativize(folder);
    for (String path : List.of(elsewhere, elsewhere + ".", elsewhere + relative, "\0")) {
      assertEquals(Optional.empty(), ProgramOnPath.find("pag-test-program", path), path);
    }
    assertTrue(python.toFile().setExecutable(false));
    assertEquals(Optional.empty(), ProgramOnPath.find("pag-test-program", folder.toString()));
  }
}
