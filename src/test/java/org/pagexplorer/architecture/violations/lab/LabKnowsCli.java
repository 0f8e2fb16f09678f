package org.pagexplorer.architecture.violations.lab;

import org.pagexplorer.architecture.ViolatesRule;
import org.pagexplorer.architecture.violations.cli.Harmless;

@ViolatesRule("LAYERS_POINT_DOWNWARDS")
public final class LabKnowsCli {
  Harmless known;
}
