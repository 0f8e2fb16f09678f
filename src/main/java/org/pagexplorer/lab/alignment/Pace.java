package org.pagexplorer.lab.alignment;

/** How long kinds of work take, each from its own pieces once there are any. */
final class Pace {
  private final double[] cost;
  private final double[] seconds;
  private final int[] done;

  /**
   * @param cost of one item of each kind, in any common unit; used until one has been timed
   */
  Pace(double... cost) {
    this.cost = cost.clone();
    seconds = new double[cost.length];
    done = new int[cost.length];
  }

  synchronized void add(int kind, int items, double took) {
    seconds[kind] += took;
    done[kind] += items;
  }

  /** Infinite before anything was timed; 0 of no items. */
  synchronized double secondsFor(int kind, int items) {
    if (items == 0) {
      return 0;
    }
    if (done[kind] > 0) {
      return items * seconds[kind] / done[kind];
    }
    double all = 0;
    double units = 0;
    for (int k = 0; k < cost.length; k++) {
      all += seconds[k];
      units += done[k] * cost[k];
    }
    return units == 0 ? Double.POSITIVE_INFINITY : items * cost[kind] * all / units;
  }

  /** In [0, 1], of the time spent and left. */
  synchronized double progress(double left) {
    double spent = 0;
    for (double one : seconds) {
      spent += one;
    }
    return left == 0 ? 1 : Double.isFinite(left) ? spent / (spent + left) : 0;
  }
}
