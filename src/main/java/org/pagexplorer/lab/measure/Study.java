package org.pagexplorer.lab.measure;

import java.util.List;
import java.util.function.Function;
import org.pagexplorer.engine.AttackObserver;
import org.pagexplorer.engine.Classifier;
import org.pagexplorer.engine.TorchEngine;
import org.pagexplorer.lab.model.OpenModel;

/**
 * Numbers of several models on the same images, a piece at a time: it may be left at any time and
 * resumed, also with more images. Safe for one thread that steps and others that look.
 */
public interface Study extends AutoCloseable {

  List<OpenModel> models();

  /** How many images there are. */
  int available();

  /** On how many of them it measures. */
  int wanted();

  /** Measures on so many images; fewer than before take nothing back. */
  void wantAtLeast(int images);

  /** Images of a piece; fewer once the device was short of memory. */
  int batch();

  boolean isDone();

  /** What is being done, in words. */
  String stage();

  /** How far it is, in [0, 1]. */
  double progress();

  /** How long the rest will take; infinite where that is not known. */
  double secondsLeft();

  /**
   * Does the next piece; nothing where all is done.
   *
   * @param engine where the classifiers are
   * @param classifiers a model's number to the model, in float32
   * @return false if the observer cancelled; then nothing has changed
   */
  boolean step(
      TorchEngine engine, Function<Integer, Classifier> classifiers, AttackObserver observer);

  /**
   * What was found so far.
   *
   * @param compact as a paper's table has it, rather than every number
   */
  ResultTable results(boolean compact);

  /** It will not be resumed; on the thread that steps. */
  @Override
  default void close() {}
}
