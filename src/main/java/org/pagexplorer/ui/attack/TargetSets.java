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
import java.util.function.UnaryOperator;
import org.pagexplorer.domain.UserException;
import org.pagexplorer.files.TextFile;
import org.pagexplorer.lab.JsonFields;
import org.pagexplorer.lab.settings.SettingsFile;

/**
 * Sets of classes that the user gave names to, a part of the settings; classes are known by their
 * names, so that a set is one of every model that knows them.
 *
 * @param settings need not exist
 * @param before where earlier versions kept them: moved into the settings by the first change
 */
public record TargetSets(SettingsFile settings, Path before) {
  private static final String PART = "target-sets";
  private static final int MOST = 1000;
  private static final int MOST_CLASSES = 100_000;

  /** Characters of all names together, which is far less than settings may have. */
  private static final int LONGEST = 4 << 20;

  private static final int LONGEST_BEFORE = 32 << 20;

  /**
   * The names of each set's classes.
   *
   * @throws UserException if they cannot be read
   */
  public SequencedMap<String, List<String>> read() {
    return joined(settings.read().parts().getOrDefault(PART, new JsonObject()));
  }

  /** Those of the settings, which win, and those of the earlier versions' file. */
  private SequencedMap<String, List<String>> joined(JsonObject part) {
    SequencedMap<String, List<String>> sets = new LinkedHashMap<>();
    if (Files.exists(before)) {
      try {
        sets.putAll(sets(JsonFields.parse(TextFile.read(before, LONGEST_BEFORE))));
      } catch (IOException | IllegalArgumentException e) {
        throw new UserException(
            before + " holds no sets of targets that can be read; move it away to start over.", e);
      }
    }
    if (part.has("sets")) {
      try {
        sets.putAll(sets(new JsonFields(part)));
      } catch (IllegalArgumentException e) {
        throw new UserException(
            "The sets of targets in %s cannot be read; take \"%s\" out of it to start over."
                .formatted(settings.file(), PART),
            e);
      }
    }
    return sets;
  }

  private static SequencedMap<String, List<String>> sets(JsonFields fields) {
    SequencedMap<String, List<String>> sets = new LinkedHashMap<>();
    for (JsonFields set : fields.objects("sets", MOST)) {
      sets.put(set.line("name"), set.lines("classes", MOST_CLASSES));
    }
    return sets;
  }

  /**
   * Adds a set, or puts it in the place of the one of its name.
   *
   * @param classes at least one
   * @throws UserException if they cannot be read or written, or would be too many
   */
  public SequencedMap<String, List<String>> with(String name, List<String> classes) {
    return change(
        sets -> {
          sets.put(name, List.copyOf(classes));
          long length =
              sets.values().stream().flatMap(List::stream).mapToLong(String::length).sum();
          if (sets.size() > MOST || length > LONGEST) {
            throw new UserException("There is no place for another set: delete one first.");
          }
          return sets;
        });
  }

  /** Takes a set out. */
  public SequencedMap<String, List<String>> without(String name) {
    return change(
        sets -> {
          sets.remove(name);
          return sets;
        });
  }

  private SequencedMap<String, List<String>> change(
      UnaryOperator<SequencedMap<String, List<String>>> change) {
    SequencedMap<String, List<String>> changed = new LinkedHashMap<>();
    try {
      settings.write(
          Map.of(
              PART,
              part -> {
                changed.putAll(change.apply(joined(part)));
                return json(changed);
              }));
      Files.deleteIfExists(before);
      return changed;
    } catch (IOException e) {
      throw new UserException(
          "%s cannot be written: check that the disk is not full and that the folder is writable."
              .formatted(settings.file()),
          e);
    }
  }

  private static JsonObject json(SequencedMap<String, List<String>> sets) {
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
    if (!all.isEmpty()) {
      whole.add("sets", all);
    }
    return whole;
  }
}
