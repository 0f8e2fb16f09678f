package org.pagexplorer.architecture.violations.ui.control;

import javafx.scene.control.TextArea;
import org.pagexplorer.architecture.ViolatesRule;

@ViolatesRule("ONE_PLACE_THAT_BREAKS_LINES")
class BreaksLines {
  static void of(TextArea area) {
    area.setWrapText(true);
  }
}
