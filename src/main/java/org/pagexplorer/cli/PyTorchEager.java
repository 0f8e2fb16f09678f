package org.pagexplorer.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.Writer;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.pagexplorer.domain.UserException;
import org.pagexplorer.engine.natives.ProgramOnPath;
import org.pagexplorer.files.UserPath;

/** A Python process that runs PyTorch's eager loop, a few steps at a time. */
final class PyTorchEager implements AutoCloseable {
  private final Process process;
  private final BufferedReader in;
  private final Writer out;
  private final String version;

  private PyTorchEager(Process process) throws IOException {
    this.process = process;
    in = process.inputReader();
    out = process.outputWriter();
    version = answer();
  }

  /**
   * Starts Python.
   *
   * @param python the interpreter: a path, or a name on the PATH
   * @param threads PyTorch's threads, 0 for its own choice
   * @throws UserException if it or its PyTorch is missing
   */
  static PyTorchEager start(String python, int width, int batch, int threads) {
    try (InputStream source = PyTorchEager.class.getResourceAsStream("pytorch_eager.py")) {
      if (source == null) {
        throw new IllegalStateException("pytorch_eager.py is missing from the class path");
      }
      String script = new String(source.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
      List<String> command =
          List.of(
              program(python).toString(),
              "-c",
              script,
              String.valueOf(width),
              String.valueOf(batch),
              String.valueOf(threads));
      return new PyTorchEager(
          new ProcessBuilder(command)
              .directory(ProgramOnPath.neutralFolder().toFile())
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start());
    } catch (IOException e) {
      throw new UserException(
          python + " could not run PyTorch; omit --compare-pytorch or choose another --python.", e);
    }
  }

  /** A name is looked for on the PATH, never in the current folder. */
  private static Path program(String python) throws IOException {
    Path path = UserPath.of(python);
    return path.getNameCount() > 1
        ? path.toAbsolutePath()
        : ProgramOnPath.find(python).orElseThrow(() -> new NoSuchFileException(python));
  }

  /** PyTorch's version. */
  String version() {
    return version;
  }

  /** Seconds of each of some steps, after one that is not counted. */
  List<Double> steps(int count) {
    try {
      out.write(count + "\n");
      out.flush();
      return Arrays.stream(answer().split(" ")).map(Double::valueOf).toList();
    } catch (IOException e) {
      throw new UserException("PyTorch's eager loop ended early; omit --compare-pytorch.", e);
    }
  }

  private String answer() throws IOException {
    return Optional.ofNullable(in.readLine())
        .orElseThrow(() -> new IOException("Python ended without an answer"));
  }

  @Override
  public void close() {
    process.destroy();
  }
}
