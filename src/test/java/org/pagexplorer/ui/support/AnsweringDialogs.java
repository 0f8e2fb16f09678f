package org.pagexplorer.ui.support;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Answers as the test says. */
public final class AnsweringDialogs implements FileDialogs {
  public List<Path> opened = List.of();
  public Optional<Path> folder = Optional.empty();
  public Optional<Path> saved = Optional.empty();

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
