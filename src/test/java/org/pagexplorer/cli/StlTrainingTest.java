package org.pagexplorer.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pagexplorer.checkpoint.CheckpointFiles;
import org.pagexplorer.domain.InputShape;
import org.pagexplorer.domain.ModelCard;

/** STL-10 with the paper's values, end to end, on noise of its format. */
class StlTrainingTest {
  @TempDir Path folder;

  private void write(String name, int images, long seed) throws IOException {
    byte[] pixels = new byte[images * InputShape.STL.size()];
    new Random(seed).nextBytes(pixels);
    byte[] labels = new byte[images];
    for (int i = 0; i < images; i++) {
      labels[i] = (byte) (1 + i % 10);
    }
    Files.write(folder.resolve(name + "_X.bin"), pixels);
    Files.write(folder.resolve(name + "_y.bin"), labels);
  }

  @Test
  void thePapersRecipeTrainsAndMeasuresWithThePapersRadii() throws IOException {
    write("train", 32, 1);
    write("test", 10, 2);
    Path out = folder.resolve("stl.safetensors");
    Pag pag =
        Pag.run(
            "train",
            "--recipe",
            "paper/stl10/class-mean",
            "--dataset",
            folder,
            "--width",
            2,
            "--epochs",
            1,
            "--out",
            out);
    assertEquals(0, pag.code(), pag.err());
    ModelCard card = CheckpointFiles.read(out).card();
    assertEquals(InputShape.STL, card.architecture().input());
    assertEquals("32", card.training().get("batch"));
    assertEquals("0.2", card.training().get("lambda"));
    assertEquals("10", card.training().get("targets-per-step"));
    assertEquals(
        List.of("clean", "L2 PGD-20, ε = 1.5, any iterate", "L∞ PGD-20, ε = 0.031, any iterate"),
        card.measurements().stream().map(ModelCard.Measurement::attack).toList());
  }
}
