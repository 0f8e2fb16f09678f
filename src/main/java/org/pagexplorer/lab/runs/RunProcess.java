package org.pagexplorer.lab.runs;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.pagexplorer.domain.UserException;

/** {@code pag train --run-dir} as a process of its own, which prints into the run's log. */
final class RunProcess {
  static final String LOG = "log.txt";

  private RunProcess() {}

  static Path log(Path run) {
    return run.resolve(LOG);
  }

  static ProcessBuilder of(Path run) {
    boolean isPlain = run.toString().indexOf('%') < 0;
    List<String> command =
        new ArrayList<>(
            RunCommand.program(
                isPlain ? List.of("-XX:ErrorFile=" + run.resolve("crash-%p.log")) : List.of()));
    command.addAll(List.of("train", "--run-dir", run.toString()));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.redirectErrorStream(true);
    builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log(run).toFile()));
    return builder;
  }

  /** Adds a line of the queue's to the log of a run whose process is dead. */
  static void say(Path run, String sentence) {
    String line = Instant.now().truncatedTo(ChronoUnit.SECONDS) + "  " + sentence + "\n";
    try {
      Files.writeString(
          log(run),
          line,
          StandardCharsets.UTF_8,
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UserException(log(run) + " cannot be written: is the disk full?", e);
    }
  }
}
