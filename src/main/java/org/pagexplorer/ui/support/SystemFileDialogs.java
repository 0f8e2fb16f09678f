package org.pagexplorer.ui.support;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javafx.stage.DirectoryChooser;
import javafx.stage.FileChooser;
import javafx.stage.FileChooser.ExtensionFilter;
import javafx.stage.Window;
import org.pagexplorer.checkpoint.CheckpointNames;

/** The file dialogs of the operating system. */
public record SystemFileDialogs(Window owner) implements FileDialogs {

  @Override
  public List<Path> open() {
    FileChooser chooser = new FileChooser();
    chooser.setTitle("Open models, pictures or points");
    chooser
        .getExtensionFilters()
        .addAll(
            new ExtensionFilter("Models, pictures and points", everything()),
            new ExtensionFilter("All files", "*"));
    List<File> files = chooser.showOpenMultipleDialog(owner);
    return files == null ? List.of() : files.stream().map(File::toPath).toList();
  }

  private static List<String> everything() {
    List<String> patterns = new ArrayList<>(CheckpointNames.patterns());
    patterns.addAll(List.of("*.csv", "*.png", "*.jpg", "*.jpeg", "*.gif", "*.bmp"));
    return patterns;
  }

  @Override
  public Optional<Path> openFolder() {
    DirectoryChooser chooser = new DirectoryChooser();
    chooser.setTitle("Open a data set's folder");
    return Optional.ofNullable(chooser.showDialog(owner)).map(File::toPath);
  }

  @Override
  public Optional<Path> save(String proposedName) {
    FileChooser chooser = new FileChooser();
    chooser.setTitle("Export");
    chooser.setInitialFileName(proposedName);
    return Optional.ofNullable(chooser.showSaveDialog(owner)).map(File::toPath);
  }
}
