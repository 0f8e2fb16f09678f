package org.pagexplorer.engine.natives;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.pagexplorer.domain.UserException;
import org.pagexplorer.files.UserPath;

/** The PyTorch that Python would import, found by asking Python, without importing it. */
final class PythonTorch {
  /**
   * Python looks among its own packages and the user's ({@code pip install --user}), but neither in
   * the current folder nor where PYTHONPATH leads ({@code -I}): what lies there is not loaded.
   */
  private static final String QUESTION =
      """
      import sys, site, importlib.util
      sys.path.append(site.getusersitepackages())
      spec = importlib.util.find_spec('torch')
      print(spec.origin or '' if spec else '')
      """;

  private PythonTorch() {}

  /** The folder {@code torch} of the first Python on the path that has one. */
  static Optional<Path> folder() {
    return List.of("python3", "python").stream()
        .map(ProgramOnPath::find)
        .flatMap(Optional::stream)
        .map(PythonTorch::ask)
        .flatMap(Optional::stream)
        .findFirst();
  }

  static Optional<Path> ask(Path python) {
    return Answer.of(python, "-I", "-X", "utf8", "-c", QUESTION)
        .map(String::strip)
        .flatMap(PythonTorch::absolute)
        .map(Path::getParent);
  }

  private static Optional<Path> absolute(String origin) {
    try {
      return Optional.of(UserPath.of(origin)).filter(Path::isAbsolute);
    } catch (UserException e) {
      return Optional.empty(); // it said something else
    }
  }
}
