package org.pagexplorer.ui.compare;

import org.pagexplorer.lab.toy.ToySetup;

/** Another playground for the paper's page than the paper's, which takes minutes. */
public final class SmallPlayground {
  private SmallPlayground() {}

  public static void use(ReproduceViewModel reproduction, ToySetup toy, int seeds) {
    reproduction.toy = toy;
    reproduction.seeds = seeds;
  }
}
