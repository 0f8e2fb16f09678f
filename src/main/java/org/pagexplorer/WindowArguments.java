package org.pagexplorer;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.pagexplorer.domain.Printable;
import org.pagexplorer.domain.UserException;
import org.pagexplorer.files.UserPath;
import org.pagexplorer.ui.shell.Snapshots;

/** What the arguments ask for, before any command is parsed. */
sealed interface WindowArguments {
  /**
   * @param device empty for the one that was used last
   * @param fresh whether what was remembered is left alone
   * @param files models, pictures or points to open at once, as a file manager names them
   */
  record Window(String device, boolean fresh, List<String> files) implements WindowArguments {}

  record Snapshot(Path folder, String device, Snapshots.Size size) implements WindowArguments {}

  /** {@code bench --window}. */
  record Bench() implements WindowArguments {}

  record Command() implements WindowArguments {}

  /** Options that take a value, each with one. */
  Map<String, String> EXAMPLES =
      Map.of("--snapshot", "pictures", "--device", "cpu", "--size", "1366x768", "--scale", "2");

  static WindowArguments of(List<String> words) {
    List<String> arguments = words.stream().flatMap(WindowArguments::apart).toList();
    if (arguments.equals(List.of("bench", "--window"))) {
      return new Bench();
    }
    Map<String, String> values = new HashMap<>();
    boolean fresh = false;
    List<String> files = new ArrayList<>();
    for (int i = 0; i < arguments.size(); i += 2) {
      String name = arguments.get(i);
      Optional<Path> path = path(name);
      if (path.filter(WindowArguments::isFileOrFolder).isPresent()) {
        files.add(name);
        i--; // it has no value
        continue;
      }
      if (path.filter(Files::notExists).isPresent()) {
        throw new UserException(
            Printable.of(name) + " does not exist: check its path; pag --help lists the commands.");
      }
      if (name.equals("--fresh")) {
        fresh = true;
        i--;
        continue;
      }
      if (!EXAMPLES.containsKey(name)) {
        return new Command();
      }
      if (i + 1 == arguments.size()) {
        throw new UserException(name + " needs a value, for instance " + EXAMPLES.get(name) + ".");
      }
      values.put(name, arguments.get(i + 1));
    }
    String device = values.getOrDefault("--device", "");
    String folder = values.get("--snapshot");
    if (folder != null) {
      return new Snapshot(UserPath.of(folder), device.isEmpty() ? "cpu" : device, size(values));
    }
    for (String name : List.of("--size", "--scale")) {
      if (values.containsKey(name)) {
        throw new UserException(
            name + " is of --snapshot DIR only; add that, or omit " + name + ".");
      }
    }
    return new Window(device, fresh, List.copyOf(files));
  }

  /** {@code --size=1366x768} is {@code --size 1366x768}. */
  private static Stream<String> apart(String word) {
    int equals = word.indexOf('=');
    return equals > 0 && EXAMPLES.containsKey(word.substring(0, equals))
        ? Stream.of(word.substring(0, equals), word.substring(equals + 1))
        : Stream.of(word);
  }

  private static Snapshots.Size size(Map<String, String> values) {
    Snapshots.Size usual = Snapshots.Size.USUAL;
    String size = values.getOrDefault("--size", usual.width() + "x" + usual.height());
    String scale = values.getOrDefault("--scale", "1");
    if (!size.matches("[1-9][0-9]{2,3}x[1-9][0-9]{2,3}")) {
      throw new UserException(
          "--size takes width x height in pixels, 100 to 9999 each, for instance 1366x768; it was "
              + Printable.of(size)
              + ".");
    }
    if (!scale.matches("[1-4]([.][0-9]{1,4})?")) {
      throw new UserException(
          "--scale takes a number from 1 to 4.99, for instance 2; it was "
              + Printable.of(scale)
              + ".");
    }
    String[] sides = size.split("x");
    return new Snapshots.Size(
        Integer.parseInt(sides[0]), Integer.parseInt(sides[1]), Double.parseDouble(scale));
  }

  private static boolean isFileOrFolder(Path path) {
    return Files.isRegularFile(path) || Files.isDirectory(path);
  }

  /** What is meant as one: no command has a dot or a slash in its name. */
  private static Optional<Path> path(String argument) {
    if (argument.startsWith("-") || !argument.matches(".*[./\\\\].*")) {
      return Optional.empty();
    }
    try {
      return Optional.of(Path.of(argument));
    } catch (InvalidPathException e) {
      return Optional.empty(); // the command line says what is wrong with it
    }
  }
}
