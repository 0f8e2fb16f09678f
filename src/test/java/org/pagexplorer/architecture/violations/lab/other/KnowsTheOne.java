package org.pagexplorer.architecture.violations.lab.other;

import org.pagexplorer.architecture.ViolatesRule;
import org.pagexplorer.architecture.violations.lab.one.KnowsTheOther;

@ViolatesRule("NO_CIRCLES_OF_PACKAGES")
public final class KnowsTheOne {
  KnowsTheOther known;
}
