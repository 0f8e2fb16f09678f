package org.pagexplorer.domain;

/**
 * Text of files, made fit for a terminal and a label: what would be obeyed, or would hide what
 * stands there, is written out.
 */
public final class Printable {
  private static final int ZERO_WIDTH_NON_JOINER = 0x200C;
  private static final int ZERO_WIDTH_JOINER = 0x200D;

  private Printable() {}

  /**
   * Line breaks and tabs as spaces; other controls (C0, C1), bidirectional overrides and isolates,
   * other invisible characters and unpaired surrogates as {@code \}{@code u001b}. The two joiners
   * stay, since scripts and emoji need them.
   */
  public static String of(String text) {
    return written(text, true);
  }

  /** The same within JSON, where each such character becomes an escape that JSON knows. */
  public static String json(String json) {
    return written(json, false);
  }

  private static String written(String text, boolean breaksAreSpaces) {
    if (text.codePoints().allMatch(Printable::isPlain)) {
      return text;
    }
    StringBuilder plain = new StringBuilder(text.length() + 16);
    text.codePoints()
        .forEach(
            c -> {
              if (isPlain(c)) {
                plain.appendCodePoint(c);
              } else if (breaksAreSpaces && isBreak(c)) {
                appendSpace(plain);
              } else {
                appendEscaped(plain, c);
              }
            });
    return plain.toString();
  }

  private static boolean isPlain(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE ->
          false;
      case Character.FORMAT -> c == ZERO_WIDTH_NON_JOINER || c == ZERO_WIDTH_JOINER;
      default -> true;
    };
  }

  private static boolean isBreak(int c) {
    return c >= '\t' && c <= '\r' || c == 0x85 || c == 0x2028 || c == 0x2029;
  }

  /** One for a run of breaks. */
  private static void appendSpace(StringBuilder plain) {
    if (plain.isEmpty() || plain.charAt(plain.length() - 1) != ' ') {
      plain.append(' ');
    }
  }

  private static void appendEscaped(StringBuilder plain, int c) {
    for (char unit : Character.toChars(c)) {
      plain.append(String.format("\\u%04x", (int) unit));
    }
  }
}
