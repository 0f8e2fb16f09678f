package org.pagexplorer.engine.natives;

/**
 * Somebody who does not want PyTorch to arrive.
 *
 * @param isCancelled whether it is canceled, rather than just not to be downloaded
 */
record Refusing(boolean isCancelled) implements Preparation {
  @Override
  public boolean mayDownload(Offer offer) {
    if (isCancelled) {
      throw new AssertionError("asked");
    }
    return false;
  }
}
