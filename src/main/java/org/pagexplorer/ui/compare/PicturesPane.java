package org.pagexplorer.ui.compare;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import javafx.beans.binding.Bindings;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.BorderPane;
import org.pagexplorer.domain.InputShape;
import org.pagexplorer.ui.attack.AttackSetup;
import org.pagexplorer.ui.attack.AttackedPictures;
import org.pagexplorer.ui.attack.CopyKey;
import org.pagexplorer.ui.attack.GridAttack;
import org.pagexplorer.ui.attack.ImageRows;
import org.pagexplorer.ui.attack.RowActions;
import org.pagexplorer.ui.attack.RowMenu;
import org.pagexplorer.ui.attack.Scrubber;
import org.pagexplorer.ui.attack.ShownTile;
import org.pagexplorer.ui.attack.TileActions;
import org.pagexplorer.ui.attack.TileMenu;
import org.pagexplorer.ui.control.HintCard;
import org.pagexplorer.ui.control.TileGrid;
import org.pagexplorer.ui.support.FileDialogs;
import org.pagexplorer.ui.support.Theme;

/** The same images as every model imagines them, one model's row below the other's. */
final class PicturesPane extends BorderPane {
  private final CompareContent content;
  private final TileGrid grid;
  private final Scrubber scrubber;
  private Consumer<ShownTile> explore = tile -> {};

  PicturesPane(
      CompareViewModel model,
      ObjectProperty<Theme> theme,
      FileDialogs dialogs,
      Consumer<List<Path>> open) {
    content = new CompareContent(model);
    grid = new TileGrid(content, tile -> model.selectedTileProperty().set(tile));
    grid.setId("compare-grid");
    grid.themeProperty().bind(theme);
    grid.setOnHold(tile -> model.heldTileProperty().set(tile));
    AttackSetup setup = model.setup();
    scrubber =
        new Scrubber(
            setup.settings().stepsProperty(), model.scrubbedStepProperty(), model::shownStep);
    AttackedPictures pictures =
        new AttackedPictures(setup, hint(model), grid, scrubber, dialogs, open);
    setCenter(pictures);
    model.comparedSetupProperty().subscribe(pictures::show);
    menus(model, dialogs, files -> addPictures(model, files));
    grid.shownTilesProperty().addListener((property, old, now) -> model.look(now));
    model.revisionProperty().addListener((property, old, now) -> update());
    model.scrubbedStepProperty().addListener((property, old, now) -> update());
    model.heldTileProperty().addListener((property, old, now) -> grid.paint());
    model.selectedTileProperty().addListener((property, old, now) -> grid.select(now.intValue()));
    model
        .selectedTileProperty()
        .addListener((property, old, now) -> pictures.reveal(now.intValue()));
    update();
    grid.select(model.selectedTileProperty().get());
  }

  private void menus(CompareViewModel model, FileDialogs dialogs, Consumer<List<Path>> add) {
    AttackSetup setup = model.setup();
    TileActions tiles = new TileActions(model::shownTile, setup, add, dialogs);
    TileMenu menu =
        new TileMenu(
            tiles,
            Optional.empty(),
            "Explore",
            () -> model.shownTile().ifPresent(tile -> explore.accept(tile)));
    grid.setOnMenu(place -> menu.show(grid, place.getX(), place.getY()));
    RowActions rows = new RowActions(setup, grid::selectedImage, model::attacks, dialogs);
    grid.setOnRows(new RowMenu(rows, setup, grid));
    addEventHandler(KeyEvent.KEY_PRESSED, new CopyKey(rows, tiles));
  }

  private static void addPictures(CompareViewModel model, List<Path> files) {
    ImageRows rows = model.setup().rows();
    rows.addPictures(
        files,
        () -> rows.input().or(() -> model.attacks().stream().findFirst().map(PicturesPane::input)));
  }

  private static InputShape input(GridAttack attack) {
    return attack.model().card().architecture().input();
  }

  /** Told of a tile that is to be shown on Explore. */
  void setOnExplore(Consumer<ShownTile> newExplore) {
    explore = newExplore;
  }

  TileGrid grid() {
    return grid;
  }

  private static HintCard hint(CompareViewModel model) {
    return new HintCard(
        "compare-hint",
        Bindings.createStringBinding(
            () ->
                Stream.of(model.hintProperty(), model.leftOutProperty())
                    .map(ReadOnlyStringProperty::get)
                    .filter(sentence -> !sentence.isEmpty())
                    .findFirst()
                    .orElse(""),
            model.hintProperty(),
            model.leftOutProperty()));
  }

  private void update() {
    content.update();
    grid.contentChanged();
    scrubber.update();
  }
}
