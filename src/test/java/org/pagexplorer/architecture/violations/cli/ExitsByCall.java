package org.pagexplorer.architecture.violations.cli;

import org.pagexplorer.architecture.ViolatesRule;

@ViolatesRule("EXIT_ONLY_IN_MAIN")
public final class ExitsByCall {
  void end() {
    System.exit(1);
  }
}
