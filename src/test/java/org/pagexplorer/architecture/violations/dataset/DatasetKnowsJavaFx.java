package org.pagexplorer.architecture.violations.dataset;

import javafx.scene.Node;
import org.pagexplorer.architecture.ViolatesRule;

@ViolatesRule("NO_JAVAFX_IN_THE_CORE")
public final class DatasetKnowsJavaFx {
  Node node;
}
