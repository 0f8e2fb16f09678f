package org.pagexplorer.architecture.violations.cli;

import java.util.function.IntConsumer;
import org.pagexplorer.architecture.ViolatesRule;

@ViolatesRule("EXIT_ONLY_IN_MAIN")
public final class ExitsByReference {
  IntConsumer end = System::exit;
}
