package org.pagexplorer.ui.shell;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.pagexplorer.checkpoint.Checkpoint;
import org.pagexplorer.checkpoint.CheckpointFiles;
import org.pagexplorer.checkpoint.Dtype;
import org.pagexplorer.domain.Architecture;
import org.pagexplorer.domain.Cards;
import org.pagexplorer.domain.InputShape;
import org.pagexplorer.domain.ModelCard;
import org.pagexplorer.engine.Initialization;

/**
 * An installation in a folder of the test's: the real samples and two small untrained networks, the
 * first of few operations.
 */
final class TinyHome {
  static final List<String> CLASSES =
      List.of(
          "airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck");

  private TinyHome() {}

  /** Makes the folder the program's home. */
  static void makeIn(Path folder) {
    try {
      copy(Path.of("assets"), folder.resolve("assets"));
      Files.createDirectories(folder.resolve("models"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Architecture quick = Architecture.mlp(8, InputShape.CIFAR, CLASSES.size());
    writeModel(folder.resolve("models/first.safetensors"), "First", quick, CLASSES, 1);
    writeModel(folder.resolve("models/second.safetensors"), "Second", 2, 2);
    use(folder);
  }

  /** Another test may have made its own folder the home since. */
  static void use(Path folder) {
    System.setProperty("pag.home", folder.toString());
    System.setProperty("pag.user", folder.resolve("user").toString());
  }

  static void writeModel(Path file, String name, int width, long seed) {
    Architecture architecture = Architecture.resNet18(width, InputShape.CIFAR, CLASSES.size());
    writeModel(file, name, architecture, CLASSES, seed);
  }

  static void writeModel(
      Path file, String name, Architecture architecture, List<String> classes, long seed) {
    ModelCard card = Cards.of(name, architecture, classes);
    CheckpointFiles.write(
        file, new Checkpoint(card, Initialization.of(architecture, seed)), Dtype.F32);
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> paths = Files.walk(from)) {
      for (Path path : (Iterable<Path>) paths::iterator) {
        Path target = to.resolve(from.relativize(path).toString());
        if (Files.isDirectory(path)) {
          Files.createDirectories(target);
        } else {
          Files.copy(path, target);
        }
      }
    }
  }
}
