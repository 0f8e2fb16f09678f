package org.pagexplorer.architecture.violations.ui.shell;

import org.pagexplorer.architecture.ViolatesRule;
import org.pagexplorer.architecture.violations.Main;

@ViolatesRule("LAYERS_POINT_DOWNWARDS")
public final class ShellKnowsMain {
  Main known;
}
