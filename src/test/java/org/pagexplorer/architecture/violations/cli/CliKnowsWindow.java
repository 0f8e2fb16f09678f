package org.pagexplorer.architecture.violations.cli;

import org.pagexplorer.architecture.ViolatesRule;
import org.pagexplorer.architecture.violations.ui.support.Harmless;

@ViolatesRule("LAYERS_POINT_DOWNWARDS")
public final class CliKnowsWindow {
  Harmless known;
}
