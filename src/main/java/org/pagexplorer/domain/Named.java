package org.pagexplorer.domain;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** One of an enum's few choices, as files, the command line and people call it. */
public interface Named {
  /** The constant's own name, as every enum has it. */
  String name();

  /** The name in files and on the command line: the constant's, as {@code class-mean}. */
  default String id() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The name for people. */
  default String title() {
    return id();
  }

  /** The choice of that name or title, in capitals or not: {@code class_mean}, {@code L∞}. */
  static <T extends Named> Optional<T> find(T[] choices, String id) {
    String word = id.strip();
    return Arrays.stream(choices)
        .filter(
            choice ->
                choice.id().equalsIgnoreCase(word.replace('_', '-'))
                    || choice.title().equalsIgnoreCase(word))
        .findFirst();
  }

  /**
   * The choice of that name, in capitals or not.
   *
   * @param what the choices are, in a word
   * @throws IllegalArgumentException if there is none; says which there are
   */
  static <T extends Named> T of(T[] choices, String what, String id) {
    return find(choices, id)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "unknown %s \"%s\"; known are %s".formatted(what, id, ids(choices))));
  }

  /** All names, for a sentence. */
  static String ids(Named[] choices) {
    return Arrays.stream(choices).map(Named::id).collect(Collectors.joining(", "));
  }
}
