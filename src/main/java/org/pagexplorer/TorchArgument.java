package org.pagexplorer;

import java.util.ArrayList;
import java.util.List;
import org.pagexplorer.domain.UserException;

/**
 * {@code --torch DIR}, the machine's own matter: taken before any command is parsed, and so never
 * kept in a run's specification.
 */
final class TorchArgument {
  private static final String NAME = "--torch";

  private TorchArgument() {}

  /** Notes where PyTorch is, and returns the other arguments. */
  static List<String> take(List<String> arguments) {
    List<String> rest = new ArrayList<>();
    for (int i = 0; i < arguments.size(); i++) {
      String argument = arguments.get(i);
      if (argument.startsWith(NAME + "=")) {
        note(argument.substring(NAME.length() + 1));
      } else if (argument.equals(NAME)) {
        if (i + 1 == arguments.size()) {
          throw new UserException(NAME + " needs a folder, for instance --torch /opt/torch/lib.");
        }
        i++;
        note(arguments.get(i));
      } else {
        rest.add(argument);
      }
    }
    return rest;
  }

  private static void note(String folder) {
    System.setProperty("pag.torch", folder);
  }
}
