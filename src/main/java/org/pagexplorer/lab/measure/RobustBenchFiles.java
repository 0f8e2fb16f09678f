package org.pagexplorer.lab.measure;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.SequencedSet;
import java.util.stream.Stream;
import org.pagexplorer.domain.Printable;
import org.pagexplorer.domain.UserException;
import org.pagexplorer.files.TextFile;

/**
 * Published accuracies from files of RobustBench's {@code model_info}: an object a file, in folders
 * {@code DATASET/Linf}, {@code L2}, {@code L1}, and {@code corruptions}; also a file with a list of
 * them, or with an object of them by their names.
 */
public final class RobustBenchFiles {
  private static final int DEEPEST = 8;
  private static final int MOST_FILES = 10_000;
  private static final int LONGEST = 4 << 20;
  private static final int MOST_TOLD = 5;

  private RobustBenchFiles() {}

  /**
   * What was read.
   *
   * @param problems a sentence for each file that could not be used, shortened where there are many
   */
  public record Found(List<PublishedEntry> entries, List<String> problems) {}

  /**
   * Reads files, and all {@code .json} files in folders; one that cannot be used keeps none of the
   * others from being read.
   *
   * @throws UserException if a place does not exist, or nothing usable is found
   */
  public static Found read(List<Path> places) {
    SequencedSet<Path> files = new LinkedHashSet<>();
    places.forEach(place -> files.addAll(files(place)));
    List<PublishedEntry> entries = new ArrayList<>();
    List<String> problems = new ArrayList<>();
    for (Path file : files) {
      read(file, entries, problems);
    }
    if (entries.isEmpty()) {
      throw new UserException(
          problems.isEmpty()
              ? "There are no .json files in "
                  + Printable.of(places.getFirst().toString())
                  + ": choose RobustBench's model_info or a folder or file in it."
              : problems.getFirst());
    }
    return new Found(List.copyOf(entries), shortened(problems));
  }

  private static List<String> shortened(List<String> problems) {
    if (problems.size() <= MOST_TOLD) {
      return List.copyOf(problems);
    }
    List<String> told = new ArrayList<>(problems.subList(0, MOST_TOLD));
    told.add("%,d more could not be used.".formatted(problems.size() - MOST_TOLD));
    return told;
  }

  private static List<Path> files(Path place) {
    if (!Files.isDirectory(place)) {
      if (!Files.exists(place)) {
        throw new UserException(
            Printable.of(place.toString())
                + " does not exist; choose a folder or file of RobustBench's model_info.");
      }
      return List.of(place);
    }
    try (Stream<Path> all = Files.walk(place, DEEPEST)) {
      return all.filter(file -> file.toString().toLowerCase(Locale.ROOT).endsWith(".json"))
          .filter(Files::isRegularFile)
          .limit(MOST_FILES)
          .sorted()
          .toList();
    } catch (IOException | java.io.UncheckedIOException e) {
      throw new UserException(
          Printable.of(place.toString()) + " cannot be listed; choose another folder.", e);
    }
  }

  private static void read(Path file, List<PublishedEntry> entries, List<String> problems) {
    JsonElement json;
    try {
      json = parse(TextFile.read(file, LONGEST));
    } catch (IOException | RuntimeException e) {
      String reason = e instanceof FileSystemException ? "cannot be read" : "is not JSON";
      problems.add(sentence(file, reason));
      return;
    }
    int before = entries.size() + problems.size();
    switch (json) {
      case JsonObject object when EntryFields.isEntry(object) ->
          add(file, "", object, entries, problems);
      case JsonObject object ->
          object.asMap().forEach((name, each) -> addInner(file, name, each, entries, problems));
      case JsonArray array -> array.forEach(each -> addInner(file, "", each, entries, problems));
      default -> {}
    }
    if (entries.size() + problems.size() == before) {
      problems.add(sentence(file, "holds no accuracies as RobustBench's model_info does"));
    }
  }

  /** Not as strict as elsewhere: the leaderboard has files in which a key appears twice. */
  private static JsonElement parse(String text) throws IOException {
    JsonReader json = new JsonReader(new StringReader(text));
    json.setStrictness(Strictness.STRICT);
    JsonElement value = JsonParser.parseReader(json);
    if (json.peek() != JsonToken.END_DOCUMENT) {
      throw new IOException("something follows the value");
    }
    return value;
  }

  private static void addInner(
      Path file,
      String name,
      JsonElement inner,
      List<PublishedEntry> entries,
      List<String> problems) {
    if (inner instanceof JsonObject object && EntryFields.isEntry(object)) {
      add(file, name, object, entries, problems);
    }
  }

  private static void add(
      Path file,
      String name,
      JsonObject object,
      List<PublishedEntry> entries,
      List<String> problems) {
    try {
      entries.add(new EntryFields(object, file, name).entry());
    } catch (IllegalArgumentException e) {
      problems.add(sentence(file, "cannot be used (" + e.getMessage() + ")"));
    }
  }

  private static String sentence(Path file, String reason) {
    return Printable.of(file.toString()) + " " + reason + ", and is left out.";
  }
}
