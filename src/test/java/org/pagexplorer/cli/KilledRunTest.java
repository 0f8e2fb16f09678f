package org.pagexplorer.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pagexplorer.checkpoint.Checkpoint;
import org.pagexplorer.checkpoint.CheckpointFiles;
import org.pagexplorer.run.RunDirectory;

/** Trainings that are killed, and end with the weights of one that nothing interrupted. */
class KilledRunTest {
  private static final int EPOCHS = 5;

  @TempDir private static Path shared;
  @TempDir private Path folder;

  private static Path images;

  /** A training that nothing interrupted. */
  private static Path whole;

  @BeforeAll
  static void train() {
    images = SmallTraining.images(shared);
    whole = shared.resolve("whole");
    assertEquals(0, Pag.run(training(whole).toArray()).code());
  }

  private static List<String> training(Path run) {
    return SmallTraining.training(images, run, EPOCHS);
  }

  @Test
  void killedAtRandomMomentsItEndsWithTheSameWeights() throws Exception {
    Path killed = folder.resolve("killed");
    SplittableRandom random = new SplittableRandom(1);
    List<String> arguments = training(killed);
    int kills = 0;
    for (int attempt = 0; attempt < 40 && SmallTraining.epochs(killed) < EPOCHS; attempt++) {
      Process process = SmallTraining.start(arguments);
      long before = SmallTraining.epochs(killed);
      // Some time after one more epoch is whole, or is about to be.
      while (process.isAlive() && SmallTraining.epochs(killed) == before) {
        process.waitFor(5, TimeUnit.MILLISECONDS);
      }
      process.waitFor(random.nextInt(300), TimeUnit.MILLISECONDS);
      kills += process.isAlive() ? 1 : 0;
      process.destroyForcibly().waitFor();
      arguments = List.of("train", "--run-dir", killed.toString());
    }
    assertTrue(kills >= 3, kills + " kills");
    assertEquals(0, Pag.run(arguments.toArray()).code());
    assertEquals(
        CheckpointFiles.read(whole.resolve("model.safetensors")).tensors(),
        CheckpointFiles.read(killed.resolve("model.safetensors")).tensors());
    assertEquals(List.of(true), List.of(RunDirectory.events(killed).getLast().has("measurements")));
    List<Integer> told =
        RunDirectory.events(killed).stream()
            .filter(event -> event.get("event").getAsString().equals("epoch"))
            .map(event -> event.get("epoch").getAsInt())
            .toList();
    for (int epoch = 1; epoch <= EPOCHS; epoch++) {
      assertEquals(epoch, told.get(epoch - 1), told.toString());
    }
  }

  @ParameterizedTest
  @CsvSource({"--align, log-probability", "--statistics, batch"})
  void anOptionOfTheObjectiveOutlivesBeingKilled(String option, String value) throws Exception {
    Path uninterrupted = folder.resolve("uninterrupted");
    assertEquals(0, Pag.run(with(training(uninterrupted), option, value)).code());
    Path killed = folder.resolve("killed");
    Process process = SmallTraining.start(List.of(with(training(killed), option, value)));
    while (process.isAlive() && SmallTraining.epochs(killed) == 0) {
      process.waitFor(5, TimeUnit.MILLISECONDS);
    }
    process.destroyForcibly().waitFor();
    assertTrue(SmallTraining.epochs(killed) < EPOCHS, "it was killed too late");
    assertEquals(0, Pag.run("train", "--run-dir", killed.toString()).code());
    Checkpoint expected = CheckpointFiles.read(uninterrupted.resolve("model.safetensors"));
    Checkpoint resumed = CheckpointFiles.read(killed.resolve("model.safetensors"));
    assertEquals(expected.tensors(), resumed.tensors());
    assertEquals(value, resumed.card().training().get(option.substring(2)));
    assertNotEquals(
        CheckpointFiles.read(whole.resolve("model.safetensors")).tensors(), resumed.tensors());
  }

  private static String[] with(List<String> arguments, String option, String value) {
    return Stream.concat(arguments.stream(), Stream.of(option, value)).toArray(String[]::new);
  }
}
