package org.pagexplorer.architecture.violations.ui.explore;

import org.pagexplorer.architecture.ViolatesRule;
import org.pagexplorer.architecture.violations.ui.shell.Harmless;

@ViolatesRule("LAYERS_POINT_DOWNWARDS")
public final class ScreenKnowsShell {
  Harmless known;
}
