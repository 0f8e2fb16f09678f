package org.pagexplorer.architecture.violations.ui;

import org.pagexplorer.architecture.ViolatesRule;

@ViolatesRule("EVERY_CLASS_IS_IN_A_LAYER")
public final class AboveThePackagesOfTheWindow {}
