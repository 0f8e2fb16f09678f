package org.pagexplorer.engine.natives;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a folder of the cache held when it was last compared with where it came from: a line a file,
 * kept in the folder. As long as sizes and times are the same, nothing is read again.
 *
 * @param files by name
 */
record Inventory(Map<String, Entry> files) {
  static final String NAME = "pag-inventory.txt";

  /**
   * A file as it was.
   *
   * @param modified milliseconds since 1970
   */
  record Entry(String sha256, long size, long modified) {

    static Entry of(Path file, String sha256) throws IOException {
      return new Entry(sha256, Files.size(file), Files.getLastModifiedTime(file).toMillis());
    }

    boolean isUntouched(Path file) throws IOException {
      return equals(of(file, sha256));
    }
  }

  /** What is known of a folder; nothing where it has no inventory, or one that makes no sense. */
  static Inventory read(Path folder) throws IOException {
    Map<String, Entry> files = new TreeMap<>();
    try {
      for (String line : Files.readAllLines(folder.resolve(NAME))) {
        String[] cells = line.split(" ", 4);
        files.put(
            cells[3], new Entry(cells[0], Long.parseLong(cells[1]), Long.parseLong(cells[2])));
      }
    } catch (NoSuchFileException | CharacterCodingException | RuntimeException e) {
      return new Inventory(Map.of()); // a crash may have cut it off
    }
    return new Inventory(files);
  }

  void write(Path folder) throws IOException {
    List<String> lines = new ArrayList<>();
    files.forEach(
        (name, entry) ->
            lines.add(entry.sha256() + ' ' + entry.size() + ' ' + entry.modified() + ' ' + name));
    Files.write(folder.resolve(NAME), lines);
  }

  /** Whether these files are there and nobody has written them since. */
  boolean isUntouched(Path folder, Iterable<String> names) throws IOException {
    for (String name : names) {
      Entry entry = files.get(name);
      Path file = folder.resolve(name);
      if (entry == null || !Files.isRegularFile(file) || !entry.isUntouched(file)) {
        return false;
      }
    }
    return true;
  }
}
