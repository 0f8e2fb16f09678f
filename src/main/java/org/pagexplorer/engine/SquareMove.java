package org.pagexplorer.engine;

import java.util.random.RandomGenerator;

/** Proposals of Square Attack for one image; arrays have C · H · W pixels in [0, 1]. */
interface SquareMove {
  /** Share of the pixels that the first squares cover. */
  double FIRST_SHARE = 0.8;

  /**
   * After how many proposals the area of the squares is halved (section 3.2): however many there
   * will be, as in AutoAttack.
   */
  int[] HALVINGS = {10, 50, 200, 500, 1000, 2000, 4000, 6000, 8000};

  /** The first point of the ball. */
  float[] first();

  /**
   * A neighbor of a point of the ball, in the ball.
   *
   * @param query its number, from 1; the first point is number 0
   */
  float[] next(float[] best, int query);

  /** The share of the pixels that a square covers. */
  static double share(int query) {
    double share = FIRST_SHARE;
    for (int halving : HALVINGS) {
      share /= query - 1 > halving ? 2 : 1; // the authors count proposals from 0
    }
    return share;
  }

  /** +1 or −1. */
  static int sign(RandomGenerator random) {
    return random.nextBoolean() ? 1 : -1;
  }
}
