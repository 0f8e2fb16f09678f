package org.pagexplorer.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pagexplorer.checkpoint.CheckpointFiles;

/** How the images are moved before a step sees them. */
class TrainCommandTest {
  @TempDir private Path folder;

  private Pag train(String... more) {
    List<Object> words =
        new ArrayList<>(List.of("train", "--method", "vanilla", "--architecture", "mlp"));
    words.addAll(List.of("--dataset", Pag.dataset(folder.resolve("images"), 40)));
    words.addAll(List.of("--width", 4, "--epochs", 1, "--batch", 20, "--test-images", 10));
    words.addAll(List.of("--threads", 1, "--out", folder.resolve("model.safetensors")));
    words.addAll(List.of(more));
    return Pag.run(words.toArray());
  }

  private Map<String, String> training() {
    return CheckpointFiles.readCard(folder.resolve("model.safetensors")).training();
  }

  @Test
  void theCardSaysHowImagesWereMoved() {
    assertEquals(0, train().code());
    assertEquals("4", training().get("crop-padding"));
    assertEquals("0.5", training().get("horizontal-flip"));
    assertEquals(0, train("--crop-padding", "2", "--horizontal-flip", "0").code());
    assertEquals("2", training().get("crop-padding"));
    assertEquals("0.0", training().get("horizontal-flip"));
  }

  @Test
  void movesThatShowNothingOrCannotBeDrawnAreRefusedInASentence() {
    assertEquals(0, train("--crop-padding", "31").code());
    for (String[] wrong :
        new String[][] {
          {"--crop-padding", "32"}, {"--crop-padding", "-1"}, {"--horizontal-flip", "1.5"},
        }) {
      Pag pag = train(wrong);
      assertTrue(pag.code() != 0, String.join(" ", wrong));
      assertEquals(1, pag.err().lines().count(), pag.err());
      assertTrue(pag.err().matches("(?s).*(crop padding|probability of a flip).*"), pag.err());
    }
  }
}
