package org.pagexplorer.lab.settings;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.pagexplorer.files.TextFile;

/**
 * Which windows are open, each by a file that its end deletes: one that is left over without its
 * process is of a window that did not end normally.
 *
 * @param folder of the files; need not exist
 */
public record OpenWindows(Path folder) {
  private static final int LONGEST = 10_000;

  /** In the folder of the settings. */
  public static OpenWindows beside(SettingsFile settings) {
    return new OpenWindows(settings.folder().resolve("open"));
  }

  /** Says that this process has a window now. */
  public void begin() throws IOException {
    Files.createDirectories(folder);
    ProcessHandle self = ProcessHandle.current();
    TextFile.write(
        mine(),
        "%s%n%s%n%s%n"
            .formatted(
                start(self).map(Instant::toString).orElse(""),
                Instant.now().truncatedTo(ChronoUnit.SECONDS),
                Path.of("").toAbsolutePath()));
  }

  /** Says that it has closed as it should. */
  public void end() {
    try {
      Files.deleteIfExists(mine());
    } catch (IOException e) {
      // The next start will take it for a crash, which is said, and harms nothing.
    }
  }

  private Path mine() {
    return folder.resolve(String.valueOf(ProcessHandle.current().pid()));
  }

  private static Optional<Instant> start(ProcessHandle process) {
    return process.info().startInstant();
  }

  /** How many windows other processes have. */
  public int others() {
    if (!Files.isDirectory(folder)) {
      return 0;
    }
    int open = 0;
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "[0-9]*")) {
      for (Path file : files) {
        if (!file.equals(mine()) && isOpen(file)) {
          open++;
        }
      }
    } catch (IOException e) {
      // Nothing is known of them.
    }
    return open;
  }

  private static boolean isOpen(Path file) throws IOException {
    return number(file).isPresent() && isOpen(number(file).getAsLong(), started(file));
  }

  private static OptionalLong number(Path file) {
    try {
      return OptionalLong.of(Long.parseLong(file.getFileName().toString()));
    } catch (NumberFormatException e) {
      return OptionalLong.empty();
    }
  }

  private static List<String> lines(Path file) throws IOException {
    return TextFile.readDamaged(file, LONGEST).lines().toList();
  }

  private static String started(Path file) throws IOException {
    return lines(file).stream().findFirst().orElse("");
  }

  /** The windows that did not come to their end; each is told of once. */
  public List<Crash> crashes() {
    List<Crash> crashes = new ArrayList<>();
    if (!Files.isDirectory(folder)) {
      return crashes;
    }
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "[0-9]*")) {
      for (Path file : files) {
        crash(file).ifPresent(crashes::add);
      }
    } catch (IOException e) {
      // Nothing is known of them.
    }
    return crashes;
  }

  private static Optional<Crash> crash(Path file) throws IOException {
    if (number(file).isEmpty()) {
      return Optional.empty();
    }
    List<String> lines = lines(file);
    if (isOpen(file) || !Files.deleteIfExists(file)) { // or another window has told of it
      return Optional.empty();
    }
    long pid = number(file).getAsLong();
    return Optional.of(
        new Crash(pid, lines.size() > 1 ? lines.get(1) : "", lines.size() > 2 ? lines.get(2) : ""));
  }

  /** Process numbers come again; the moment of a start does not. */
  private static boolean isOpen(long pid, String started) {
    return ProcessHandle.of(pid)
        .filter(ProcessHandle::isAlive)
        .filter(
            p -> started.isEmpty() || start(p).map(Instant::toString).orElse("").equals(started))
        .isPresent();
  }
}
