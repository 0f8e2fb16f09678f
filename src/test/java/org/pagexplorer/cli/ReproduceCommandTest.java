package org.pagexplorer.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pagexplorer.checkpoint.Checkpoint;
import org.pagexplorer.checkpoint.CheckpointFiles;
import org.pagexplorer.checkpoint.Dtype;
import org.pagexplorer.domain.Architecture;
import org.pagexplorer.domain.InputShape;
import org.pagexplorer.domain.ModelCard;
import org.pagexplorer.domain.Normalization;
import org.pagexplorer.engine.Initialization;
import org.pagexplorer.lab.runs.RunStatus;
import org.pagexplorer.run.RunDirectory;

/** The whole page of tiny models, and what is kept between two calls. */
class ReproduceCommandTest {
  @TempDir static Path folder;

  private static Path data;
  private static Path vanilla;
  private static Path mean;
  private static Path page;
  private static Path parts;

  @BeforeAll
  static void write() {
    data = Pag.dataset(folder.resolve("data"), 20);
    vanilla = model("Plain <b>", "vanilla", Map.of("epochs", "1"));
    mean = model("Mean", "class-mean", Map.of("epochs", "1", "lambda", "0.4"));
    page = folder.resolve("whole.html");
    parts = folder.resolve("whole-parts");
    Pag pag = reproduce();
    assertEquals(0, pag.code(), pag.err());
  }

  private static Path model(String name, String method, Map<String, String> training) {
    return model(name, method, training, 1);
  }

  private static Path model(String name, String method, Map<String, String> training, long seed) {
    Architecture architecture = Architecture.mlp(4, InputShape.CIFAR, 10);
    ModelCard card =
        new ModelCard(
            name,
            architecture,
            Pag.CLASSES,
            Normalization.CIFAR10,
            method,
            training,
            seed,
            "nothing",
            "",
            "a test",
            "pag train --method " + method,
            List.of());
    Path file = folder.resolve(method + training.hashCode() + "-" + seed + ".safetensors");
    CheckpointFiles.write(
        file, new Checkpoint(card, Initialization.of(architecture, seed)), Dtype.F32);
    return file;
  }

  private static Pag reproduce(Object... more) {
    return SmallReproduce.run(
        Stream.concat(
                Arrays.stream(
                    Pag.words(
                        "--models {} {} --dataset {} --limit 10 --seeds 2 --out {}",
                        vanilla,
                        mean,
                        data,
                        page)),
                Arrays.stream(more))
            .toArray());
  }

  @Test
  void thePageHasEveryTableAndFigureWithPublishedNumbersAndSpecifications() throws IOException {
    String html = Files.readString(page);
    for (String published : List.of("93.61", "81.41", "40.69", "79.13 ± 0.74", "75.5", "72.63")) {
      assertTrue(html.contains(published), published);
    }
    for (int figure : new int[] {3, 4, 5}) {
      assertTrue(html.contains("download=\"figure-" + figure + ".png.json\""), "figure " + figure);
    }
    assertTrue(html.contains("Plain &lt;b&gt;"), "names are escaped");
    assertFalse(html.contains("Plain <b>"));
    assertTrue(html.contains("pag reproduce --models"), "the command");
    assertTrue(html.contains("pag train --method class-mean"), "its models' commands");
    assertTrue(html.contains(CheckpointFiles.sha256(mean)), "its models' hashes");
    try (PDDocument pdf = Loader.loadPDF(folder.resolve("whole.pdf").toFile())) {
      assertTrue(pdf.getNumberOfPages() > 2, "pages");
      assertEquals(
          List.of("figure-3.png.json", "figure-4.png.json", "figure-5.png.json"),
          pdf.getDocumentCatalog().getNames().getEmbeddedFiles().getNames().keySet().stream()
              .sorted()
              .toList());
    }
  }

  @Test
  void itsAccuraciesAreThoseOfEvaluate() throws IOException {
    JsonObject evaluated =
        Pag.objects(
                Pag.run(
                        "evaluate",
                        "--model",
                        mean,
                        "--dataset",
                        data,
                        "--limit",
                        10,
                        "--norm",
                        "linf,l2",
                        "--json")
                    .json()
                    .get("models"))
            .getFirst();
    List<Double> expected =
        Pag.objects(evaluated.get("columns")).stream()
            .map(column -> column.get("accuracy").getAsDouble())
            .toList();
    Path part =
        parts.resolve("accuracy-" + CheckpointFiles.sha256(mean).substring(0, 16) + ".json");
    JsonObject result =
        new com.google.gson.Gson()
            .fromJson(Files.readString(part), JsonObject.class)
            .getAsJsonObject("result");
    assertEquals(
        expected,
        Pag.objects(result.get("cells")).stream()
            .map(cell -> cell.get("correct").getAsDouble() / cell.get("n").getAsDouble())
            .toList());
  }

  @Test
  void finishedStepsAreNotRepeatedAndChangedOnesAre() throws IOException {
    FileTime before = FileTime.fromMillis(1000);
    for (Path part : files(parts)) {
      Files.setLastModifiedTime(part, before);
    }
    Files.writeString(parts.resolve("figure-4.png"), "damaged");
    Files.writeString(parts.resolve("figure-5.json"), "{");
    Files.delete(page);
    assertEquals(0, reproduce().code());
    assertTrue(Files.exists(page));
    List<String> made = new ArrayList<>();
    for (Path part : files(parts)) {
      if (!Files.getLastModifiedTime(part).equals(before)) {
        made.add(part.getFileName().toString());
      }
    }
    assertEquals(
        List.of(
            "figure-4.json",
            "figure-4.png",
            "figure-4.png.json",
            "figure-5.json",
            "figure-5.png",
            "figure-5.png.json"),
        made);
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      return all.sorted().toList();
    }
  }

  @Test
  void aFigureOfThePageIsMadeAgainFromItsSpecification() throws IOException {
    Path picture = parts.resolve("figure-5.png");
    Path again = folder.resolve("again.png");
    Pag pag = Pag.run("figure", "--from", picture + ".json", "--out", again);
    assertEquals(0, pag.code(), pag.err());
    assertEquals(-1, Files.mismatch(picture, again));
  }

  @Test
  void missingModelsAreTrainedOnceAndTheirNumbersAreInThePage() throws IOException {
    Path trained = folder.resolve("trained.html");
    Object[] words = {
      "--models",
      vanilla,
      mean,
      model("M1", "class-mean", Map.of("lambda", "1")),
      model("N", "nearest-neighbor", Map.of("lambda", "0.4")),
      model("R2", "rigd", Map.of("teacher", "Robust L2", "lambda", "0.4")),
      model("Ri", "rigd", Map.of("teacher", "Robust Linf", "lambda", "0.4")),
      model("O", "one-image", Map.of("lambda", "0.5")),
      "--dataset",
      data,
      "--limit",
      10,
      "--seeds",
      1,
      "--out",
      trained,
      "--train",
      "--train-with",
      "--architecture mlp --width 4 --epochs 1"
    };
    Pag pag = SmallReproduce.run(words);
    assertEquals(0, pag.code(), pag.err());
    Path runs = folder.resolve("trained-runs/cifar-10-subset/table-4");
    assertEquals(
        List.of("seed-1", "seed-2", "seed-3"),
        files(runs).stream().map(run -> run.getFileName().toString()).toList());
    assertTrue(Files.readString(trained).contains("here, seeds: 3"));
    Path model = runs.resolve("seed-1/model.safetensors");
    FileTime before = FileTime.fromMillis(1000);
    Files.setLastModifiedTime(model, before);
    assertEquals(0, SmallReproduce.run(words).code());
    assertEquals(before, Files.getLastModifiedTime(model), "it was not trained again");
    words[words.length - 1] = "--architecture mlp --width 4 --epochs 2";
    Pag other = SmallReproduce.run(words);
    assertEquals(1, other.code(), "runs of other settings are not taken");
    assertTrue(other.err().contains("holds a finished run with other parameters"), other.err());
  }

  /** One run has no name of its own in a sweep. */
  @Test
  void aSingleMissingModelIsTrainedWhereTheCommandComputesAndTaken() throws IOException {
    Path single = folder.resolve("single.html");
    List<Object> words = new ArrayList<>(List.of("--models", mean));
    words.add(model("M1", "class-mean", Map.of("lambda", "1")));
    words.add(model("N", "nearest-neighbor", Map.of("lambda", "0.4")));
    words.add(model("R2", "rigd", Map.of("teacher", "Robust L2", "lambda", "0.4")));
    words.add(model("Ri", "rigd", Map.of("teacher", "Robust Linf", "lambda", "0.4")));
    for (long seed = 1; seed <= 3; seed++) {
      words.add(model("O" + seed, "one-image", Map.of("lambda", "0.5"), seed));
    }
    words.addAll(List.of("--dataset", data, "--limit", 10, "--seeds", 1, "--out", single));
    words.addAll(List.of("--threads", 1, "--json", "--train", "--train-with"));
    words.add("--architecture mlp --width 4 --epochs 1 --device=cpu");
    Pag pag = SmallReproduce.run(words.toArray());
    assertEquals(0, pag.code(), pag.err());
    assertEquals(1, pag.out().lines().count(), "JSON alone: " + pag.out());
    assertEquals(single.toString(), pag.json().get("page").getAsString());
    Path run = folder.resolve("single-runs/cifar-10-subset/table-1/vanilla");
    List<String> arguments = RunDirectory.specification(run).orElseThrow().arguments();
    assertTrue(String.join(" ", arguments).contains("--threads 1"), arguments.toString());
    assertEquals(
        1, arguments.stream().filter("--device"::equals).count(), "given with --train-with");
    String html = Files.readString(single);
    assertFalse(html.contains("Not measured"), "it is in the page");
    FileTime before = FileTime.fromMillis(1000);
    Files.setLastModifiedTime(run.resolve("model.safetensors"), before);
    assertEquals(0, SmallReproduce.run(words.toArray()).code());
    assertEquals(
        before,
        Files.getLastModifiedTime(run.resolve("model.safetensors")),
        "it was not trained again");
  }

  @Test
  void whereNoTrainingHasFinishedThatIsSaid() {
    Pag pag =
        SmallReproduce.run(
            "--train", "--hours", 0, "--dataset", data, "--out", folder.resolve("nothing.html"));
    assertEquals(1, pag.code());
    assertTrue(
        pag.err().contains("No training has finished yet; the same command continues."), pag.err());
  }

  /** One of a million epochs. */
  @Test
  void aTrainingThatRunsIsStoppedWhenTheTimeIsUp() throws IOException {
    Path out = folder.resolve("stopped.html");
    List<Object> words = new ArrayList<>(List.of("--train", "--hours", 0.0014, "--dataset", data));
    words.addAll(List.of("--threads", 1, "--out", out, "--train-with"));
    words.add("--architecture mlp --width 4 --epochs 1000000");
    Pag pag = SmallReproduce.run(words.toArray());
    assertEquals(1, pag.code(), pag.err());
    assertTrue(pag.err().matches("(?s).*At most \\d s are left for training\\..*"), pag.err());
    assertTrue(
        pag.err().contains("No training has finished yet; the same command continues."), pag.err());
    Path runs = folder.resolve("stopped-runs/cifar-10-subset/table-1");
    RunStatus first = RunStatus.of(runs.resolve("vanilla"));
    assertEquals(RunStatus.State.STOPPED, first.state());
    List<String> events =
        RunDirectory.events(first.folder()).stream()
            .map(e -> e.get("event").getAsString())
            .toList();
    assertTrue(events.containsAll(List.of("started", "stopped")), "it had begun: " + events);
    try (Stream<Path> begun = Files.list(runs)) {
      assertEquals(List.of(runs.resolve("vanilla")), begun.toList(), "no time for the others");
    }
  }

  @Test
  void withoutTimeForTrainingThePageIsMadeOfTheGivenModels() throws IOException {
    Files.delete(page);
    Pag pag = reproduce("--train", "--hours", 0);
    assertEquals(0, pag.code(), pag.err());
    assertTrue(Files.exists(page));
    assertFalse(Files.exists(folder.resolve("whole-runs")));
  }

  @Test
  void wrongCommandLinesAreRefusedBeforeAnyWork() {
    assertEquals(2, SmallReproduce.run("--hours", 3).code());
    assertEquals(2, SmallReproduce.run("--train").code());
    assertEquals(
        1,
        SmallReproduce.run("--models", vanilla, "--out", folder.resolve("no/such/x.html")).code());
    assertEquals(1, SmallReproduce.run("--models", "nowhere.safetensors").code());
  }
}
