package org.pagexplorer;

import java.nio.file.Path;
import java.util.List;
import org.pagexplorer.domain.UserException;

/** What the arguments ask for, before any command is parsed. */
sealed interface WindowArguments {
  record Window(String device) implements WindowArguments {}

  record Snapshot(Path folder, String device) implements WindowArguments {}

  record Command() implements WindowArguments {}

  static WindowArguments of(List<String> arguments) {
    String device = "cpu";
    String folder = "";
    for (int i = 0; i < arguments.size(); i += 2) {
      String name = arguments.get(i);
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
    return folder.isEmpty() ? new Window(device) : new Snapshot(Path.of(folder), device);
  }
}
