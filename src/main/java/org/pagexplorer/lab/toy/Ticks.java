package org.pagexplorer.lab.toy;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.pagexplorer.domain.WrittenNumber;

/** Round numbers along an axis. */
public final class Ticks {
  private static final int ABOUT = 5;
  private static final int MOST = 100;

  private Ticks() {}

  /** 1, 2 or 5 times a power of ten, so that a span has about five of it. */
  public static double step(double span) {
    double rough = span / ABOUT;
    double power = Math.pow(10, Math.floor(Math.log10(rough)));
    double digit = rough / power;
    return power * (digit < 1.5 ? 1 : digit < 3.5 ? 2 : digit < 7.5 ? 5 : 10);
  }

  /** The multiples of a step from {@code low} to {@code high}. */
  public static List<Double> in(double low, double high, double step) {
    List<Double> ticks = new ArrayList<>();
    double first = Math.ceil(low / step);
    // Counted, since beyond 2⁵³ a double has no successor and the end would never come.
    for (int i = 0; i < MOST && (first + i) * step <= high; i++) {
      ticks.add((first + i) * step);
    }
    return ticks;
  }

  /** A short number with a true minus sign. */
  public static String label(double value) {
    String text =
        Math.abs(value - Math.rint(value)) < 1e-9
            ? String.valueOf(Math.round(value))
            : String.format(Locale.ROOT, "%.3g", value);
    return WrittenNumber.typeset(text);
  }
}
