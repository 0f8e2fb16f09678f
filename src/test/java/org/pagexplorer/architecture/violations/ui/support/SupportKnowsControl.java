package org.pagexplorer.architecture.violations.ui.support;

import org.pagexplorer.architecture.ViolatesRule;
import org.pagexplorer.architecture.violations.ui.control.Harmless;

@ViolatesRule("LAYERS_POINT_DOWNWARDS")
public final class SupportKnowsControl {
  Harmless known;
}
