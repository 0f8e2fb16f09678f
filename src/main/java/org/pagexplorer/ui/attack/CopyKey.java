package org.pagexplorer.ui.attack;

import javafx.event.EventHandler;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCombination;
import javafx.scene.input.KeyEvent;
import org.pagexplorer.ui.support.Keys;

/** Copies what is selected: an original, or else a tile. */
public record CopyKey(RowActions rows, TileActions tiles) implements EventHandler<KeyEvent> {
  private static final KeyCombination COPY = Keys.shortcut(KeyCode.C);

  @Override
  public void handle(KeyEvent event) {
    if (!COPY.match(event)) {
      return;
    }
    if (rows.isPossible()) {
      rows.copy();
      event.consume();
    } else if (tiles.isPossible()) {
      tiles.copy();
      event.consume();
    }
  }
}
