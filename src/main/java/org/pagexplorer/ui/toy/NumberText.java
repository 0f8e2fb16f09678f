package org.pagexplorer.ui.toy;

/** Numbers in fields, to the last digit: {@code 1} rather than {@code 1.0}. */
final class NumberText {
  private NumberText() {}

  static String of(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e15
        ? String.valueOf((long) value)
        : String.valueOf(value);
  }
}
