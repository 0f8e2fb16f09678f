package org.pagexplorer.ui.explore;

import java.nio.file.Path;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.beans.property.ObjectProperty;
import javafx.geometry.Orientation;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.Separator;
import javafx.scene.layout.BorderPane;
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

/**
 * The Explore screen: the grid with its images above, its attack below and the inspector beside it.
 */
public final class ExploreView extends BorderPane {
  private final ExploreViewModel model;
  private final GridContent content;
  private final TileGrid grid;
  private final Scrubber scrubber;
  private final Inspector inspector;
  private int laidOutRows = -1;
  private int laidOutColumns = -1;

  /**
   * @param open told of files that the user chose
   * @param openFolder told of a folder that the user chose
   */
  public ExploreView(
      ExploreViewModel model,
      ObjectProperty<Theme> theme,
      FileDialogs dialogs,
      Consumer<List<Path>> open,
      Consumer<Path> openFolder) {
    this.model = model;
    content = new GridContent(model);
    grid = new TileGrid(content, tile -> model.selectedTileProperty().set(tile));
    grid.setId("grid");
    grid.themeProperty().bind(theme);
    scrubber =
        new Scrubber(
            model.settings().stepsProperty(), model.scrubbedStepProperty(), model::shownStep);
    inspector = new Inspector(model, theme);
    inspector.setId("inspector");
    getStyleClass().add("explore");

    setCenter(middle(dialogs, open, openFolder));
    setRight(scrolling(inspector));
    scrubber.playFrom(grid);
    model.revisionProperty().addListener((property, old, now) -> update());
    model.scrubbedStepProperty().addListener((property, old, now) -> update());
    model.selectedTileProperty().addListener((property, old, now) -> grid.select(now.intValue()));
    update();
  }

  private VBox middle(FileDialogs dialogs, Consumer<List<Path>> open, Consumer<Path> openFolder) {
    GridScroll scroll = new GridScroll(grid);
    model.selectedTileProperty().addListener((property, old, now) -> scroll.reveal(now.intValue()));
    VBox.setVgrow(scroll, Priority.ALWAYS);
    Label hint = new Label();
    hint.setId("hint");
    hint.getStyleClass().add("hint");
    hint.setWrapText(true);
    hint.setMinHeight(Region.USE_PREF_SIZE);
    hint.textProperty().bind(model.hintProperty());
    hint.managedProperty().bind(hint.textProperty().isNotEmpty());
    hint.visibleProperty().bind(hint.managedProperty());
    ImageStrip strip = new ImageStrip(model.rows(), dialogs, open, openFolder);
    return new VBox(
        strip,
        hint,
        scroll,
        scrubber,
        new Separator(Orientation.HORIZONTAL),
        new AttackPanel(model.setup()));
  }

  private static ScrollPane scrolling(Inspector inspector) {
    ScrollPane scroll = new ScrollPane(inspector);
    scroll.setFitToWidth(true);
    scroll.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
    scroll.getStyleClass().add("inspector-scroll");
    return scroll;
  }

  private void update() {
    Optional<BitSet> changed = content.update();
    if (gridShapeChanged()) {
      grid.contentChanged();
    } else {
      changed.ifPresentOrElse(grid::paintTiles, grid::paint);
    }
    scrubber.update();
    inspector.update();
  }

  private boolean gridShapeChanged() {
    boolean changed = laidOutRows != content.rows() || laidOutColumns != content.columns();
    laidOutRows = content.rows();
    laidOutColumns = content.columns();
    return changed;
  }

  /** The grid, for exports and tests. */
  public TileGrid grid() {
    return grid;
  }
}
