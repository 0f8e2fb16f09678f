package org.pagexplorer.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.pagexplorer.checkpoint.CheckpointFiles;

/** What is replaced without a word, and what never is. */
class OutputFileTest {
  @TempDir private Path folder;
  private Path model = Path.of("");
  private Path other = Path.of("");
  private Path data = Path.of("");

  @BeforeEach
  void writeModels() {
    model = Pag.model(folder.resolve("one.safetensors"), 1);
    other = Pag.model(folder.resolve("two.safetensors"), 2);
    data = Pag.dataset(folder.resolve("data"), 10);
  }

  private void assertKept(Path kept, String words, Object... line) throws IOException {
    byte[] before = Files.readAllBytes(kept);
    Pag pag = Pag.run(line);
    assertEquals(1, pag.code(), pag.out() + pag.err());
    assertEquals("", pag.out(), "it worked before it refused");
    assertTrue(pag.err().contains(words), pag.err());
    assertEquals(1, pag.err().lines().count(), pag.err());
    assertArrayEquals(before, Files.readAllBytes(kept));
  }

  @Test
  void aModelIsReplacedByAModelOnlyWithForce() throws IOException {
    String words = "already exists; choose another --out, or replace it with --force.";
    Object[][] lines = {
      {"import", other, "--out", model},
      {"export", "--model", other, "--out", model},
      {"train", "--method", "vanilla", "--dataset", data, "--out", model},
    };
    for (Object[] line : lines) {
      assertKept(model, words, line);
    }
    Pag forced = Pag.run("export", "--model", other, "--out", model, "--force");
    assertEquals(0, forced.code(), forced.err());
    assertEquals(CheckpointFiles.read(other).tensors(), CheckpointFiles.read(model).tensors());
    assertTrue(Pag.run("import", other, "--out", model, "--force").code() == 0);
  }

  /** Weights under a program's name could be opened by nobody. */
  @Test
  void weightsAreNotWrittenUnderAProgramsName() {
    Path program = folder.resolve("x.torchscript");
    Object[][] lines = {
      {"export", "--model", other, "--out", program},
      {"train", "--method", "vanilla", "--dataset", data, "--out", program},
    };
    for (Object[] line : lines) {
      Pag pag = Pag.run(line);
      assertEquals(1, pag.code(), pag.err());
      assertTrue(pag.err().contains("is written as *.safetensors"), pag.err());
      assertFalse(Files.exists(program));
    }
  }

  @Test
  void noTableAndNoArrayReplacesAModel() throws IOException {
    String words = "is a model, which ";
    Path latex = folder.resolve("t.tex");
    Object[][] lines = {
      {"attack", "--model", other, "--raw", model},
      {"evaluate", "--model", other, "--dataset", data, "--csv", model},
      {"evaluate", "--model", other, "--dataset", data, "--latex", model},
      {"align", "--model", other, "--dataset", data, "--csv", model, "--latex", latex},
    };
    for (Object[] line : lines) {
      assertKept(model, words, line);
    }
    Path same = folder.resolve("table.txt");
    Pag twice =
        Pag.line(
            "evaluate --model {} --dataset {} --csv {} --latex {}",
            other,
            data,
            same,
            folder.resolve("data/../table.txt"));
    assertTrue(twice.err().contains("are the same file"), twice.err());
    assertFalse(Files.exists(same));
  }

  @Test
  void arraysAndTablesReplaceTheirOwn() {
    for (String name : List.of("raw.safetensors", "raw.npy", "grid.png")) {
      Path file = folder.resolve(name);
      Object[] line =
          Pag.words(
              "attack --model {} --index 0 --targets cat --steps 1 {} {}",
              model,
              name.endsWith("png") ? "--out" : "--raw",
              file);
      assertEquals(0, Pag.run(line).code());
      assertEquals(0, Pag.run(line).code(), name);
    }
  }

  /** As the administrator, a rename over /dev/null would break it for everybody. */
  @Test
  @EnabledOnOs({OS.LINUX, OS.MAC})
  void whatIsNoFileIsNotReplaced() throws Exception {
    Path pipe = folder.resolve("pipe.png");
    assertEquals(0, new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor());
    Pag pag = Pag.run("attack", "--model", model, "--index", 0, "--steps", 1, "--out", pipe);
    assertEquals(1, pag.code());
    assertTrue(pag.err().contains("is not a file that can be replaced"), pag.err());
    assertFalse(Files.isRegularFile(pipe));
    assertEquals(2, Pag.run("export", "--model", model, "--out", "").code());
  }

  /** A picture's name would hold a model. */
  @Test
  void aModelHasAModelsName() {
    Path picture = folder.resolve("x.png");
    for (Object[] line :
        new Object[][] {
          {"export", "--model", model, "--out", picture},
          {"import", model, "--out", picture},
          {"train", "--method", "vanilla", "--dataset", data, "--out", picture},
        }) {
      Pag pag = Pag.run(line);
      assertEquals(1, pag.code());
      assertTrue(pag.err().startsWith("A model is written as *.safetensors"), pag.err());
      assertFalse(Files.exists(picture));
    }
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void whatCannotBePrintedIsNoSuccess() throws Exception {
    assertEquals("1 not whole", shell("models --json --models \"$1\" > /dev/full"));
    assertEquals("0", shell("models --json --models \"$1\" | true")); // which reads nothing at all
  }

  /** The exit code of our process, and whether it said that output was lost. */
  private String shell(String line) throws IOException, InterruptedException {
    Path errors = folder.resolve("errors");
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    Process process =
        new ProcessBuilder(
                "bash",
                "-o",
                "pipefail",
                "-c",
                "\"$2\" -XX:TieredStopAtLevel=1 -cp \"$3\" org.pagexplorer.Main " + line,
                "bash",
                folder.toString(),
                java,
                System.getProperty("java.class.path"))
            .redirectError(errors.toFile())
            .start();
    int code = process.waitFor();
    String said = Files.readString(errors);
    assertFalse(said.contains("\tat "), said);
    return code + (said.contains("is not whole.") ? " not whole" : "");
  }
}
