package org.pagexplorer.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.pagexplorer.lab.figure.FigureText;

/** Pipes, which nobody writes into, where a file is expected: refused instead of waited for. */
@EnabledOnOs({OS.LINUX, OS.MAC})
class SpecialFilesTest {
  private static final Duration SOON = Duration.ofSeconds(20);

  @TempDir static Path folder;
  private static Path model;

  @BeforeAll
  static void writeModel() {
    model = Pag.model(folder.resolve("model.safetensors"), 1);
  }

  private static Path pipe(String name) throws Exception {
    Path pipe = folder.resolve(name);
    Files.deleteIfExists(pipe);
    Files.createDirectories(pipe.getParent());
    assertEquals(0, new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor());
    return pipe;
  }

  private static void isRefused(Supplier<Pag> run) {
    Pag pag = assertTimeoutPreemptively(SOON, run::get);
    assertEquals(1, pag.code(), pag.out());
    assertEquals(1, pag.err().lines().count(), pag.err());
  }

  @Test
  void modelsAreFiles() throws Exception {
    for (String name : new String[] {"p.safetensors", "p.torchscript", "p.pt", "p.json"}) {
      Path pipe = pipe(name);
      isRefused(() -> Pag.run("attack", "--model", pipe, "--index", 0));
      isRefused(() -> Pag.run("inspect", pipe));
      isRefused(() -> Pag.run("import", pipe, "--out", folder.resolve("i.safetensors")));
      isRefused(
          () -> Pag.run("export", "--model", pipe, "--out", folder.resolve("out.safetensors")));
    }
    isRefused(() -> Pag.run("attack", "--model", "/dev/zero", "--index", 0));
  }

  @Test
  void picturesAreFiles() throws Exception {
    Path pipe = pipe("p.png");
    isRefused(() -> Pag.run("attack", "--model", model, "--image", pipe));
    isRefused(() -> Pag.run("attack", "--model", model, "--image", "/dev/zero"));
  }

  @Test
  void dataSetsAreOfFiles() throws Exception {
    Path data = pipe("data/test/cat/p.png").getParent().getParent().getParent();
    isRefused(() -> Pag.run("evaluate", "--model", model, "--dataset", data));
    Path names = pipe("binary/batches.meta.txt").getParent();
    Pag.dataset(names, 12);
    isRefused(() -> Pag.run("evaluate", "--model", model, "--dataset", names));
    Path batch = pipe("batches/test_batch.bin").getParent();
    isRefused(() -> Pag.run("evaluate", "--model", model, "--dataset", batch));
  }

  @Test
  void pointsAndSpecificationsAreFiles() throws Exception {
    Path points = pipe("p.csv");
    isRefused(() -> Pag.run("toy", "--data", points));
    Path specification = pipe("figure.json");
    isRefused(() -> Pag.run("figure", "--from", specification));
  }

  @Test
  void aFiguresModelIsAFileOrGone() throws Exception {
    Path out = folder.resolve("f.png");
    Pag made = Pag.run("figure", 4, "--out", out, "--models", model, "--index", 0, "--steps", 0);
    assertEquals(0, made.code(), made.err());
    Path specification = FigureText.beside(out);
    Path pipe = pipe("model-pipe.safetensors");
    Files.writeString(
        specification,
        Files.readString(specification)
            .replace(model.toString(), pipe.toString())
            .replaceAll("\"sha256\": \"[0-9a-f]", "\"sha256\": \"e"));
    isRefused(() -> Pag.run("figure", "--from", specification, "--out", out));
    assertTrue(
        Pag.run("figure", "--from", specification, "--out", out).err().contains("not available"));
  }
}
