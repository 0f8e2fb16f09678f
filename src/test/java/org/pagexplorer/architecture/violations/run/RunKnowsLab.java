package org.pagexplorer.architecture.violations.run;

import org.pagexplorer.architecture.ViolatesRule;
import org.pagexplorer.architecture.violations.lab.Harmless;

@ViolatesRule("LAYERS_POINT_DOWNWARDS")
public final class RunKnowsLab {
  Harmless known;
}
