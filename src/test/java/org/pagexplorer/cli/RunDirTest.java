package org.pagexplorer.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pagexplorer.checkpoint.Checkpoint;
import org.pagexplorer.checkpoint.CheckpointFiles;
import org.pagexplorer.run.RunDirectory;

/** Trainings that end when they should not, and go on. */
class RunDirTest {
  @TempDir private static Path shared;
  @TempDir private Path folder;

  private static Path images;

  @BeforeAll
  static void draw() {
    images = SmallTraining.images(shared);
  }

  @Test
  void aRequestStopsItAndItGoesOn() throws Exception {
    Path run = folder.resolve("run");
    Process process = SmallTraining.start(SmallTraining.training(images, run));
    while (process.isAlive() && SmallTraining.epochs(run) < 2) {
      process.waitFor(5, TimeUnit.MILLISECONDS);
    }
    assertTrue(RunDirectory.isRunning(run));
    Pag second = Pag.run("train", "--run-dir", run);
    assertEquals(1, second.code());
    assertTrue(second.err().contains("another process"), second.err());
    assertEquals(0, Pag.run("runs", "--stop", run).code());
    assertTrue(process.waitFor(60, TimeUnit.SECONDS));
    assertEquals(3, process.exitValue(), "asked to stop, which is no success");
    JsonObject row =
        Pag.objects(Pag.run("runs", "--folder", folder, "--json").json().get("runs")).getFirst();
    assertEquals("stopped", row.get("state").getAsString());
    assertTrue(row.get("epoch").getAsInt() < SmallTraining.EPOCHS, row.toString());
    Pag resumed = Pag.run("train", "--run-dir", run);
    assertEquals(0, resumed.code(), resumed.err());
    assertTrue(resumed.out().startsWith("Resuming after epoch"), resumed.out());
    assertTrue(Pag.run("runs", "--folder", folder).out().startsWith("finished"), "not finished");
  }

  @Test
  @EnabledOnOs({OS.LINUX, OS.MAC})
  void aSignalStopsItBetweenTwoStepsAndItGoesOn() throws Exception {
    Path run = folder.resolve("run");
    Process process = SmallTraining.start(SmallTraining.training(images, run));
    while (process.isAlive() && SmallTraining.epochs(run) < 2) {
      process.waitFor(5, TimeUnit.MILLISECONDS);
    }
    process.destroy(); // SIGTERM
    assertTrue(process.waitFor(60, TimeUnit.SECONDS));
    assertEquals(143, process.exitValue(), "ended by the signal, not by a crash");
    assertEquals("stopped", RunDirectory.events(run).getLast().get("event").getAsString());
    assertEquals(0, Pag.run("train", "--run-dir", run).code());
    assertTrue(RunDirectory.events(run).getLast().has("measurements"));
  }

  /** A file-size limit, since a file system of the test's own would need rights. */
  @Test
  @EnabledOnOs(OS.LINUX)
  void aFullDiskLeavesTheLastStateAndSaysSo() throws Exception {
    Path run = folder.resolve("run");
    Process process = SmallTraining.start(SmallTraining.training(images, run));
    while (process.isAlive() && SmallTraining.epochs(run) < 2) {
      process.waitFor(5, TimeUnit.MILLISECONDS);
    }
    process.destroyForcibly().waitFor();
    long before = SmallTraining.epochs(run);
    Path printed = folder.resolve("printed.txt");
    List<String> limited = new ArrayList<>(List.of("sh", "-c", "ulimit -f 16; exec \"$@\"", "sh"));
    limited.addAll(SmallTraining.command(List.of("train", "--run-dir", run.toString())));
    Process full =
        new ProcessBuilder(limited)
            .redirectErrorStream(true)
            .redirectOutput(printed.toFile())
            .start();
    assertTrue(full.waitFor(60, TimeUnit.SECONDS));
    assertEquals(1, full.exitValue(), Files.readString(printed));
    assertTrue(Files.readString(printed).contains("cannot be written"), Files.readString(printed));
    try (RunDirectory open = RunDirectory.open(run)) {
      assertEquals(before, open.resumption().orElseThrow().epochs());
    }
    CheckpointFiles.read(run.resolve("model.safetensors"));
    assertEquals(0, Pag.run("train", "--run-dir", run).code());
  }

  @Test
  void otherParametersAreRefusedAndAHalfWrittenEventIsCutOff() throws IOException {
    Path run = folder.resolve("run");
    Files.createDirectories(run);
    try (RunDirectory open = RunDirectory.open(run)) {
      open.specify(new RunDirectory.Specification(List.of("--method", "vanilla"), "/"));
      open.event("started", java.util.Map.of());
      Files.writeString(run.resolve("events.jsonl"), "{\"event\":\"ep", StandardOpenOption.APPEND);
      assertEquals(1, RunDirectory.events(run).size());
      open.event("stopped", java.util.Map.of());
    }
    assertEquals(
        List.of("started", "stopped"),
        RunDirectory.events(run).stream().map(e -> e.get("event").getAsString()).toList());
    Pag other = Pag.run("train", "--run-dir", run, "--method", "class-mean");
    assertEquals(1, other.code());
    assertTrue(other.err().contains("holds a run with other parameters"), other.err());
    assertFalse(RunDirectory.isRunning(run));
  }

  @Test
  void aWrongTeacherIsRefusedBeforeTraining() {
    Path teacher =
        Pag.model(
            folder.resolve("teacher.safetensors"),
            1,
            org.pagexplorer.domain.InputShape.CIFAR,
            List.of("a", "b", "c"));
    Pag pag =
        Pag.line(
            "train --method rigd --teacher {} --dataset {} --run-dir {}",
            teacher,
            images,
            folder.resolve("r"));
    assertEquals(1, pag.code());
    assertTrue(pag.err().contains("has 3 classes but"), pag.err());
    assertTrue(RunDirectory.specification(folder.resolve("r")).isEmpty());
    Pag none =
        Pag.line(
            "train --method rigd --dataset {} --out {}", images, folder.resolve("x.safetensors"));
    assertTrue(none.err().contains("--teacher FILE"), none.err());
  }

  @Test
  void aTrainingBeginsWithACheckpointAndIsResumedWithoutIt() throws IOException {
    Path first = Pag.model(folder.resolve("first.safetensors"), 9);
    String line =
        "train --method vanilla --initial-checkpoint {} --dataset {} --width 2 --batch 20"
            + " --test-images 10 --threads 1";
    Path wide = folder.resolve("wide.safetensors");
    Pag refused =
        Pag.line(
            "train --method vanilla --initial-checkpoint {} --dataset {} --out {}",
            first,
            images,
            wide);
    assertEquals(1, refused.code());
    assertTrue(
        refused.err().contains("train with architecture resnet18 and width 2"), refused.err());
    Path out = folder.resolve("tuned.safetensors");
    Pag tuned = Pag.line(line + " --lr 1e-6 --epochs 1 --out {}", first, images, out);
    assertEquals(0, tuned.code(), tuned.err());
    Checkpoint written = CheckpointFiles.read(out);
    assertEquals("Random 9", written.card().training().get("initial-checkpoint"));
    assertEquals(
        CheckpointFiles.sha256(first), written.card().training().get("initial-checkpoint-sha256"));
    Checkpoint began = CheckpointFiles.read(first);
    String weights = "conv1.weight";
    float[] then = began.tensors().get(weights).values();
    float[] now = written.tensors().get(weights).values();
    for (int i = 0; i < then.length; i++) {
      assertEquals(then[i], now[i], 1e-3, weights);
    }
    Path run = folder.resolve("run");
    assertEquals(0, Pag.line(line + " --epochs 1 --run-dir {}", first, images, run).code());
    Checkpoint ended = CheckpointFiles.read(run.resolve("model.safetensors"));
    Files.delete(first);
    Pag again = Pag.run("train", "--run-dir", run);
    assertEquals(0, again.code(), again.err());
    Checkpoint resumed = CheckpointFiles.read(run.resolve("model.safetensors"));
    assertEquals(ended.tensors(), resumed.tensors());
    assertEquals(ended.card(), resumed.card(), "the file is not needed any more");
  }

  @ParameterizedTest
  @CsvSource({"vanilla, --initial-checkpoint", "rigd, --teacher"})
  void aModelThatIsReadIsNotReplaced(String method, String option) {
    Path model = Pag.model(folder.resolve("model.safetensors"), 9);
    String before = CheckpointFiles.sha256(model);
    Pag pag =
        Pag.line(
            "train --method {} {} {} --dataset {} --width 2 --epochs 1 --out {} --force",
            method,
            option,
            model,
            images,
            model);
    assertEquals(1, pag.code());
    assertTrue(pag.err().contains("choose another file for --out"), pag.err());
    assertEquals(before, CheckpointFiles.sha256(model));
  }

  @Test
  void anImportedModelIsATeacher() throws Exception {
    Path foreign =
        Files.write(
            folder.resolve("own.pt"),
            org.pagexplorer.checkpoint.pytorch.TorchSave.zip(
                org.pagexplorer.engine.Initialization.of(
                    org.pagexplorer.domain.Architecture.resNet18(
                        2, org.pagexplorer.domain.InputShape.CIFAR, 10),
                    3)));
    Path teacher = folder.resolve("own.safetensors");
    assertEquals(
        0,
        Pag.line("import {} --out {} --normalization none --classes cifar10", foreign, teacher)
            .code());
    Path out = folder.resolve("student.safetensors");
    Pag pag =
        Pag.line(
            "train --method rigd --teacher {} --dataset {} --width 2 --epochs 1 --batch 20"
                + " --targets-per-step 2 --test-images 10 --threads 1 --out {}",
            teacher,
            images,
            out);
    assertEquals(0, pag.code(), pag.err());
    assertEquals("own", CheckpointFiles.readCard(out).training().get("teacher"));
  }
}
