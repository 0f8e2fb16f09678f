package org.pagexplorer.ui.support;

import java.io.File;
import java.nio.file.Path;
import java.util.Optional;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import org.jspecify.annotations.Nullable;

/**
 * Where files were last opened and saved; empty where nothing was yet.
 *
 * @param opened of models, pictures and points
 * @param dataset the folder that holds the latest dataset's
 * @param saved of exports
 */
public record Folders(StringProperty opened, StringProperty dataset, StringProperty saved) {
  public Folders() {
    this(new SimpleStringProperty(""), new SimpleStringProperty(""), new SimpleStringProperty(""));
  }

  /** Where a dialog begins: null where the folder is gone, or there was none. */
  static @Nullable File begin(StringProperty folder) {
    return Optional.of(folder.get())
        .filter(text -> !text.isEmpty())
        .map(File::new)
        .filter(File::isDirectory)
        .orElse(null);
  }

  /** What was chosen is in the folder to begin with next time. */
  static void keep(StringProperty folder, Path chosen) {
    Path parent = chosen.toAbsolutePath().getParent();
    if (parent != null) {
      folder.set(parent.toString());
    }
  }
}
