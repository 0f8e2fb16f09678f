package org.pagexplorer.architecture.violations.lab.one;

import org.pagexplorer.architecture.ViolatesRule;
import org.pagexplorer.architecture.violations.lab.other.KnowsTheOne;

@ViolatesRule("NO_CIRCLES_OF_PACKAGES")
public final class KnowsTheOther {
  KnowsTheOne known;
}
