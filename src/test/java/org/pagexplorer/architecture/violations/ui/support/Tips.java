package org.pagexplorer.architecture.violations.ui.support;

import javafx.scene.control.Tooltip;

class Tips {
  static Tooltip of(String words) {
    return new Tooltip(words);
  }
}
