package org.pagexplorer.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pagexplorer.checkpoint.CheckpointFiles;
import org.pagexplorer.engine.TorchEngine;
import org.pagexplorer.run.GradientWriter;

/** {@code pag gradients}, and {@code pag train --method from-file}. */
class GradientsCommandTest {
  @TempDir private Path folder;
  private Path images = Path.of("");

  @BeforeEach
  void images() {
    images = Pag.dataset(folder.resolve("images"), 40);
  }

  private Pag gradients(Object... more) {
    List<Object> words = new ArrayList<>(List.of("gradients", "--dataset", images));
    words.addAll(List.of(more));
    return Pag.run(words.toArray());
  }

  private Pag train(String method, Path out, Object... more) {
    List<Object> words = new ArrayList<>(List.of("train", "--method", method, "--dataset", images));
    words.addAll(List.of("--architecture", "mlp", "--width", 4, "--epochs", 1, "--batch", 20));
    words.addAll(List.of("--test-images", 10, "--threads", 1, "--out", out));
    words.addAll(List.of(more));
    return Pag.run(words.toArray());
  }

  @Test
  void aModelTrainedFromTheFileIsThatOfTheRealization() {
    Path file = folder.resolve("g.npy");
    Pag written = gradients("--method", "class-mean", "--out", file, "--json");
    assertEquals(0, written.code(), written.err());
    JsonObject json = written.json();
    assertEquals("[40,10,3,32,32]", json.get("shape").toString());
    assertEquals(4L * 40 * 10 * 3072, json.get("bytes").getAsLong());
    Path direct = folder.resolve("direct.safetensors");
    Path stored = folder.resolve("stored.safetensors");
    assertEquals(0, train("class-mean", direct).code());
    Pag trained = train("from-file", stored, "--gradients", file);
    assertEquals(0, trained.code(), trained.err());
    assertEquals(CheckpointFiles.read(direct).tensors(), CheckpointFiles.read(stored).tensors());
    assertEquals("g.npy", CheckpointFiles.readCard(stored).training().get("gradients"));
  }

  @Test
  void stoppedWhileTheyAreBeingPreparedNothingIsWritten() {
    Path file = folder.resolve("g.npy");
    GradientsCheck.Checked checked =
        GradientsCheck.check(
            List.of(Pag.words("--method class-mean --dataset {} --out {}", images, file)).stream()
                .map(String::valueOf)
                .toList());
    AtomicInteger asked = new AtomicInteger();
    try (TorchEngine engine = TorchEngine.open("cpu")) {
      boolean written =
          checked.write(
              engine,
              new GradientWriter.Observer() {
                @Override
                public void prepared() {
                  throw new AssertionError("it goes on");
                }

                @Override
                public void images(int more) {}

                @Override
                public boolean isCancelled() {
                  return asked.incrementAndGet() == 3;
                }
              });
      assertFalse(written);
    }
    assertEquals(3, asked.get());
    assertFalse(Files.exists(file));
  }

  @Test
  void fewerImagesAreNamedInTheFileAndFloat16IsHalfTheSize() throws IOException {
    Path file = folder.resolve("g.safetensors");
    Pag npy = gradients("--method", "one-image", "--limit", 20, "--out", folder.resolve("g.npy"));
    assertEquals(1, npy.code());
    assertTrue(npy.err().contains("cannot say of which images it is"), npy.err());
    Pag some =
        gradients("--method", "one-image", "--limit", 20, "--seed", 3, "--out", file, "--float16");
    assertEquals(0, some.code(), some.err());
    assertTrue(some.out().contains("20 × 10 × 3 × 32 × 32 numbers"), some.out());
    assertTrue(Files.size(file) < 2L * 20 * 10 * 3072 + 2000);
    Object[] theSame = {"--gradients", file, "--limit", 20, "--seed", 3};
    Pag trained = train("from-file", folder.resolve("m.safetensors"), theSame);
    assertEquals(0, trained.code(), trained.err());
    Object[] others = {"--gradients", file, "--limit", 20, "--seed", 4};
    Pag refused = train("from-file", folder.resolve("o.safetensors"), others);
    assertEquals(1, refused.code());
    assertTrue(refused.err().contains("has no gradients of image"), refused.err());
    // It is replaced as arrays are, which a model is not.
    assertEquals(0, gradients("--method", "class-mean", "--out", file).code());
    Pag model = gradients("--method", "class-mean", "--out", folder.resolve("m.safetensors"));
    assertTrue(
        model.err().contains("is a model, which is not replaced; choose another --out."),
        model.err());
  }

  /** Alignment reads them back: beside its own cosines, which another class computes. */
  @Test
  void gradientsOfTestImagesAreTheAlignmentsOwn() {
    Path model = Pag.model(folder.resolve("model.safetensors"), 3);
    List<Object> words = new ArrayList<>(List.of("align", "--model", model, "--dataset", images));
    words.addAll(
        List.of("--teacher", model, "--steps", 1, "--limit", 10, "--threads", 1, "--json"));
    for (String method : List.of("class-mean", "nearest-neighbor", "rigd")) {
      Path file = folder.resolve(method + ".npy");
      Pag written =
          gradients("--method", method, "--teacher", model, "--split", "test", "--out", file);
      assertEquals(0, written.code(), written.err());
      words.addAll(List.of("--gradients", file));
    }
    Pag aligned = Pag.run(words.toArray());
    assertEquals(0, aligned.code(), aligned.err());
    Map<String, Double> cosines = new LinkedHashMap<>();
    for (JsonObject each :
        Pag.objects(Pag.objects(aligned.json().get("models")).getFirst().get("cosines"))) {
      cosines.put(each.get("realization").getAsString(), each.get("mean").getAsDouble());
    }
    assertEquals(cosines.get("Class Mean"), of(cosines, "class-mean.npy"), 1e-6, cosines + "");
    assertEquals(
        cosines.get("Nearest Neighbor"), of(cosines, "nearest-neighbor.npy"), 1e-6, cosines + "");
    assertEquals(1, of(cosines, "rigd.npy"), 1e-4, cosines + "");
  }

  private static double of(Map<String, Double> cosines, String file) {
    return cosines.entrySet().stream()
        .filter(each -> each.getKey().contains(file))
        .findFirst()
        .orElseThrow(() -> new AssertionError(file + " is not in " + cosines))
        .getValue();
  }

  @Test
  void aPartWithOtherClassesIsRefused() throws IOException {
    Path letters = Files.createDirectories(folder.resolve("raw"));
    for (String part : List.of("emnist-balanced-train", "emnist-letters-test")) {
      ByteBuffer pixels = ByteBuffer.allocate(16 + 2 * 28 * 28);
      pixels.putInt(0x803).putInt(2).putInt(28).putInt(28);
      Files.write(letters.resolve(part + "-images-idx3-ubyte"), pixels.array());
      ByteBuffer labels = ByteBuffer.allocate(8 + 2);
      labels.putInt(0x801).putInt(2).put((byte) 1).put((byte) 2);
      Files.write(letters.resolve(part + "-labels-idx1-ubyte"), labels.array());
    }
    List<Object> words = new ArrayList<>(List.of("gradients", "--method", "class-mean"));
    words.addAll(List.of("--dataset", letters, "--out", folder.resolve("g.npy"), "--split"));
    words.add("letters-test");
    Pag other = Pag.run(words.toArray());
    assertTrue(other.err().contains("has other classes than its training images"), other.err());
    words.set(words.size() - 1, "fog");
    Pag none = Pag.run(words.toArray());
    assertTrue(none.err().contains("There are no \"fog\" images"), none.err());
  }

  @Test
  void whatHasNoGradientsIsRefused() {
    Path file = folder.resolve("g.npy");
    Pag vanilla = gradients("--method", "vanilla", "--out", file);
    assertTrue(vanilla.err().startsWith("vanilla has no ground-truth gradients"), vanilla.err());
    Pag borrowed =
        gradients("--method", "adversarial", "--realization", "class-mean", "--out", file);
    assertTrue(borrowed.err().startsWith("--realization is for pag train"), borrowed.err());
    Pag none = train("from-file", folder.resolve("m.safetensors"));
    assertTrue(none.err().startsWith("from-file reads gradients"), none.err());
    assertTrue(gradients("--method", "rigd", "--out", file).err().contains("--teacher FILE"));
    assertEquals(1, gradients("--method", "class-mean", "--out", folder.resolve("g.pt")).code());
  }

  @Test
  void aRunIsNotResumedWithAnotherFile() throws IOException {
    Path file = folder.resolve("g.npy");
    assertEquals(0, gradients("--method", "class-mean", "--out", file).code());
    Path run = folder.resolve("run");
    Path model = folder.resolve("model.safetensors");
    Pag begun = train("from-file", model, "--gradients", file, "--run-dir", run);
    assertEquals(0, begun.code(), begun.err());
    assertEquals(0, Pag.run("train", "--run-dir", run).code());
    byte[] card = Files.readAllBytes(model);
    // A larger file's hash has another name.
    String renamed = new String(card, ISO_8859_1).replace("gradients-sha256", "gradient0-sha256");
    Files.write(model, renamed.getBytes(ISO_8859_1));
    Pag otherwise = Pag.run("train", "--run-dir", run);
    assertTrue(otherwise.err().contains("of this run has changed"), otherwise.err());
    Files.write(model, card);
    assertEquals(0, gradients("--method", "one-image", "--out", file).code());
    Pag resumed = Pag.run("train", "--run-dir", run);
    assertEquals(1, resumed.code());
    assertTrue(
        resumed.err().contains("The file of gradients of this run has changed"), resumed.err());
  }
}
