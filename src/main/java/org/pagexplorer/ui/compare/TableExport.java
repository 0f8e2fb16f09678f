package org.pagexplorer.ui.compare;

import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.pagexplorer.domain.UserException;
import org.pagexplorer.files.TextFile;
import org.pagexplorer.ui.support.Background;
import org.pagexplorer.ui.support.Sentence;

/** Saves a table's text, off the FX thread. */
final class TableExport {
  private TableExport() {}

  /** {@code say} receives where it is, or why not. */
  static void write(Path file, String text, Consumer<String> say) {
    Background.run(
        () -> {
          try {
            TextFile.write(file, text);
          } catch (IOException e) {
            throw new UserException(file + " could not be written: " + e.getMessage() + ".", e);
          }
          return file;
        },
        saved -> say.accept("Saved " + saved + "."),
        failure -> say.accept(Sentence.of(failure)));
  }
}
