package org.pagexplorer.architecture.violations.engine;

import javafx.scene.Node;
import org.pagexplorer.architecture.ViolatesRule;

@ViolatesRule("NO_JAVAFX_IN_THE_CORE")
public final class EngineKnowsJavaFx {
  Node node;
}
