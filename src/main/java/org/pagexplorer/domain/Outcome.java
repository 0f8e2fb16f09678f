package org.pagexplorer.domain;

/**
 * What an untargeted attack found for one image.
 *
 * @param result a point of the ball: one that is named wrongly, where there is one, else the worst
 *     that was found
 * @param survived whether {@code result} is still classified correctly
 * @param zeroGradientShare share of the steps whose gradient was exactly zero, in [0, 1]
 */
public record Outcome(Image result, boolean survived, double zeroGradientShare) {}
