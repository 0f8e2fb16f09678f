package org.pagexplorer.engine.natives;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** The PyTorch that Python would import, found by asking Python, without importing it. */
final class PythonTorch {
  private static final int PATIENCE_SECONDS = 20;

  private PythonTorch() {}

  /** The folder {@code torch} of the first Python on the path that has one. */
  static Optional<Path> folder() {
    return List.of("python3", "python").stream()
        .map(PythonTorch::ask)
        .flatMap(Optional::stream)
        .findFirst();
  }

  static Optional<Path> ask(String python) {
    try {
      Process process =
          new ProcessBuilder(
                  python,
                  "-c",
                  "import importlib.util as u; s = u.find_spec('torch'); print(s.origin or '' if s"
                      + " else '')")
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      process.getOutputStream().close();
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        return Optional.empty();
      }
      String origin =
          new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      return origin.isEmpty() ? Optional.empty() : Optional.ofNullable(Path.of(origin).getParent());
    } catch (IOException e) {
      return Optional.empty(); // there is no such Python
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }
}
