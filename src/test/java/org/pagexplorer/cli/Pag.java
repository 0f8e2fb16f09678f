package org.pagexplorer.cli;

import com.google.gson.Gson;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.StreamSupport;
import org.pagexplorer.checkpoint.Checkpoint;
import org.pagexplorer.checkpoint.CheckpointFiles;
import org.pagexplorer.checkpoint.Dtype;
import org.pagexplorer.domain.Architecture;
import org.pagexplorer.domain.InputShape;
import org.pagexplorer.domain.ModelCard;
import org.pagexplorer.domain.Normalization;
import org.pagexplorer.engine.Initialization;

/**
 * What one run of {@code pag} printed; and tiny models and data sets to run it on.
 *
 * @param code the exit code
 * @param out standard output
 * @param err standard error
 */
record Pag(int code, String out, String err) {
  static final List<String> CLASSES =
      List.of(
          "airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck");

  static Pag run(Object... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    String[] words = Arrays.stream(arguments).map(String::valueOf).toArray(String[]::new);
    int code = PagCommand.run(new PrintWriter(out), new PrintWriter(err), words);
    return new Pag(code, out.toString(), err.toString());
  }

  /** Runs a command line, whose {} are the values in turn. */
  static Pag line(String line, Object... values) {
    return run(words(line, values));
  }

  /** The words of a line such as {@code --index 3 --out {}}, each {} replaced by the next value. */
  static Object[] words(String line, Object... values) {
    Iterator<Object> next = List.of(values).iterator();
    Object[] words =
        Arrays.stream(line.split(" ")).map(w -> w.equals("{}") ? next.next() : w).toArray();
    if (next.hasNext()) {
      throw new IllegalArgumentException(line + " has fewer {} than values");
    }
    return words;
  }

  JsonObject json() {
    return new Gson().fromJson(out, JsonObject.class);
  }

  static List<JsonObject> objects(JsonElement array) {
    return StreamSupport.stream(((JsonArray) array).spliterator(), false)
        .map(JsonElement::getAsJsonObject)
        .toList();
  }

  /** An untrained ResNet-18 of width 2. */
  static Path model(Path file, long seed) {
    return model(file, seed, InputShape.CIFAR, CLASSES);
  }

  static Path model(Path file, long seed, InputShape shape, List<String> classes) {
    return model(file, seed, Architecture.resNet18(2, shape, classes.size()), classes);
  }

  static Path model(Path file, long seed, Architecture architecture, List<String> classes) {
    ModelCard card =
        new ModelCard(
            "Random " + seed,
            architecture,
            classes,
            architecture.input().channels() == 3
                ? Normalization.CIFAR10
                : Normalization.identity(architecture.input().channels()),
            "class-mean",
            Map.of("epochs", "0"),
            seed,
            "nothing",
            "",
            "a test",
            "pag train",
            List.of(new ModelCard.Measurement("clean", "nothing", 0.5, 100)));
    CheckpointFiles.write(
        file, new Checkpoint(card, Initialization.of(architecture, seed)), Dtype.F32);
    return file;
  }

  /** A CIFAR-10 folder with so many noisy images in each split, labels 0, 1, 2, … */
  static Path dataset(Path folder, int images) {
    try {
      Files.createDirectories(folder);
      Files.write(folder.resolve("data_batch_1.bin"), batch(images, 1));
      Files.write(folder.resolve("test_batch.bin"), batch(images, 2));
      return folder;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] batch(int images, long seed) {
    byte[] bytes = new byte[images * 3073];
    new Random(seed).nextBytes(bytes);
    for (int i = 0; i < images; i++) {
      bytes[i * 3073] = (byte) (i % CLASSES.size());
    }
    return bytes;
  }

  /** The byte of that image, channel and pixel in the test split. */
  static int testByte(int image, int position) {
    return Byte.toUnsignedInt(batch(image + 1, 2)[image * 3073 + 1 + position]);
  }
}
