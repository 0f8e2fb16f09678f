package org.pagexplorer.architecture.violations.files;

import org.pagexplorer.architecture.ViolatesRule;
import org.pagexplorer.architecture.violations.checkpoint.Harmless;

@ViolatesRule("LAYERS_POINT_DOWNWARDS")
public final class FilesKnowsCheckpoint {
  Harmless known;
}
