package org.pagexplorer;

import org.pagexplorer.cli.PagCommand;

/** Chooses between the window and the command line. */
public final class Main {
  private Main() {}

  public static void main(String[] args) {
    System.exit(PagCommand.run(args));
  }
}
