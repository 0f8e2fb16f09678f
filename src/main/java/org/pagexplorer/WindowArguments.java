package org.pagexplorer;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.pagexplorer.domain.UserException;
import org.pagexplorer.files.UserPath;

/** What the arguments ask for, before any command is parsed. */
sealed interface WindowArguments {
  /**
   * @param device empty for the one that was used last
   * @param fresh whether what was remembered is left alone
   * @param files models, pictures or points to open at once, as a file manager names them
   */
  record Window(String device, boolean fresh, List<String> files) implements WindowArguments {}

  record Snapshot(Path folder, String device) implements WindowArguments {}

  /** {@code bench --window}. */
  record Bench() implements WindowArguments {}

  record Command() implements WindowArguments {}

  static WindowArguments of(List<String> arguments) {
    if (arguments.equals(List.of("bench", "--window"))) {
      return new Bench();
    }
    String device = "";
    String folder = "";
    boolean fresh = false;
    List<String> files = new ArrayList<>();
    for (int i = 0; i < arguments.size(); i += 2) {
      String name = arguments.get(i);
      if (isFile(name)) {
        files.add(name);
        i--; // it has no value
        continue;
      }
      if (name.equals("--fresh")) {
        fresh = true;
        i--;
        continue;
      }
      if (!name.equals("--snapshot") && !name.equals("--device")) {
        return new Command();
      }
      if (i + 1 == arguments.size()) {
        throw new UserException(
            name
                + " needs a value, for instance "
                + (name.equals("--device") ? "cpu." : "pictures."));
      }
      if (name.equals("--device")) {
        device = arguments.get(i + 1);
      } else {
        folder = arguments.get(i + 1);
      }
    }
    return folder.isEmpty()
        ? new Window(device, fresh, List.copyOf(files))
        : new Snapshot(UserPath.of(folder), device.isEmpty() ? "cpu" : device);
  }

  /** No command has a dot or a slash in its name. */
  private static boolean isFile(String argument) {
    try {
      return !argument.startsWith("-")
          && argument.matches(".*[./\\\\].*")
          && Files.isRegularFile(Path.of(argument));
    } catch (InvalidPathException e) {
      return false; // the command line says what is wrong with it
    }
  }
}
