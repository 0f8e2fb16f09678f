package org.pagexplorer.ui.compare;

import java.io.IOException;
import java.nio.file.Path;
import org.pagexplorer.domain.UserException;
import org.pagexplorer.files.TextFile;
import org.pagexplorer.ui.support.BackgroundTask;
import org.pagexplorer.ui.support.Notice;

/** Saves a table's text, off the FX thread. */
final class TableExport {
  private TableExport() {}

  /** {@code notice} receives where it is, or why not. */
  static void write(Path file, String text, Notice notice) {
    BackgroundTask.of(
            () -> {
              try {
                TextFile.write(file, text);
                return file;
              } catch (IOException e) {
                throw new UserException(file + " could not be written: " + e.getMessage() + ".", e);
              }
            })
        .onDone(saved -> notice.say("Saved " + file + "."))
        .onFailed(notice::report)
        .start();
  }
}
