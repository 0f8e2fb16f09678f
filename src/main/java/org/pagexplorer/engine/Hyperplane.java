package org.pagexplorer.engine;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import org.pagexplorer.domain.Norm;

/**
 * The shortest way from a point of [0, 1]^d to a hyperplane, within [0, 1]^d (Croce and Hein 2020,
 * "Minimally distorted adversarial examples", section 2.2). Where no point of the box lies on it:
 * the way to the box's nearest corner.
 */
final class Hyperplane {
  private Hyperplane() {}

  /**
   * N ways, N × d: δ of least norm with {@code ⟨w, x + δ⟩ = ⟨w, x⟩ − excess}.
   *
   * @param x N × d pixels in [0, 1]
   * @param w N × d normals
   * @param excess N × 1: how far {@code ⟨w, x⟩} is above the hyperplane's value, or below it
   */
  static NDArray way(Norm norm, NDArray x, NDArray w, NDArray excess) {
    // Scaled, so that squares of a tiny normal do not vanish.
    NDArray largest = w.abs().max(new int[] {1}, true).maximum(Float.MIN_NORMAL);
    NDArray down = w.div(largest).mul(excess.gte(0).toType(w.getDataType(), false).mul(2).sub(1));
    NDArray wanted = excess.abs().div(largest);
    NDArray size = down.abs();
    NDArray moves = down.neq(0).toType(w.getDataType(), false);
    NDArray falls = down.gt(0).toType(w.getDataType(), false);
    NDArray room = x.mul(falls).add(x.sub(1).neg().mul(moves.sub(falls)));
    NDArray length =
        switch (norm) {
          case L1 -> filled(size, room, wanted);
          case L2 -> {
            NDArray caps = room.div(size.maximum(Float.MIN_NORMAL));
            yield caps.minimum(level(size.square(), caps, wanted)).mul(size);
          }
          case LINF -> room.minimum(level(size, room, wanted));
        };
    return length.mul(down.sign()).neg();
  }

  /** The steepest pixels first, each as far as the box lets it. */
  private static NDArray filled(NDArray size, NDArray room, NDArray wanted) {
    NDArray order = size.argSort(1, false);
    NDArray rate = size.gather(order, 1);
    NDArray most = room.gather(order, 1);
    NDArray gained = rate.mul(most);
    NDArray missing = gained.cumSum(1).sub(gained).sub(wanted).neg();
    NDArray lengths = missing.div(rate.maximum(Float.MIN_NORMAL)).maximum(0).minimum(most);
    return lengths.gather(order.argSort(1, true), 1);
  }

  /**
   * The water level t with {@code Σ rate · min(t, cap) = wanted}, N × 1; above all caps where there
   * is none.
   */
  private static NDArray level(NDArray rates, NDArray caps, NDArray wanted) {
    NDArray order = caps.argSort(1, true);
    NDArray cap = caps.gather(order, 1);
    NDArray rate = rates.gather(order, 1);
    NDArray filled = rate.mul(cap);
    NDArray before = filled.cumSum(1).sub(filled);
    NDArray rest = rate.flip(1).cumSum(1).flip(1);
    NDArray reached = before.add(cap.mul(rest)).lt(wanted.broadcast(cap.getShape()));
    NDArray first = reached.toType(DataType.INT64, false).sum(new int[] {1}, true);
    NDArray place = first.minimum(cap.getShape().get(1) - 1);
    NDArray missing = wanted.sub(before.gather(place, 1));
    return missing.div(rest.gather(place, 1).maximum(Float.MIN_NORMAL));
  }
}
