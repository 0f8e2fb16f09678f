package org.pagexplorer.ui.support;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Answers as the test says. */
public final class AnsweringDialogs implements FileDialogs {
  public List<Path> opened = List.of();
  public Optional<Path> folder = Optional.empty();
  public Optional<Path> saved = Optional.empty();

  /** What was offered for export, where there is no window that asks. */
  public List<ExportChoice> offered = List.of();

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

  @Override
  public void export(List<ExportChoice> choices) {
    offered = choices;
  }

  /** Saves one of what was offered, as the window's dialog does; on the FX thread. */
  public void export(String title, String format, Notice notice) {
    ExportChoice choice =
        offered.stream().filter(each -> each.title().equals(title)).findFirst().orElseThrow();
    choice.whole().get().orElseThrow().save(saved.orElseThrow(), format, Exhibit.SCALE, notice);
  }
}
