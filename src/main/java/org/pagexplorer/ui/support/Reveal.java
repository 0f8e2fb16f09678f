package org.pagexplorer.ui.support;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.pagexplorer.domain.UserException;

/** Shows a file in the system's file manager. */
public final class Reveal {
  private static final long PATIENCE_SECONDS = 5;

  private Reveal() {}

  /**
   * Selected in its folder where the file manager can do that; off the FX thread.
   *
   * @throws UserException with the place where no file manager answers
   */
  public static void show(Path file) {
    show(file, commands(System.getProperty("os.name", ""), file.toAbsolutePath()));
  }

  static void show(Path file, List<List<String>> commands) {
    if (commands.stream().noneMatch(Reveal::works)) {
      throw new UserException(
          "No file manager opened here; the file is %s.".formatted(file.toAbsolutePath()));
    }
  }

  /** What to try, one after another. */
  static List<List<String>> commands(String system, Path file) {
    String name = system.toLowerCase(Locale.ROOT);
    if (name.startsWith("mac")) {
      return List.of(List.of("open", "-R", file.toString()));
    }
    if (name.startsWith("windows")) {
      return List.of(List.of("explorer.exe", "/select," + file));
    }
    String address = file.toUri().toString().replace(",", "%2C"); // dbus-send's own separator
    return List.of(
        List.of(
            "dbus-send",
            "--session",
            "--print-reply",
            "--dest=org.freedesktop.FileManager1",
            "/org/freedesktop/FileManager1",
            "org.freedesktop.FileManager1.ShowItems",
            "array:string:" + address,
            "string:"),
        List.of("xdg-open", String.valueOf(file.getParent())));
  }

  /** A file manager that stays open has opened. */
  private static boolean works(List<String> command) {
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      boolean ended = process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
      // Explorer ends with 1 although it has opened.
      return !ended || process.exitValue() == 0 || command.getFirst().equals("explorer.exe");
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
