package org.pagexplorer.architecture.violations.domain;

import javafx.scene.Node;
import org.pagexplorer.architecture.ViolatesRule;

@ViolatesRule({"NO_JAVAFX_IN_THE_CORE", "DOMAIN_USES_THE_JDK_ONLY"})
public final class DomainKnowsJavaFx {
  Node node;
}
