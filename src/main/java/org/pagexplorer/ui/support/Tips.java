package org.pagexplorer.ui.support;

import javafx.scene.control.Control;
import javafx.scene.control.Tooltip;
import javafx.util.Duration;

/**
 * What a control does, in which unit, and what the paper uses: said to who rests on it, in lines
 * that one can read and for as long as that takes.
 */
public final class Tips {
  private static final double WIDEST = 420;
  private static final Duration LONG_ENOUGH = Duration.seconds(30);

  private Tips() {}

  public static Tooltip of(String words) {
    Tooltip tip = new Tooltip(words);
    tip.setWrapText(true);
    tip.setMaxWidth(WIDEST);
    tip.setShowDuration(LONG_ENOUGH);
    return tip;
  }

  /** Says it of a control. */
  public static void on(Control control, String words) {
    control.setTooltip(of(words));
  }
}
