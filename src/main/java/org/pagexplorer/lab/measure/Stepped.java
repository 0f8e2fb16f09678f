package org.pagexplorer.lab.measure;

/** A measurement that is made step by step, and may be left at any time and gone on with. */
public interface Stepped {
  boolean isDone();

  /** In [0, 1], by time. */
  double progress();

  /** How long the rest will take; infinite before the first step. */
  double secondsLeft();

  /** What is being done, in words. */
  String stage();

  /** Images of a step; fewer once the device was short of memory. */
  int batch();
}
