package org.pagexplorer.ui.support;

import java.util.Objects;
import javafx.scene.control.Control;
import javafx.scene.control.Tooltip;
import javafx.scene.input.MouseEvent;
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

  /** Says it of a control, now or instead of what was said before; readers of the screen, too. */
  public static void on(Control control, String words) {
    control.setAccessibleHelp(words);
    Tooltip made = control.getTooltip();
    if (made != null) {
      made.setText(words);
    } else if (control.getProperties().putIfAbsent(Tips.class, true) == null) {
      control.addEventHandler(MouseEvent.MOUSE_ENTERED, event -> make(control));
    }
  }

  /** Says nothing of a control from now on. */
  public static void none(Control control) {
    control.setAccessibleHelp(null);
    control.setTooltip(null);
  }

  /** Not before the pointer comes: a hundred windows of their own would hold up the first one. */
  private static void make(Control control) {
    String words = control.getAccessibleHelp();
    if (control.getTooltip() == null && words != null) {
      control.setTooltip(of(words));
    }
  }

  /** What is said of a control; empty for nothing. */
  public static String said(Control control) {
    return Objects.requireNonNullElse(control.getAccessibleHelp(), "");
  }
}
