package org.pagexplorer.lab.runs;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.pagexplorer.lab.Home;

/** This very program, as another process begins it. */
public final class RunCommand {
  private RunCommand() {}

  /** The words before a command's own, with absolute paths. */
  public static List<String> program() {
    return program(List.of());
  }

  /**
   * @param options of Java's, more
   */
  public static List<String> program(List<String> options) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-XX:MaxDirectMemorySize=1g"));
    // Logs are read as UTF-8, whatever the system's encoding is.
    command.addAll(List.of("-Dstdout.encoding=UTF-8", "-Dstderr.encoding=UTF-8"));
    command.addAll(options);
    command.add("-Dpag.home=" + Home.installation());
    command.add("-Dpag.user=" + Home.user().toAbsolutePath());
    command.add("-Dpag.torch.download=false"); // nobody could answer
    for (String own : List.of("pag.torch", "pag.natives")) {
      String value = System.getProperty(own);
      if (value != null) {
        command.add("-D" + own + '=' + value);
      }
    }
    command.addAll(List.of("-cp", classPath(), "org.pagexplorer.Main"));
    return command;
  }

  private static String classPath() {
    return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
        .map(entry -> Path.of(entry).toAbsolutePath().toString())
        .collect(Collectors.joining(File.pathSeparator));
  }
}
