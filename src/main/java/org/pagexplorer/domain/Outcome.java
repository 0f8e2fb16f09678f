package org.pagexplorer.domain;

/**
 * What an untargeted attack found for one image.
 *
 * @param result a point of the ball: one that is named wrongly, where there is one, else the worst
 *     that was found, or of FAB, which keeps no other points, the image itself
 * @param survived whether {@code result} is still classified correctly
 * @param zeroGradientShare share of the steps whose gradient was exactly zero, in [0, 1]
 * @param withstood how many of a suite's attacks it withstood before one broke it; 0 where there is
 *     only one attack
 */
public record Outcome(Image result, boolean survived, double zeroGradientShare, int withstood) {

  /** Of a single attack. */
  public Outcome(Image result, boolean survived, double zeroGradientShare) {
    this(result, survived, zeroGradientShare, 0);
  }
}
