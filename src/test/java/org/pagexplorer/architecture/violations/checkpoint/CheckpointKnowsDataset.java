package org.pagexplorer.architecture.violations.checkpoint;

import org.pagexplorer.architecture.ViolatesRule;
import org.pagexplorer.architecture.violations.dataset.Harmless;

@ViolatesRule({"LAYERS_POINT_DOWNWARDS", "NO_CIRCLES_OF_PACKAGES"})
public final class CheckpointKnowsDataset {
  Harmless known;
}
