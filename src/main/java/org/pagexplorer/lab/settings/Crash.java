package org.pagexplorer.lab.settings;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.pagexplorer.domain.Software;
import org.pagexplorer.files.TextFile;
import org.pagexplorer.lab.Problems;

/**
 * A window that did not end normally.
 *
 * @param pid its process
 * @param opened when, in ISO 8601
 * @param workingFolder where Java leaves its report of a crash
 */
public record Crash(long pid, String opened, String workingFolder) {
  private static final int LONGEST = 4 << 20;

  /** Of Java's report: what crashed where. */
  private static final int REPORT_LINES = 120;

  /** For whoever mends it: what is known of the end, in some pages of text. */
  public String details() {
    String report =
        report()
            .map(file -> file + ":\n" + lines(file, 0, REPORT_LINES))
            .orElse(
                "Java left no report (hs_err_pid" + pid + ".log): it was killed, or lost power.");
    return """
    %s · Java %s · %s
    The window of process %d, opened at %s, did not end normally.

    %s

    %s\
    """
        .formatted(
            Software.NAME_AND_VERSION,
            System.getProperty("java.version"),
            System.getProperty("os.name"),
            pid,
            opened,
            report,
            problems());
  }

  /** As Java names it where nothing else is said: in the working folder, else in the temporary. */
  private Optional<Path> report() {
    String name = "hs_err_pid" + pid + ".log";
    return Stream.of(workingFolder, System.getProperty("java.io.tmpdir", ""))
        .filter(folder -> !folder.isBlank())
        .flatMap(folder -> path(folder).stream())
        .map(folder -> folder.resolve(name))
        .filter(Files::isRegularFile)
        .findFirst();
  }

  private static Optional<Path> path(String text) {
    try {
      return Optional.of(Path.of(text));
    } catch (InvalidPathException e) {
      return Optional.empty();
    }
  }

  /** What was noted since the window was opened. */
  private String problems() {
    Path log = Problems.log();
    try {
      boolean since =
          Files.exists(log)
              && !Files.getLastModifiedTime(log).toInstant().isBefore(Instant.parse(opened));
      return since
          ? log + " ends:\n" + lines(log, REPORT_LINES, REPORT_LINES)
          : "Nothing was noted in " + log + " meanwhile.";
    } catch (IOException | DateTimeException e) {
      return "";
    }
  }

  /**
   * Some lines of a file.
   *
   * @param last how many of the last to begin with; 0 to begin at the first
   */
  private static String lines(Path file, int last, int most) {
    try {
      List<String> all = TextFile.readDamaged(file, LONGEST).lines().toList();
      return all.stream()
          .skip(last == 0 ? 0 : Math.max(0, all.size() - last))
          .limit(most)
          .collect(Collectors.joining("\n"));
    } catch (IOException e) {
      return "(it cannot be read)";
    }
  }
}
