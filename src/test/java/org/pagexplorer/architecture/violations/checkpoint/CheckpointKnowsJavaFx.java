package org.pagexplorer.architecture.violations.checkpoint;

import javafx.scene.Node;
import org.pagexplorer.architecture.ViolatesRule;

@ViolatesRule("NO_JAVAFX_IN_THE_CORE")
public final class CheckpointKnowsJavaFx {
  Node node;
}
