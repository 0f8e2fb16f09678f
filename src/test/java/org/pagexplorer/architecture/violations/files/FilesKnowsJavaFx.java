package org.pagexplorer.architecture.violations.files;

import javafx.scene.Node;
import org.pagexplorer.architecture.ViolatesRule;

@ViolatesRule("NO_JAVAFX_IN_THE_CORE")
public final class FilesKnowsJavaFx {
  Node node;
}
