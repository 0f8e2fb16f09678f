package org.pagexplorer.checkpoint.importing;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.stream.Collectors;
import org.pagexplorer.checkpoint.TensorFile;
import org.pagexplorer.checkpoint.TensorType;
import org.pagexplorer.files.Sentences;
import org.pagexplorer.files.UnusableFileException;

/**
 * The sets of weights in a file, the likeliest first: those of a known network before others. Two
 * networks side by side under one key, such as {@code student.…} and {@code teacher.…}, are two.
 *
 * @param sets never empty
 */
public record WeightSets(List<WeightSet> sets) {
  private static final int MOST = 16;

  /**
   * One of them.
   *
   * @param place the keys or names that lead to it, with dots; empty if it is all of the file
   * @param tensors its own
   */
  public record WeightSet(String place, TensorFile tensors, Recognition recognition) {
    boolean isKnown() {
      return !recognition.complete().isEmpty();
    }
  }

  public WeightSets {
    sets = List.copyOf(sets);
  }

  /**
   * Looks through a file.
   *
   * @throws IOException if the disk refuses
   */
  public static WeightSets in(TensorFile file) throws IOException {
    List<WeightSet> sets = new ArrayList<>();
    for (TensorFile each : file.sets()) {
      if (sets.size() < MOST) {
        addParts(each, sets);
      }
    }
    sets.sort(Comparator.comparing(set -> !set.isKnown()));
    return new WeightSets(sets);
  }

  private static void addParts(TensorFile file, List<WeightSet> sets) throws IOException {
    SequencedMap<String, TensorType> left = new LinkedHashMap<>(file.tensors());
    Recognition first = Recognition.of(left);
    List<Recognition> parts = new ArrayList<>();
    for (Recognition part = first;
        !part.complete().isEmpty() && sets.size() + parts.size() < MOST;
        part = Recognition.of(left)) {
      String prefix = prefix(part);
      left.keySet().removeIf(name -> name.startsWith(prefix));
      if (!isCopy(part, parts, file)) {
        parts.add(part);
      }
    }
    for (Recognition part : parts) {
      List<String> others =
          parts.stream().filter(other -> other != part).map(WeightSets::prefix).toList();
      sets.add(
          others.isEmpty()
              ? new WeightSet(file.place(), file, part)
              : new WeightSet(place(file, part), new TensorsWithout(others, file), part));
    }
    if (parts.isEmpty()) {
      sets.add(new WeightSet(file.place(), file, first));
    }
  }

  private static String place(TensorFile file, Recognition part) {
    String name = prefix(part).replaceAll("\\.$", "");
    return file.place().isEmpty() || name.isEmpty()
        ? file.place() + name
        : file.place() + "." + name;
  }

  /** MadryLab's files hold each network twice, as their attacker has it too. */
  private static boolean isCopy(Recognition part, List<Recognition> before, TensorFile file)
      throws IOException {
    for (Recognition other : before) {
      String one = prefix(other) + first(other);
      String another = prefix(part) + first(part);
      if (file.tensors().containsKey(one)
          && file.tensors().containsKey(another)
          && file.read(one).equals(file.read(another))) {
        return true;
      }
    }
    return false;
  }

  /** The first layer's name. */
  private static String first(Recognition part) {
    return part.complete().getFirst().architecture().tensorShapes().firstEntry().getKey();
  }

  private static String prefix(Recognition part) {
    return part.complete().getFirst().prefix();
  }

  /** Those that are worth a choice: of known networks, if there is one. */
  public List<WeightSet> choices() {
    List<WeightSet> known = sets.stream().filter(WeightSet::isKnown).toList();
    return known.isEmpty() ? sets : known;
  }

  /**
   * One of them.
   *
   * @param place its own; empty for the likeliest
   * @throws UnusableFileException naming all places, if none is that
   */
  public WeightSet at(String place) {
    if (place.isEmpty()) {
      return sets.getFirst();
    }
    return sets.stream()
        .filter(set -> set.place().equals(place))
        .findFirst()
        .orElseThrow(
            () ->
                new UnusableFileException(
                    "it has no weights under " + Sentences.quoted(place),
                    "it has " + places(sets)));
  }

  /** Of a list, for a sentence. */
  static String places(List<WeightSet> sets) {
    return sets.stream()
        .map(
            set ->
                set.place().isEmpty() ? "those of the whole file" : Sentences.quoted(set.place()))
        .collect(Collectors.joining(", "));
  }
}
