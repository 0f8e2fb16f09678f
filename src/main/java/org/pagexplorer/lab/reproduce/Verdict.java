package org.pagexplorer.lab.reproduce;

import org.pagexplorer.domain.Wilson;

/** How a number that was measured here stands to a published one, by their intervals. */
enum Verdict {
  LOWER("▼", "lower than"),
  AGREES("≈", "within the intervals of"),
  HIGHER("▲", "higher than");

  private final String sign;
  private final String words;

  Verdict(String sign, String words) {
    this.sign = sign;
    this.words = words;
  }

  static Verdict of(Wilson here, Wilson there) {
    if (here.high() < there.low()) {
      return LOWER;
    }
    return here.low() > there.high() ? HIGHER : AGREES;
  }

  String sign() {
    return sign;
  }

  /** For a sentence: {@code lower than}. */
  String words() {
    return words;
  }
}
