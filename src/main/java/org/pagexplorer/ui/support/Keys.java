package org.pagexplorer.ui.support;

import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCodeCombination;
import javafx.scene.input.KeyCombination;

/** Keys with the system's own modifier: Ctrl, or ⌘ on a Mac. */
public final class Keys {
  private Keys() {}

  public static KeyCombination shortcut(KeyCode code) {
    return new KeyCodeCombination(code, KeyCombination.SHORTCUT_DOWN);
  }

  public static KeyCombination shiftShortcut(KeyCode code) {
    return new KeyCodeCombination(code, KeyCombination.SHIFT_DOWN, KeyCombination.SHORTCUT_DOWN);
  }

  /** As it is written on this system, for instance {@code Ctrl+E}. */
  public static String words(KeyCombination keys) {
    return keys.getDisplayText();
  }
}
