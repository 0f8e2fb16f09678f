package org.pagexplorer.architecture.violations.run;

import javafx.scene.Node;
import org.pagexplorer.architecture.ViolatesRule;

@ViolatesRule("NO_JAVAFX_IN_THE_CORE")
public final class RunKnowsJavaFx {
  Node node;
}
