package org.pagexplorer.architecture.violations;

/** Breaks nothing: what only Main may do. */
public final class Main {
  void mayEnd() {
    System.exit(0);
  }
}
