package org.pagexplorer.architecture.violations.dataset;

import org.pagexplorer.architecture.ViolatesRule;
import org.pagexplorer.architecture.violations.checkpoint.Harmless;

@ViolatesRule({"LAYERS_POINT_DOWNWARDS", "NO_CIRCLES_OF_PACKAGES"})
public final class DatasetKnowsCheckpoint {
  Harmless known;
}
