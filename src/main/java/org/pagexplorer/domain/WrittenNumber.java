package org.pagexplorer.domain;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Numbers as the field writes them: {@code 0.031}, {@code 1e-4}, {@code 8/255}, and of pixels
 * {@code 8px}.
 */
public final class WrittenNumber {
  private static final double LEVELS = 255;

  /** Java would take {@code 5d}, {@code 0x1p3} and {@code NaN} for numbers, too. */
  private static final String NUMBER = "[-+]?(?:\\d+\\.?\\d*|\\.\\d+)(?:[eE][-+]?\\d{1,4})?";

  private static final Pattern FRACTION =
      Pattern.compile("(" + NUMBER + ")(?:\\s*/\\s*(" + NUMBER + "))?");
  private static final Pattern LEVEL = Pattern.compile("(" + NUMBER + ")\\s*px");

  private static final Pattern MINUS_ZERO = Pattern.compile("-(?=0(?:\\.0+)?(?![\\d.]))");

  private WrittenNumber() {}

  /** A finite number or fraction; NaN for what is none. */
  public static double parse(String text) {
    Matcher fraction = FRACTION.matcher(text.strip());
    if (!fraction.matches()) {
      return Double.NaN;
    }
    double above = Double.parseDouble(fraction.group(1));
    double value =
        fraction.group(2) == null ? above : above / Double.parseDouble(fraction.group(2));
    return Double.isFinite(value) ? value : Double.NaN;
  }

  /** The same of a size in pixel units of [0, 1], for which {@code 8px} is 8/255, too. */
  public static double parsePixels(String text) {
    Matcher level = LEVEL.matcher(text.strip().toLowerCase(Locale.ROOT));
    return level.matches() ? parse(level.group(1) + "/255") : parse(text);
  }

  /** Numbers as they are printed: with true minus signs, and of a zero with none. */
  public static String typeset(String numbers) {
    return MINUS_ZERO.matcher(numbers).replaceAll("").replace('-', '−');
  }

  /**
   * A number of at least 0 in at most four digits, without zeros at the end; from 10,000 on, which
   * four digits would write with a power of ten, as a whole number.
   */
  public static String fourDigits(double value) {
    return value >= 9999.5
        ? String.format(Locale.ROOT, "%.0f", value)
        : String.format(Locale.ROOT, "%.4g", value)
            .replaceAll("(\\.\\d*?)0+$", "$1")
            .replaceAll("\\.$", "");
  }

  /** A size of pixels in 255ths: {@code 8/255}, or {@code 7.91/255} of 0.031. */
  public static String levels(double value) {
    double levels = value * LEVELS;
    double whole = Math.rint(levels);
    return (Math.abs(levels - whole) < 1e-5 * whole
                ? String.valueOf((long) whole)
                : String.format(Locale.ROOT, "%.3g", levels).replaceAll("(\\.\\d*?)0+$", "$1"))
            .replaceAll("\\.$", "")
        + "/255";
  }
}
