package org.pagexplorer.ui.compare;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import javafx.beans.property.ObjectProperty;
import javafx.geometry.Orientation;
import javafx.scene.control.Label;
import javafx.scene.control.Separator;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.pagexplorer.ui.attack.AttackPanel;
import org.pagexplorer.ui.attack.ImageStrip;
import org.pagexplorer.ui.attack.Scrubber;
import org.pagexplorer.ui.control.GridScroll;
import org.pagexplorer.ui.control.TileGrid;
import org.pagexplorer.ui.support.FileDialogs;
import org.pagexplorer.ui.support.Theme;

/** The same images as every model imagines them, one model's row below the other's. */
final class PicturesPane extends VBox {
  private final CompareViewModel model;
  private final CompareContent content;
  private final TileGrid grid;
  private final Scrubber scrubber;
  private int laidOutRows = -1;
  private int laidOutColumns = -1;

  PicturesPane(
      CompareViewModel model,
      ObjectProperty<Theme> theme,
      FileDialogs dialogs,
      Consumer<List<Path>> open,
      Consumer<Path> openFolder) {
    this.model = model;
    content = new CompareContent(model);
    grid = new TileGrid(content, tile -> model.selectedTileProperty().set(tile));
    grid.setId("compare-grid");
    grid.themeProperty().bind(theme);
    grid.setOnHold(tile -> model.heldTileProperty().set(tile));
    scrubber =
        new Scrubber(
            model.setup().settings().stepsProperty(),
            model.scrubbedStepProperty(),
            model::shownStep);
    GridScroll scroll = new GridScroll(grid);
    VBox.setVgrow(scroll, Priority.ALWAYS);
    getChildren()
        .addAll(
            new ImageStrip(model.setup().rows(), dialogs, open, openFolder),
            hint(),
            scroll,
            scrubber,
            new Separator(Orientation.HORIZONTAL),
            new AttackPanel(model.setup()));
    model.revisionProperty().addListener((property, old, now) -> update());
    model.scrubbedStepProperty().addListener((property, old, now) -> update());
    model.heldTileProperty().addListener((property, old, now) -> grid.paint());
    model.selectedTileProperty().addListener((property, old, now) -> grid.select(now.intValue()));
    model.selectedTileProperty().addListener((property, old, now) -> scroll.reveal(now.intValue()));
    scrubber.playFrom(grid);
    update();
  }

  private Label hint() {
    Label hint = new Label();
    hint.setId("compare-hint");
    hint.getStyleClass().add("hint");
    hint.setWrapText(true);
    hint.setMinHeight(Region.USE_PREF_SIZE);
    hint.textProperty()
        .bind(
            javafx.beans.binding.Bindings.when(model.hintProperty().isEmpty())
                .then(
                    "Hold the pointer on a picture to see the next model's row in its place; the"
                        + " slider moves all of them.")
                .otherwise(model.hintProperty()));
    return hint;
  }

  private void update() {
    content.update();
    if (laidOutRows != content.rows() || laidOutColumns != content.columns()) {
      laidOutRows = content.rows();
      laidOutColumns = content.columns();
      grid.contentChanged();
    } else {
      grid.paint();
    }
    scrubber.update();
  }
}
