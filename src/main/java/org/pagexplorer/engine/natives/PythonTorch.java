package org.pagexplorer.engine.natives;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The PyTorch that Python would import, found by asking Python, without importing it. */
final class PythonTorch {
  private PythonTorch() {}

  /** The folder {@code torch} of the first Python on the path that has one. */
  static Optional<Path> folder() {
    return List.of("python3", "python").stream()
        .map(PythonTorch::ask)
        .flatMap(Optional::stream)
        .findFirst();
  }

  static Optional<Path> ask(String python) {
    return Answer.of(
            python,
            "-c",
            "import importlib.util as u; s = u.find_spec('torch'); print(s.origin or '' if s else"
                + " '')")
        .map(String::strip)
        .filter(origin -> !origin.isEmpty())
        .map(origin -> Path.of(origin).getParent());
  }
}
