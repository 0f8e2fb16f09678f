package org.pagexplorer.engine;

import java.util.random.RandomGenerator;

/** Proposals of Square Attack for one image; arrays have C · H · W pixels in [0, 1]. */
interface SquareMove {
  /** Share of the pixels that the first squares cover. */
  double FIRST_SHARE = 0.8;

  /** Where, as shares of the queries, the area of the squares is halved (section 3.2). */
  double[] HALVINGS = {0.001, 0.005, 0.02, 0.05, 0.1, 0.2, 0.4, 0.6, 0.8};

  /** The first point of the ball. */
  float[] first();

  /**
   * A neighbor of a point of the ball, in the ball.
   *
   * @param done share of the queries that are done, in [0, 1)
   */
  float[] next(float[] best, double done);

  /** The share of the pixels that a square covers. */
  static double share(double done) {
    double share = FIRST_SHARE;
    for (double halving : HALVINGS) {
      share /= done > halving ? 2 : 1;
    }
    return share;
  }

  /** +1 or −1. */
  static int sign(RandomGenerator random) {
    return random.nextBoolean() ? 1 : -1;
  }
}
