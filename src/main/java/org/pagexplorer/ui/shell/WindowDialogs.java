package org.pagexplorer.ui.shell;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.pagexplorer.ui.support.ExportChoice;
import org.pagexplorer.ui.support.FileDialogs;

/**
 * A window's dialogs: those for files are the system's, exporting is the window's own.
 *
 * @param files those for files
 * @param exports shows what can be exported
 */
record WindowDialogs(FileDialogs files, Consumer<List<ExportChoice>> exports)
    implements FileDialogs {

  @Override
  public List<Path> open() {
    return files.open();
  }

  @Override
  public Optional<Path> openFolder() {
    return files.openFolder();
  }

  @Override
  public Optional<Path> openRuns() {
    return files.openRuns();
  }

  @Override
  public Optional<Path> openPublished() {
    return files.openPublished();
  }

  @Override
  public Optional<Path> save(String proposedName) {
    return files.save(proposedName);
  }

  @Override
  public void export(List<ExportChoice> choices) {
    exports.accept(choices);
  }
}
