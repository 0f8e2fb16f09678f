package org.pagexplorer.engine;

import org.pagexplorer.domain.AttackFrame;

/** Watches an attack, and may end it between two steps. Called on the engine's thread. */
public interface AttackObserver {
  /** Watches nothing and never cancels. */
  AttackObserver NONE = new AttackObserver() {};

  /** Whether to stop before the next step. */
  default boolean isCancelled() {
    return false;
  }

  /**
   * The attack has got to a point, which it is about to look at. Told of every restart and every
   * part of a suite.
   *
   * @param t from 0 (the start) to the last: T of PGD, the iterations of Auto-PGD, the queries of
   *     Square less 1
   */
  default void step(int t) {}

  /** Whether to render {@link #frame}s; rendering copies every image to bytes. */
  default boolean wantsFrames() {
    return false;
  }

  /** Whether to hand out {@link #iterate}s; each copies every image. */
  default boolean wantsIterates() {
    return false;
  }

  /**
   * An iterate of the first restart, unrounded.
   *
   * @param t from 0 (the start) to T (the last iterate)
   * @param pixels N · C · H · W values
   */
  default void iterate(int t, float[] pixels) {}

  /** An iterate of the first restart, before its gradient is taken. */
  default void frame(AttackFrame frame) {}
}
