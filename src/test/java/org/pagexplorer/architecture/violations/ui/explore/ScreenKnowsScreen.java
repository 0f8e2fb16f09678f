package org.pagexplorer.architecture.violations.ui.explore;

import org.pagexplorer.architecture.ViolatesRule;
import org.pagexplorer.architecture.violations.ui.toy.Harmless;

@ViolatesRule("LAYERS_POINT_DOWNWARDS")
public final class ScreenKnowsScreen {
  Harmless known;
}
