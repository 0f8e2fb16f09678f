package org.pagexplorer.ui.support;

import javafx.scene.input.Clipboard;
import javafx.scene.input.ClipboardContent;

/** Words for other programs. On the FX thread. */
public final class ClipboardText {
  private ClipboardText() {}

  /** Puts them onto the system's clipboard. */
  public static void copy(String words) {
    ClipboardContent content = new ClipboardContent();
    content.putString(words);
    Clipboard.getSystemClipboard().setContent(content);
  }
}
