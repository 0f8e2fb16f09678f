package org.pagexplorer.ui.attack;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import javafx.geometry.Orientation;
import javafx.scene.control.Label;
import javafx.scene.control.Separator;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.pagexplorer.ui.control.GridScroll;
import org.pagexplorer.ui.control.TileGrid;
import org.pagexplorer.ui.support.FileDialogs;

/** A grid of attacked pictures: its images and a hint above, its steps and its attack below. */
public final class AttackedPictures extends VBox {
  private final GridScroll scroll;

  /**
   * @param open told of files that the user chose
   */
  public AttackedPictures(
      AttackSetup setup,
      Label hint,
      TileGrid grid,
      Scrubber scrubber,
      FileDialogs dialogs,
      Consumer<List<Path>> open) {
    scroll = new GridScroll(grid);
    VBox.setVgrow(scroll, Priority.ALWAYS);
    getChildren()
        .addAll(
            new ImageStrip(setup.rows(), dialogs, open),
            hint,
            scroll,
            scrubber,
            new Separator(Orientation.HORIZONTAL),
            new AttackPanel(setup));
    scrubber.playFrom(grid);
    addEventHandler(KeyEvent.KEY_PRESSED, this::zoom);
  }

  /** As in a browser. */
  private void zoom(KeyEvent event) {
    if (!event.isShortcutDown()) {
      return;
    }
    switch (event.getCode()) {
      case PLUS, ADD, EQUALS -> scroll.zoom(1);
      case MINUS, SUBTRACT -> scroll.zoom(-1);
      case DIGIT0, NUMPAD0 -> scroll.zoom(0);
      default -> {
        return;
      }
    }
    event.consume();
  }

  /** Scrolls a tile into sight. */
  public void reveal(int tile) {
    scroll.reveal(tile);
  }
}
