package org.pagexplorer.ui.support;

import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import javafx.stage.DirectoryChooser;
import javafx.stage.FileChooser;
import javafx.stage.FileChooser.ExtensionFilter;
import javafx.stage.Window;

/** The file dialogs of the operating system. */
public record SystemFileDialogs(Window owner) implements FileDialogs {

  @Override
  public List<Path> open() {
    FileChooser chooser = new FileChooser();
    chooser.setTitle("Open models, pictures or points");
    chooser
        .getExtensionFilters()
        .addAll(
            new ExtensionFilter(
                "Models, pictures and points",
                "*.safetensors",
                "*.torchscript",
                "*.pt",
                "*.pth",
                "*.ckpt",
                "*.pkl",
                "*.model",
                "*.bin",
                "*.index.json",
                "*.gz",
                "*.zip",
                "*.csv",
                "*.png",
                "*.jpg",
                "*.jpeg",
                "*.gif",
                "*.bmp"),
            new ExtensionFilter("All files", "*"));
    List<File> files = chooser.showOpenMultipleDialog(owner);
    return files == null ? List.of() : files.stream().map(File::toPath).toList();
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
