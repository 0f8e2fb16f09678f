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

/**
 * The file dialogs of the operating system, each of which begins where the one before has ended.
 */
public record SystemFileDialogs(Window owner, Folders folders) implements FileDialogs {

  @Override
  public List<Path> open() {
    FileChooser chooser = new FileChooser();
    chooser.setTitle("Open models, pictures, points, or figures' specifications");
    chooser
        .getExtensionFilters()
        .addAll(
            new ExtensionFilter("Models, pictures, points, and specifications", everything()),
            new ExtensionFilter("All files", "*"));
    chooser.setInitialDirectory(Folders.begin(folders.opened()));
    List<File> chosen = chooser.showOpenMultipleDialog(owner);
    List<Path> files = chosen == null ? List.of() : chosen.stream().map(File::toPath).toList();
    files.forEach(file -> Folders.keep(folders.opened(), file));
    return files;
  }

  private static List<String> everything() {
    List<String> patterns = new ArrayList<>(CheckpointNames.patterns());
    patterns.addAll(List.of("*.csv", "*.json", "*.png", "*.jpg", "*.jpeg", "*.gif", "*.bmp"));
    return patterns;
  }

  @Override
  public Optional<Path> openFolder() {
    DirectoryChooser chooser = new DirectoryChooser();
    chooser.setTitle("Open a dataset's folder");
    chooser.setInitialDirectory(Folders.begin(folders.dataset()));
    Optional<Path> folder = Optional.ofNullable(chooser.showDialog(owner)).map(File::toPath);
    folder.ifPresent(chosen -> Folders.keep(folders.dataset(), chosen));
    return folder;
  }

  @Override
  public Optional<Path> openRuns() {
    DirectoryChooser chooser = new DirectoryChooser();
    chooser.setTitle("Open a folder of runs");
    return Optional.ofNullable(chooser.showDialog(owner)).map(File::toPath);
  }

  @Override
  public Optional<Path> openPublished() {
    DirectoryChooser chooser = new DirectoryChooser();
    chooser.setTitle("Open RobustBench's model_info, or a folder in it");
    return Optional.ofNullable(chooser.showDialog(owner)).map(File::toPath);
  }

  @Override
  public Optional<Path> save(String proposedName) {
    FileChooser chooser = new FileChooser();
    chooser.setTitle("Export");
    chooser.setInitialFileName(proposedName);
    chooser.setInitialDirectory(Folders.begin(folders.saved()));
    Optional<Path> file = Optional.ofNullable(chooser.showSaveDialog(owner)).map(File::toPath);
    file.ifPresent(chosen -> Folders.keep(folders.saved(), chosen));
    return file;
  }
}
