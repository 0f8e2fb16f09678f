package org.pagexplorer.cli;

import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A command line as a shell takes it. */
public final class ShellWords {
  private ShellWords() {}

  /** Quotes what a shell would not leave as it is. */
  public static String join(Stream<String> words) {
    return words.map(ShellWords::quoted).collect(Collectors.joining(" "));
  }

  private static String quoted(String word) {
    return word.matches("[\\w./:=,+-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
  }
}
