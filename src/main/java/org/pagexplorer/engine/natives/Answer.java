package org.pagexplorer.engine.natives;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** What another program says when it is asked a question whose answer is short. */
final class Answer {
  private static final int PATIENCE_SECONDS = 20;

  private Answer() {}

  /**
   * Its output; empty where there is no such program, it fails, or it does not answer in time.
   *
   * @param program found by {@link ProgramOnPath}, never by the system from a bare name
   */
  static Optional<String> of(Path program, String... arguments) {
    try {
      List<String> command = new ArrayList<>(List.of(arguments));
      command.addFirst(program.toString());
      Process process =
          new ProcessBuilder(command)
              .directory(ProgramOnPath.neutralFolder().toFile())
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      process.getOutputStream().close();
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        return Optional.empty();
      }
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return process.exitValue() == 0 ? Optional.of(said) : Optional.empty();
    } catch (IOException e) {
      return Optional.empty(); // there is no such program
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }
}
