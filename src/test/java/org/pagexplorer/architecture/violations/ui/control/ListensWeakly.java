package org.pagexplorer.architecture.violations.ui.control;

import javafx.beans.InvalidationListener;
import javafx.beans.Observable;
import javafx.beans.WeakInvalidationListener;
import org.pagexplorer.architecture.ViolatesRule;

@ViolatesRule("NOTHING_WEAK_IN_THE_WINDOW")
class ListensWeakly {
  static void listen(Observable observed, InvalidationListener listener) {
    observed.addListener(new WeakInvalidationListener(listener));
  }
}
