package org.pagexplorer.architecture.violations.checkpoint;

import org.pagexplorer.architecture.ViolatesRule;
import org.pagexplorer.architecture.violations.run.Harmless;

@ViolatesRule("LAYERS_POINT_DOWNWARDS")
public final class CheckpointKnowsRun {
  Harmless known;
}
