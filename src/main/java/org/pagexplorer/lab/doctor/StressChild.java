package org.pagexplorer.lab.doctor;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.pagexplorer.engine.TorchEngine;
import org.pagexplorer.lab.runs.RunCommand;

/** What a child process of {@link Stress} does. */
public final class StressChild {
  static final String BEGIN = "begin ";
  static final String DONE = "done";

  private StressChild() {}

  /**
   * Tries the cases of standard input, a line each, in their order, and says of each when it begins
   * and when it is done.
   */
  public static void run(String device, int threads) {
    try (TorchEngine engine = TorchEngine.open(device);
        BufferedReader in =
            new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
      TorchEngine.useThreads(threads);
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        System.out.println(BEGIN + line);
        StressCase.parse(line).run(engine);
        System.out.println(DONE);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The command line that runs this program so. */
  static List<String> command(String device, int threads) {
    List<String> command =
        RunCommand.program(
            List.of(
                "-Xmx512m",
                "-XX:MaxDirectMemorySize=512m",
                "-XX:TieredStopAtLevel=1",
                "-XX:-CreateCoredumpOnCrash",
                "-XX:+ErrorFileToStdout"));
    command.addAll(List.of("doctor", "--stress-child"));
    command.addAll(List.of("--device", device, "--threads", Integer.toString(threads)));
    return command;
  }
}
