package org.pagexplorer.ui.shell;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.pagexplorer.ui.support.FileDialogs;

/** Answers as the test says. */
final class AnsweringDialogs implements FileDialogs {
  List<Path> opened = List.of();
  Optional<Path> folder = Optional.empty();
  Optional<Path> saved = Optional.empty();

  @Override
  public List<Path> open() {
    return opened;
  }

  @Override
  public Optional<Path> openFolder() {
    return folder;
  }

  @Override
  public Optional<Path> save(String proposedName) {
    return saved;
  }
}
