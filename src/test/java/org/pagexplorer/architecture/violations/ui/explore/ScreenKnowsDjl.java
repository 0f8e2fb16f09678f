package org.pagexplorer.architecture.violations.ui.explore;

import ai.djl.ndarray.NDArray;
import org.pagexplorer.architecture.ViolatesRule;

@ViolatesRule("DJL_ONLY_IN_ENGINE")
public final class ScreenKnowsDjl {
  NDArray array;
}
