package org.pagexplorer.ui.attack;

import java.nio.file.Path;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import javafx.geometry.Orientation;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Separator;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.pagexplorer.ui.control.GridScroll;
import org.pagexplorer.ui.control.HintCard;
import org.pagexplorer.ui.control.TileGrid;
import org.pagexplorer.ui.support.FileDialogs;

/**
 * A grid of attacked pictures: its images above, its steps and its attack below. Hints and
 * questions lie over it, lest it move.
 */
public final class AttackedPictures extends VBox {
  private static final double WORDS_WIDTH = 760;

  private final GridScroll scroll;
  private final VBox over;
  private final Map<AttackSetup, AttackPanel> panels = new IdentityHashMap<>();

  /**
   * @param open told of files that the user chose
   */
  public AttackedPictures(
      AttackSetup setup,
      HintCard hint,
      TileGrid grid,
      Scrubber scrubber,
      FileDialogs dialogs,
      Consumer<List<Path>> open) {
    scroll = new GridScroll(grid);
    AttackPanel panel = panels.computeIfAbsent(setup, AttackPanel::new);
    over = over(hint, panel.question());
    StackPane layers = new StackPane(scroll, over);
    layers.setMinHeight(0); // it gives way, as a scrolled grid alone does
    VBox.setVgrow(layers, Priority.ALWAYS);
    getChildren()
        .addAll(
            new ImageStrip(setup.rows(), dialogs, open),
            layers,
            scrubber,
            new Separator(Orientation.HORIZONTAL),
            panel);
    scrubber.playFrom(grid);
    addEventHandler(KeyEvent.KEY_PRESSED, this::zoom);
  }

  /** Shows the attack's parameters as another setup has them, of the same rows. */
  public void show(AttackSetup setup) {
    AttackPanel panel = panels.computeIfAbsent(setup, AttackPanel::new);
    getChildren().set(getChildren().size() - 1, panel);
    over.getChildren().set(over.getChildren().size() - 1, panel.question());
  }

  private static VBox over(Node... words) {
    VBox over = new VBox(6, words);
    over.getStyleClass().add("over-grid");
    over.setAlignment(Pos.BOTTOM_CENTER);
    over.setMaxSize(WORDS_WIDTH, Region.USE_PREF_SIZE);
    over.setPickOnBounds(false);
    StackPane.setAlignment(over, Pos.BOTTOM_CENTER);
    return over;
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
