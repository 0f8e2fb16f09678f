package org.pagexplorer.dataset;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.pagexplorer.domain.UserException;
import org.pagexplorer.files.TextFile;

/** The words for WordNet's ids, as {@code n01443537}, which ImageNet's folders are called by. */
final class SynsetNames {
  private static final Pattern ID = Pattern.compile("n\\d{8}");

  /** ImageNet's and Tiny-ImageNet's file, and Kaggle's. */
  private static final List<String> FILES = List.of("words.txt", "LOC_synset_mapping.txt");

  /** WordNet's 82,000 nouns take 3 MB. */
  private static final int LONGEST = 16 << 20;

  private SynsetNames() {}

  /** Whether classes are called by WordNet's ids. */
  static boolean are(List<String> classes) {
    return classes.stream().allMatch(name -> ID.matcher(name).matches());
  }

  /**
   * The first word of each id, or all of its words where another id has the same first one; the ids
   * themselves where no file in the folder or above it tells.
   */
  static List<String> beside(Path folder, List<String> ids) {
    return are(ids) ? file(folder).map(file -> named(file, ids)).findFirst().orElse(ids) : ids;
  }

  private static Stream<Path> file(Path folder) {
    Path parent = folder.toAbsolutePath().normalize().getParent();
    return Stream.of(folder, parent)
        .filter(Objects::nonNull)
        .flatMap(place -> FILES.stream().map(place::resolve))
        .filter(Files::isRegularFile);
  }

  private static List<String> named(Path file, List<String> ids) {
    Map<String, String> words = new HashMap<>();
    for (String line : lines(file)) {
      String[] parts = line.strip().split("\\s+", 2);
      if (parts.length == 2) {
        words.put(parts[0], parts[1]);
      }
    }
    List<String> all = ids.stream().map(id -> words.getOrDefault(id, id)).toList();
    List<String> first = all.stream().map(name -> name.split(",", 2)[0].strip()).toList();
    HashSet<String> seen = new HashSet<>();
    HashSet<String> twice = new HashSet<>();
    first.forEach(
        name -> {
          if (!seen.add(name)) {
            twice.add(name);
          }
        });
    return java.util.stream.IntStream.range(0, ids.size())
        .mapToObj(i -> twice.contains(first.get(i)) ? all.get(i) : first.get(i))
        .toList();
  }

  private static List<String> lines(Path file) {
    try {
      return TextFile.read(file, LONGEST).lines().toList();
    } catch (IOException e) {
      throw new UserException(
          "The class names in " + file + " could not be read: unpack the archive again.", e);
    }
  }
}
