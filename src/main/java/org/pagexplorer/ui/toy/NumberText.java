package org.pagexplorer.ui.toy;

import java.util.Locale;

/** Numbers in fields: {@code 1} rather than {@code 1.0}. */
final class NumberText {
  private NumberText() {}

  static String of(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e9
        ? String.valueOf((long) value)
        : String.format(Locale.ROOT, "%.6g", value).replaceAll("\\.?0+$", "");
  }
}
