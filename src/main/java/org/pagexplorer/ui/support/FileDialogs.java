package org.pagexplorer.ui.support;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The system's file dialogs; tests answer in their place, since there are none without a display.
 */
public interface FileDialogs {

  /** Files to open, of any kind the window understands; empty if the user cancelled. */
  List<Path> open();

  /** A folder that holds a dataset. */
  Optional<Path> openFolder();

  /** A folder of runs, which may be of other machines. */
  default Optional<Path> openRuns() {
    return openFolder();
  }

  /** A folder of published accuracies. */
  default Optional<Path> openPublished() {
    return openFolder();
  }

  /** Where to save, with the proposed name. */
  Optional<Path> save(String proposedName);

  /**
   * Lets the user choose what is exported, in which format and how large, with a look at it before.
   *
   * @param choices at least one, the likeliest first
   * @throws UnsupportedOperationException if these are the system's alone, which has no such dialog
   */
  default void export(List<ExportChoice> choices) {
    throw new UnsupportedOperationException("only a window asks what is exported");
  }
}
