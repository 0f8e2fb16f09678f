package org.pagexplorer.lab.reproduce;

import com.google.gson.JsonObject;
import org.pagexplorer.engine.AttackObserver;
import org.pagexplorer.engine.TorchEngine;

/** A part of a reproduction that is kept when it is finished; done a piece at a time. */
interface Step extends AutoCloseable {
  /** What its file is called. */
  String id();

  /** For people. */
  String title();

  /** Everything that fixes its result: with the same key it is not done again. */
  JsonObject key();

  /** How much work it is: forward and backward passes of an image, roughly. */
  double cost();

  /** How much of it is done, in [0, 1]. */
  double done();

  boolean isDone();

  /**
   * Does some more.
   *
   * @return false if the observer cancelled
   */
  boolean step(TorchEngine engine, AttackObserver observer);

  /** What was found, once it is done. */
  JsonObject result();

  @Override
  default void close() {}
}
