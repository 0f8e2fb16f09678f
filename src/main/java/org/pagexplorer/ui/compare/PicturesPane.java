package org.pagexplorer.ui.compare;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import javafx.beans.binding.Bindings;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.scene.control.Label;
import javafx.scene.layout.BorderPane;
import org.pagexplorer.ui.attack.AttackSetup;
import org.pagexplorer.ui.attack.AttackedPictures;
import org.pagexplorer.ui.attack.Scrubber;
import org.pagexplorer.ui.control.Labels;
import org.pagexplorer.ui.control.TileGrid;
import org.pagexplorer.ui.support.FileDialogs;
import org.pagexplorer.ui.support.Theme;

/** The same images as every model imagines them, one model's row below the other's. */
final class PicturesPane extends BorderPane {
  private static final String HOLD =
      "Hold the pointer on a picture to see the next model's row in its place; the slider moves all"
          + " of them.";

  private final CompareContent content;
  private final TileGrid grid;
  private final Scrubber scrubber;

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
    grid.shownTilesProperty().addListener((property, old, now) -> model.look(now));
    model.revisionProperty().addListener((property, old, now) -> update());
    model.scrubbedStepProperty().addListener((property, old, now) -> update());
    model.heldTileProperty().addListener((property, old, now) -> grid.paint());
    model.selectedTileProperty().addListener((property, old, now) -> grid.select(now.intValue()));
    model
        .selectedTileProperty()
        .addListener((property, old, now) -> pictures.reveal(now.intValue()));
    update();
  }

  private static Label hint(CompareViewModel model) {
    return Labels.hint(
        "compare-hint",
        Bindings.createStringBinding(
            () ->
                Stream.of(model.hintProperty(), model.leftOutProperty())
                    .map(ReadOnlyStringProperty::get)
                    .filter(sentence -> !sentence.isEmpty())
                    .findFirst()
                    .orElse(HOLD),
            model.hintProperty(),
            model.leftOutProperty()));
  }

  private void update() {
    content.update();
    grid.contentChanged();
    scrubber.update();
  }
}
