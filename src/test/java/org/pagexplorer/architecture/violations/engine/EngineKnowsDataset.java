package org.pagexplorer.architecture.violations.engine;

import org.pagexplorer.architecture.ViolatesRule;
import org.pagexplorer.architecture.violations.dataset.Harmless;

@ViolatesRule("LAYERS_POINT_DOWNWARDS")
public final class EngineKnowsDataset {
  Harmless known;
}
