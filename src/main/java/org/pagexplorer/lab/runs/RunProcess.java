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
import org.pagexplorer.lab.Home;

/** {@code pag train --run-dir} as a process of its own, which prints into the run's log. */
final class RunProcess {
  private RunProcess() {}

  static Path log(Path run) {
    return run.resolve("log.txt");
  }

  static ProcessBuilder of(Path run) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-XX:MaxDirectMemorySize=1g"));
    // The log is read as UTF-8, whatever the system's encoding is.
    command.addAll(List.of("-Dstdout.encoding=UTF-8", "-Dstderr.encoding=UTF-8"));
    if (run.toString().indexOf('%') < 0) {
      command.add("-XX:ErrorFile=" + run.resolve("crash-%p.log"));
    }
    command.add("-Dpag.home=" + Home.installation());
    command.add("-Dpag.user=" + Home.user());
    command.add("-Dpag.torch.download=false"); // nobody could answer
    for (String own : List.of("pag.torch", "pag.natives")) {
      String value = System.getProperty(own);
      if (value != null) {
        command.add("-D" + own + '=' + value);
      }
    }
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of("org.pagexplorer.Main", "train", "--run-dir", run.toString()));
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
