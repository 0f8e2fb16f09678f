package org.pagexplorer.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.pagexplorer.run.RunDirectory;

/** A small aligned training, as a process that can be stopped and killed. */
final class SmallTraining {
  /** Of trainings that someone stops, and must not have ended before. */
  static final int EPOCHS = 12;

  private SmallTraining() {}

  static Path images(Path folder) {
    return Pag.dataset(folder.resolve("images"), 60);
  }

  /** A small aligned training that needs a few seconds. */
  static List<String> training(Path images, Path run) {
    return training(images, run, EPOCHS);
  }

  static List<String> training(Path images, Path run, int epochs) {
    return List.of(
        "train",
        "--method",
        "nearest-neighbor",
        "--neighbors",
        "3",
        "--dataset",
        images.toString(),
        "--architecture",
        "resnet18",
        "--width",
        "2",
        "--epochs",
        String.valueOf(epochs),
        "--batch",
        "20",
        "--schedule",
        "one-cycle",
        "--targets-per-step",
        "3",
        "--test-images",
        "10",
        "--threads",
        "1",
        "--run-dir",
        run.toString());
  }

  static Process start(List<String> arguments) throws IOException {
    return new ProcessBuilder(command(arguments))
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  static List<String> command(List<String> arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("--enable-native-access=ALL-UNNAMED", "-XX:TieredStopAtLevel=1"));
    command.add("-XX:+UseSerialGC");
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add("org.pagexplorer.Main");
    command.addAll(arguments);
    return command;
  }

  static long epochs(Path run) {
    return RunDirectory.events(run).stream()
        .filter(event -> event.get("event").getAsString().equals("epoch"))
        .count();
  }
}
