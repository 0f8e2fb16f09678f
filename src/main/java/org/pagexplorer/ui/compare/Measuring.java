package org.pagexplorer.ui.compare;

import java.nio.file.Path;
import javafx.beans.property.IntegerProperty;
import javafx.beans.property.ReadOnlyObjectProperty;

/** Numbers that fill in live, on the FX thread: what a {@link MeasuringBar} controls. */
interface Measuring {

  /** From the beginning, with what is set now. */
  void start();

  /** Stops within one step of an attack; what was measured stays. */
  void pause();

  /** Goes on where it was paused; with more images, if more are asked for by now. */
  void resume();

  /** Saves the table: as LaTeX if the name ends so, else as CSV. */
  void export(Path file);

  /** How many images are asked for. */
  IntegerProperty imagesProperty();

  /** How far it is. */
  ReadOnlyObjectProperty<SteppedWork.State> stateProperty();

  /** Whether more images are asked for than were measured. */
  boolean wantsMore();

  /** In [0, 1]; 0 before it began. */
  double progress();

  /** What it does, and how long it will take. */
  String words();
}
