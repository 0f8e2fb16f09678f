package org.pagexplorer.architecture.violations.attic;

import org.pagexplorer.architecture.ViolatesRule;

@ViolatesRule("EVERY_CLASS_IS_IN_A_LAYER")
public final class NowhereInParticular {}
