package org.pagexplorer.ui.shell;

import java.io.File;
import javafx.scene.input.DragEvent;
import javafx.scene.input.TransferMode;

/** Files dropped anywhere on the window are opened. */
record Dropping(MainWindow window) {

  void listen() {
    window.setOnDragOver(this::over);
    window.setOnDragDropped(this::dropped);
  }

  private void over(DragEvent event) {
    if (event.getDragboard().hasFiles()) {
      event.acceptTransferModes(TransferMode.COPY);
    }
    event.consume();
  }

  private void dropped(DragEvent event) {
    boolean files = event.getDragboard().hasFiles();
    if (files) {
      window.open(event.getDragboard().getFiles().stream().map(File::toPath).toList());
    }
    event.setDropCompleted(files);
    event.consume();
  }
}
