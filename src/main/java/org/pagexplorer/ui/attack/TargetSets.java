package org.pagexplorer.ui.attack;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.pagexplorer.domain.UserException;
import org.pagexplorer.files.TextFile;
import org.pagexplorer.lab.JsonFields;

/**
 * Sets of classes that the user gave names to, in a file; classes are known by their names, so that
 * a set is one of every model that knows them.
 *
 * @param file need not exist
 */
public record TargetSets(Path file) {
  /** What is read, changed and written is so by one after the other. */
  private static final Object WRITING = new Object();

  private static final int MOST = 1000;
  private static final int MOST_CLASSES = 100_000;
  private static final int LONGEST = 32 << 20;

  /**
   * The names of each set's classes.
   *
   * @throws UserException if the file cannot be read
   */
  public SequencedMap<String, List<String>> read() {
    SequencedMap<String, List<String>> sets = new LinkedHashMap<>();
    if (!Files.exists(file)) {
      return sets;
    }
    try {
      for (JsonFields set : JsonFields.parse(TextFile.read(file, LONGEST)).objects("sets", MOST)) {
        sets.put(set.line("name"), set.lines("classes", MOST_CLASSES));
      }
      return sets;
    } catch (IOException | IllegalArgumentException e) {
      throw new UserException(
          file + " holds no sets of targets that can be read; move it away to begin anew.", e);
    }
  }

  /**
   * Adds a set, or puts it in the place of the one of its name.
   *
   * @param classes at least one
   * @throws UserException if the file cannot be read or written
   */
  public SequencedMap<String, List<String>> with(String name, List<String> classes) {
    synchronized (WRITING) {
      SequencedMap<String, List<String>> sets = read();
      if (sets.size() >= MOST && !sets.containsKey(name)) {
        throw new UserException("There are %,d sets already; delete one first.".formatted(MOST));
      }
      sets.put(name, List.copyOf(classes));
      return write(sets);
    }
  }

  /** Takes a set out. */
  public SequencedMap<String, List<String>> without(String name) {
    synchronized (WRITING) {
      SequencedMap<String, List<String>> sets = read();
      sets.remove(name);
      return write(sets);
    }
  }

  private SequencedMap<String, List<String>> write(SequencedMap<String, List<String>> sets) {
    JsonArray all = new JsonArray();
    for (Map.Entry<String, List<String>> set : sets.entrySet()) {
      JsonObject one = new JsonObject();
      one.addProperty("name", set.getKey());
      JsonArray classes = new JsonArray();
      set.getValue().forEach(classes::add);
      one.add("classes", classes);
      all.add(one);
    }
    JsonObject whole = new JsonObject();
    whole.add("sets", all);
    try {
      if (sets.isEmpty()) {
        Files.deleteIfExists(file);
        return sets;
      }
      Files.createDirectories(file.toAbsolutePath().getParent());
      TextFile.write(file, whole + "\n");
      return sets;
    } catch (IOException e) {
      throw new UserException(
          file + " cannot be written: check that the disk is not full and you may write there.", e);
    }
  }
}
