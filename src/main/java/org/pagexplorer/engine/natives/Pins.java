package org.pagexplorer.engine.natives;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.pagexplorer.domain.UserException;

/**
 * The SHA-256 that a library has to have: those of DJL's jars on Maven Central, which hold what its
 * server does for the CPU, come with this program. DJL publishes none for CUDA: what is fetched
 * first on a machine is what has to come ever after.
 */
final class Pins {
  private static final String LEARNED = "pag-pins.txt";

  private final Path file;
  private final Map<String, String> known = new HashMap<>();
  private final Map<String, String> learned = new HashMap<>();

  private Pins(Path file) {
    this.file = file;
  }

  /**
   * Reads both lists.
   *
   * @param cache where the second is kept
   */
  static Pins read(Path cache) throws IOException {
    Pins pins = new Pins(cache.resolve(LEARNED));
    String shipped = "torch-" + Build.version() + ".sha256";
    try (InputStream in = Pins.class.getResourceAsStream(shipped)) {
      if (in != null) {
        add(new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList(), pins.known);
      }
    }
    if (Files.exists(pins.file)) {
      add(Files.readAllLines(pins.file), pins.learned);
    }
    return pins;
  }

  private static void add(List<String> lines, Map<String, String> to) {
    for (String line : lines) {
      String[] cells = line.split(" ", 2);
      if (cells.length == 2) {
        to.put(cells[1], cells[0]);
      }
    }
  }

  /** What the library has to have; null if nobody knows. */
  @Nullable String of(String library) {
    return known.getOrDefault(library, learned.get(Build.version() + '/' + library));
  }

  /**
   * Refuses another library than the one that is known, or remembers the first.
   *
   * @param library for instance {@code cpu/linux-x86_64/libc10.so}
   * @throws UserException if it is another one
   */
  void check(String library, String sha256) throws IOException {
    String expected = of(library);
    if (expected == null) {
      Files.writeString(
          file,
          sha256 + ' ' + Build.version() + '/' + library + '\n',
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
      learned.put(Build.version() + '/' + library, sha256);
    } else if (!expected.equals(sha256)) {
      throw new UserException(
          library
              + " is not the file that it should be (its SHA-256 begins with "
              + sha256.substring(0, 12)
              + ", not "
              + expected.substring(0, 12)
              + "), so it is not used: specify an installed PyTorch "
              + Build.version()
              + " with --torch DIR"
              + (known.containsKey(library) ? "." : ", or delete " + file + " if you expect it."));
    }
  }
}
