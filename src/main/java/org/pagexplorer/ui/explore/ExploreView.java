package org.pagexplorer.ui.explore;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import javafx.beans.property.ObjectProperty;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.SplitPane;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.StackPane;
import org.pagexplorer.ui.attack.AttackedPictures;
import org.pagexplorer.ui.attack.CopyKey;
import org.pagexplorer.ui.attack.RowActions;
import org.pagexplorer.ui.attack.RowMenu;
import org.pagexplorer.ui.attack.Scrubber;
import org.pagexplorer.ui.attack.ShownTile;
import org.pagexplorer.ui.attack.TileActions;
import org.pagexplorer.ui.attack.TileMenu;
import org.pagexplorer.ui.control.HintCard;
import org.pagexplorer.ui.control.TileGrid;
import org.pagexplorer.ui.support.ExportChoice;
import org.pagexplorer.ui.support.FileDialogs;
import org.pagexplorer.ui.support.Theme;
import org.pagexplorer.ui.viewer.ViewerView;
import org.pagexplorer.ui.viewer.ViewerViewModel;

/**
 * The Explore screen: the grid with its images above, its attack below and the inspector beside it.
 */
public final class ExploreView extends BorderPane {
  /** Where a usual window gives the inspector the width that its pictures need. */
  private static final double FIRST_DIVIDER = 0.72;

  /** Ten classes in sight: narrower, the inspector gives way as far as it can. */
  private static final double LEAST_GRID = 460;

  private final GridContent content;
  private final TileGrid grid;
  private final Scrubber scrubber;
  private final Inspector inspector;
  private final ExploreViewModel model;
  private final ViewerViewModel viewer;
  private Consumer<ShownTile> compare = tile -> {};

  /**
   * @param open told of files that the user chose
   */
  public ExploreView(
      ExploreViewModel model,
      ObjectProperty<Theme> theme,
      FileDialogs dialogs,
      Consumer<List<Path>> open) {
    this.model = model;
    content = new GridContent(model);
    grid = new TileGrid(content, tile -> model.selectedTileProperty().set(tile));
    grid.setId("grid");
    grid.themeProperty().bind(theme);
    scrubber = scrubber(model, model::shownStep);
    inspector = new Inspector(model, theme);
    inspector.setId("inspector");
    inspector.offer(dialogs);
    getStyleClass().add("explore");
    HintCard hint = new HintCard("hint", model.hintProperty());
    AttackedPictures pictures =
        new AttackedPictures(model.setup(), hint, grid, scrubber, dialogs, open);
    viewer =
        new ViewerViewModel(
            model::attack,
            model.selectedTileProperty(),
            model.scrubbedStepProperty(),
            model.saliencies());
    ScrollPane beside = scrolling(inspector);
    pictures.setMinWidth(LEAST_GRID);
    SplitPane below = new SplitPane(pictures, beside);
    below.setId("explore-split");
    below.setDividerPositions(FIRST_DIVIDER);
    SplitPane.setResizableWithParent(beside, false);
    StackPane layers = new StackPane(below);
    setCenter(layers);
    grid.setOnOpen(tile -> viewer.open());
    TileActions actions =
        new TileActions(() -> shown(model), model.setup(), model::addPictures, dialogs);
    TileMenu menu =
        new TileMenu(
            actions,
            Optional.of(viewer::open),
            "Compare",
            () -> shown(model).ifPresent(tile -> compare.accept(tile)));
    grid.setOnMenu(place -> menu.show(grid, place.getX(), place.getY()));
    RowActions rows =
        new RowActions(
            model.setup(), grid::selectedImage, () -> model.attack().stream().toList(), dialogs);
    grid.setOnRows(new RowMenu(rows, model.setup(), grid));
    addEventHandler(KeyEvent.KEY_PRESSED, new CopyKey(rows, actions));
    showLarge(layers, () -> large(actions, dialogs));
    listen(pictures);
    update();
  }

  /**
   * Over the grid, once it is asked for.
   *
   * @param large makes it: a third of the screen's nodes
   */
  private void showLarge(StackPane layers, Supplier<ViewerView> large) {
    viewer
        .openProperty()
        .addListener(
            (property, old, now) -> {
              if (now && layers.getChildren().size() == 1) {
                layers.getChildren().add(large.get());
              }
              // Neither painted nor reached by keys below the viewer.
              layers.getChildren().getFirst().setVisible(!now);
              if (!now) {
                grid.requestFocus();
              }
            });
  }

  private void listen(AttackedPictures pictures) {
    grid.shownTilesProperty().addListener((property, old, now) -> model.look(now));
    model.revisionProperty().addListener((property, old, now) -> update());
    model.scrubbedStepProperty().addListener((property, old, now) -> update());
    model
        .selectedTileProperty()
        .addListener(
            (property, old, now) -> {
              update(); // a tile has its place among those of now
              grid.select(now.intValue());
              pictures.reveal(now.intValue());
            });
  }

  private ViewerView large(TileActions actions, FileDialogs dialogs) {
    ViewerView large =
        ViewerView.of(
            viewer, model.setup(), () -> row(model), dialogs, scrubber(model, viewer::shownStep));
    large.setMenu(actions, dialogs, model.setup().notice());
    return large;
  }

  private static Optional<ShownTile> shown(ExploreViewModel model) {
    int tile = model.selectedTileProperty().get();
    int scrubbed = model.scrubbedStepProperty().get();
    return model.attack().flatMap(now -> ShownTile.of(now, tile, scrubbed));
  }

  /** Of the selected tile, also while no attack is there; −1 for none. */
  private static int row(ExploreViewModel model) {
    int tile = model.selectedTileProperty().get();
    return tile < 0 ? -1 : tile / Math.max(1, model.heads().size());
  }

  private static Scrubber scrubber(ExploreViewModel model, IntSupplier shown) {
    return new Scrubber(model.settings().stepsProperty(), model.scrubbedStepProperty(), shown);
  }

  private static ScrollPane scrolling(Inspector inspector) {
    ScrollPane scroll = new ScrollPane(inspector);
    scroll.setFitToWidth(true);
    scroll.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
    scroll.getStyleClass().add("inspector-scroll");
    return scroll;
  }

  private void update() {
    if (content.update()) {
      grid.contentChanged();
    } else {
      grid.tilesChanged();
    }
    scrubber.update();
    inspector.update();
    viewer.update();
  }

  /** What can be exported of it, the likeliest first. */
  public List<ExportChoice> exports() {
    List<ExportChoice> all = new ArrayList<>(model.exports());
    all.addAll(inspector.exports());
    return all;
  }

  /** Told of a tile that is to be shown on Compare. */
  public void setOnCompare(Consumer<ShownTile> newCompare) {
    compare = newCompare;
  }

  /** The large view of the selected tile. */
  public ViewerViewModel viewer() {
    return viewer;
  }

  /** The grid, for exports and tests. */
  public TileGrid grid() {
    return grid;
  }
}
