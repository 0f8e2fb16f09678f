package org.pagexplorer.architecture.violations.ui.control;

import javafx.beans.property.BooleanProperty;
import javafx.beans.property.IntegerProperty;

class MayBindAndListen {
  static void listen(BooleanProperty one, IntegerProperty number, Runnable then) {
    one.bind(number.greaterThan(1));
    one.addListener((property, old, now) -> then.run());
  }
}
