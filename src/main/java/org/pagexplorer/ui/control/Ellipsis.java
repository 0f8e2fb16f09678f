package org.pagexplorer.ui.control;

import java.util.LinkedHashMap;
import java.util.Map;
import javafx.scene.text.Font;
import javafx.scene.text.Text;

/** Texts cut to a width, as labels do by themselves; for what is painted. On the FX thread. */
final class Ellipsis {
  private static final int KEPT = 2000;

  private static final Map<Key, String> FITTED = new LinkedHashMap<>();

  private record Key(String text, Font font, double width) {}

  private static final Map<Key, Double> WIDTHS = new LinkedHashMap<>();

  private Ellipsis() {}

  /** How wide a text is in one line. */
  static double width(String text, Font font) {
    if (WIDTHS.size() > KEPT) {
      WIDTHS.clear();
    }
    return WIDTHS.computeIfAbsent(new Key(text, font, 0), Ellipsis::measure);
  }

  private static double measure(Key key) {
    Text measured = new Text(key.text());
    measured.setFont(key.font());
    return measured.getLayoutBounds().getWidth();
  }

  /** The text, or as much of its beginning as has room, and an ellipsis. */
  static String fitted(String text, Font font, double width) {
    if (FITTED.size() > KEPT) {
      FITTED.clear();
    }
    return FITTED.computeIfAbsent(new Key(text, font, width), Ellipsis::fit);
  }

  private static String fit(Key key) {
    double whole = width(key.text(), key.font());
    if (whole <= key.width()) {
      return key.text();
    }
    int codePoints = key.text().codePointCount(0, key.text().length());
    int kept = (int) (codePoints * key.width() / whole);
    while (kept > 1 && width(beginning(key.text(), kept), key.font()) > key.width()) {
      kept--;
    }
    return beginning(key.text(), Math.max(1, kept));
  }

  private static String beginning(String text, int codePoints) {
    return text.substring(0, text.offsetByCodePoints(0, codePoints)) + "…";
  }
}
