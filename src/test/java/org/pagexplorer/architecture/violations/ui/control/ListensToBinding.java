package org.pagexplorer.architecture.violations.ui.control;

import javafx.beans.property.BooleanProperty;
import org.pagexplorer.architecture.ViolatesRule;

@ViolatesRule("NOTHING_WEAK_IN_THE_WINDOW")
class ListensToBinding {
  static void listen(BooleanProperty one, BooleanProperty other, Runnable then) {
    one.or(other).addListener((property, old, now) -> then.run());
  }
}
