package org.pagexplorer.domain;

/**
 * One iterate of a batch under attack, for the screen.
 *
 * @param step t, from 0 (the start) to T (the last iterate)
 * @param pixels N · C · H · W unsigned bytes, rounded to nearest
 * @param confidence p(goal's class) of the N iterates
 * @param predicted the classes that the model names
 * @param probabilities N · C values, softmax of the logits
 */
public record AttackFrame(
    int step, byte[] pixels, float[] confidence, int[] predicted, float[] probabilities) {}
