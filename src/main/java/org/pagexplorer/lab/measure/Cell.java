package org.pagexplorer.lab.measure;

import java.util.Arrays;
import org.pagexplorer.domain.Wilson;

/**
 * What was counted so far of one model in one column. Image 0 is the first of the order in which
 * {@link RobustnessTable} takes them.
 *
 * @param right for each image seen whether it is classified correctly
 * @param standing of a suite of attacks, how many images have withstood each and those before;
 *     empty where there is only one
 * @param zeroGradientShare mean share of the attack's steps whose gradient was exactly zero
 * @param seconds that it took
 * @param firstSeconds that the first piece took, in which much is slower
 * @param first images of the first piece
 */
public record Cell(
    boolean[] right,
    int[] standing,
    double zeroGradientShare,
    double seconds,
    double firstSeconds,
    int first) {
  static final Cell EMPTY = new Cell(new boolean[0], new int[0], 0, 0, 0, 0);

  /** Images seen. */
  public int n() {
    return right.length;
  }

  /** How many of them are classified correctly. */
  public int correct() {
    int correct = 0;
    for (boolean one : right) {
      correct += one ? 1 : 0;
    }
    return correct;
  }

  /** In [0, 1]; NaN before the first image. */
  public double accuracy() {
    return (double) correct() / n();
  }

  /** 95 %; only of at least one image. */
  public Wilson interval() {
    return Wilson.of(correct(), n());
  }

  /** Seconds an image, the first piece left out where there is another. */
  double secondsAnImage() {
    return n() > first ? (seconds - firstSeconds) / (n() - first) : seconds / Math.max(1, n());
  }

  Cell with(MeasuredPiece piece) {
    boolean[] more = piece.named();
    double took = piece.seconds();
    boolean[] all = Arrays.copyOf(right, right.length + more.length);
    System.arraycopy(more, 0, all, right.length, more.length);
    double zeros = zeroGradientShare * right.length + piece.zeroGradientShare() * more.length;
    return new Cell(
        all,
        sum(standing, piece.standing()),
        zeros / all.length,
        seconds + took,
        n() == 0 ? took : firstSeconds,
        n() == 0 ? more.length : first);
  }

  private static int[] sum(int[] some, int[] others) {
    int[] sums = Arrays.copyOf(some, Math.max(some.length, others.length));
    for (int i = 0; i < others.length; i++) {
      sums[i] += others[i];
    }
    return sums;
  }
}
