package org.pagexplorer.architecture.violations.ui.control;

import javafx.scene.control.Tooltip;
import org.pagexplorer.architecture.ViolatesRule;

@ViolatesRule("ONE_KIND_OF_TOOLTIP")
class MakesTooltip {
  static Tooltip of(String words) {
    return new Tooltip(words);
  }
}
