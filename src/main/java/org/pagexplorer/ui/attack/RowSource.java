package org.pagexplorer.ui.attack;

import java.nio.file.Path;
import org.pagexplorer.domain.StartImage;
import org.pagexplorer.files.UserPath;

/** What a row that the user added is made of. */
sealed interface RowSource {
  /** Before the text of a start image; no file is called so by its whole path. */
  String START = "start:";

  /** A picture. */
  record File(Path path) implements RowSource {}

  /** An image that is no picture of anything. */
  record Start(StartImage image) implements RowSource {}

  /**
   * The source of a text.
   *
   * @throws org.pagexplorer.domain.UserException if it is no start image, though it begins so
   */
  static RowSource of(String text) {
    return text.startsWith(START)
        ? new Start(StartImage.parse(text.substring(START.length())))
        : new File(UserPath.of(text));
  }

  /** Tells it from the others, and is remembered. */
  default String text() {
    return switch (this) {
      case File file -> file.path().toString();
      case Start start -> START + start.image().text();
    };
  }

  /** Whether a dataset is needed to make it. */
  default boolean needsDataset() {
    return this instanceof Start start && start.image().isOfClass();
  }
}
