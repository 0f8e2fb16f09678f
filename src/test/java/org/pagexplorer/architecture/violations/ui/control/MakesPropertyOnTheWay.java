package org.pagexplorer.architecture.violations.ui.control;

import javafx.beans.property.BooleanProperty;
import javafx.beans.property.Property;
import org.pagexplorer.architecture.ViolatesRule;

@ViolatesRule("NOTHING_WEAK_IN_THE_WINDOW")
class MakesPropertyOnTheWay {
  static void bind(Property<Boolean> shown, BooleanProperty set) {
    shown.bindBidirectional(set.asObject());
  }
}
