package org.pagexplorer.architecture.violations.ui.control;

import org.pagexplorer.architecture.ViolatesRule;
import org.pagexplorer.architecture.violations.ui.explore.Harmless;

@ViolatesRule("LAYERS_POINT_DOWNWARDS")
public final class ControlKnowsScreen {
  Harmless known;
}
