package org.pagexplorer.architecture.violations.domain;

import org.pagexplorer.architecture.ViolatesRule;
import org.pagexplorer.architecture.violations.engine.Harmless;

@ViolatesRule({"LAYERS_POINT_DOWNWARDS", "DOMAIN_USES_THE_JDK_ONLY"})
public final class DomainKnowsEngine {
  Harmless known;
}
