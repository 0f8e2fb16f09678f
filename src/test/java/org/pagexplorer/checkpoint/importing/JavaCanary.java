package org.pagexplorer.checkpoint.importing;

/** Notes that somebody looked a class up by a name in a file. */
final class JavaCanary {
  static {
    System.setProperty("pag.test.canary", "fired");
  }

  private JavaCanary() {}
}
