package org.pagexplorer.architecture.violations.lab;

import org.pagexplorer.architecture.ViolatesRule;

@ViolatesRule("NAMES_SAY_WHAT_A_CLASS_DOES")
public final class ModelManager {}
