package org.pagexplorer.engine;

/** Somebody who has lost their patience before the first step. */
public final class Cancelled implements AttackObserver {
  @Override
  public boolean isCancelled() {
    return true;
  }
}
