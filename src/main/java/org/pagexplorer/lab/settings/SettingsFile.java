package org.pagexplorer.lab.settings;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.pagexplorer.checkpoint.JsonText;
import org.pagexplorer.files.TextFile;

/**
 * What is remembered, part by part, in one JSON file. Windows that are open at the same time do not
 * fight over it: each replaces only the parts that were changed in it.
 *
 * @param folder where it is; need not exist
 */
public record SettingsFile(Path folder) {
  /** What this program writes, and the latest that it can read. */
  public static final int VERSION = 1;

  private static final String VERSION_FIELD = "version";
  private static final int LONGEST = 16 << 20;
  private static final Gson GSON =
      new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();

  /** One writer at a time in this process; the lock on disk is between processes. */
  private static final Object WRITERS = new Object();

  /**
   * What was read.
   *
   * @param parts by name
   * @param trouble a sentence for the user where the file could not be used
   */
  public record Read(SequencedMap<String, JsonObject> parts, Optional<String> trouble) {}

  /** The file itself. */
  public Path file() {
    return folder.resolve("settings.json");
  }

  /** Reads what is there; a file that is damaged, or a newer program's, is set aside. */
  public Read read() {
    if (Files.notExists(file())) {
      return nothing("");
    }
    synchronized (WRITERS) {
      try {
        return new Read(parts(), Optional.empty());
      } catch (Newer e) {
        return setAside("newer", "are of a newer version of PAG Explorer");
      } catch (IllegalArgumentException | IOException e) {
        return setAside("damaged", "could not be read");
      }
    }
  }

  private static Read nothing(String trouble) {
    return new Read(new TreeMap<>(), trouble.isEmpty() ? Optional.empty() : Optional.of(trouble));
  }

  /** Another version's contents. */
  private static final class Newer extends Exception {
    private static final long serialVersionUID = 1L;
  }

  private SequencedMap<String, JsonObject> parts() throws IOException, Newer {
    if (!(JsonText.parse(TextFile.read(file(), LONGEST)) instanceof JsonObject all)
        || !(all.remove(VERSION_FIELD) instanceof JsonPrimitive version)
        || !version.isNumber()) {
      throw new IllegalArgumentException("it has no version");
    }
    if (version.getAsDouble() > VERSION) {
      throw new Newer();
    }
    SequencedMap<String, JsonObject> parts = new TreeMap<>();
    all.entrySet()
        .forEach(
            entry -> {
              if (entry.getValue() instanceof JsonObject part) {
                parts.put(entry.getKey(), part);
              }
            });
    return parts;
  }

  private Read setAside(String why, String words) {
    Path aside = free("settings." + why);
    try {
      Files.move(file(), aside);
      return nothing(
          "The remembered settings %s: they are kept in %s, and this window starts with the usual ones."
              .formatted(words, aside));
    } catch (IOException e) {
      return nothing(
          "The remembered settings in %s %s: this window starts with the usual ones."
              .formatted(file(), words));
    }
  }

  /** A name that no file has yet, so that nothing that was set aside is lost. */
  private Path free(String name) {
    for (int n = 1; ; n++) {
      Path file = folder.resolve(name + (n == 1 ? "" : "-" + n) + ".json");
      if (Files.notExists(file)) {
        return file;
      }
    }
  }

  /**
   * Replaces some parts, and leaves the others as they are by now on disk.
   *
   * @param changes what becomes of each part; of an empty one where it is not there
   * @throws IOException if the file keeps its old contents
   */
  public void write(Map<String, UnaryOperator<JsonObject>> changes) throws IOException {
    Files.createDirectories(folder);
    synchronized (WRITERS) {
      try (FileChannel lock =
          FileChannel.open(
              folder.resolve("settings.lock"),
              StandardOpenOption.CREATE,
              StandardOpenOption.WRITE)) {
        lock.lock(); // until the channel is closed
        SequencedMap<String, JsonObject> parts = read().parts();
        changes.forEach(
            (name, change) ->
                parts.put(name, change.apply(parts.getOrDefault(name, new JsonObject()))));
        JsonObject all = new JsonObject();
        all.addProperty(VERSION_FIELD, VERSION);
        parts.forEach(all::add);
        TextFile.write(file(), GSON.toJson(all) + "\n");
      }
    }
  }
}
