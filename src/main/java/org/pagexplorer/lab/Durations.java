package org.pagexplorer.lab;

import java.time.Duration;
import java.util.Locale;

/** Times for people. */
public final class Durations {
  private Durations() {}

  /** {@code 1 h 05 min}, {@code 3 min 20 s} or {@code 12 s}. */
  public static String words(double seconds) {
    Duration d = Duration.ofSeconds(Math.round(seconds));
    if (d.toHours() > 0) {
      return String.format(Locale.ROOT, "%d h %02d min", d.toHours(), d.toMinutesPart());
    }
    return d.toMinutes() > 0
        ? String.format(Locale.ROOT, "%d min %02d s", d.toMinutes(), d.toSecondsPart())
        : d.toSeconds() + " s";
  }
}
