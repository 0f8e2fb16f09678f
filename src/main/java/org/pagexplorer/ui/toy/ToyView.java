package org.pagexplorer.ui.toy;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javafx.collections.ListChangeListener;
import javafx.scene.control.ScrollPane;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCodeCombination;
import javafx.scene.input.KeyCombination;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.RowConstraints;
import javafx.scene.layout.VBox;
import org.pagexplorer.dataset.toy.PointFile;
import org.pagexplorer.lab.toy.ToySetup.Points;
import org.pagexplorer.ui.control.ExhibitMenu;
import org.pagexplorer.ui.support.BackgroundTask;
import org.pagexplorer.ui.support.ExportChoice;
import org.pagexplorer.ui.support.FileDialogs;

/** The playground: panels in the middle, parameters beside them, play and tools above. */
public final class ToyView extends BorderPane {
  private static final KeyCombination UNDO =
      new KeyCodeCombination(KeyCode.Z, KeyCombination.SHORTCUT_DOWN);
  private static final KeyCombination REDO =
      new KeyCodeCombination(KeyCode.Z, KeyCombination.SHORTCUT_DOWN, KeyCombination.SHIFT_DOWN);

  private final ToyViewModel model;
  private final ToyExport export;
  private final FileDialogs dialogs;
  private final GridPane grid = new GridPane(14, 12);
  private final Map<PanelViewModel, PanelCard> cards = new HashMap<>();
  private final SeedsPane seeds;

  public ToyView(ToyViewModel model, FileDialogs dialogs) {
    this.model = model;
    this.dialogs = dialogs;
    export = new ToyExport(model, dialogs);
    getStyleClass().add("toy");
    grid.getStyleClass().add("toy-panels");
    seeds = new SeedsPane(model.seeds(), model.view().themeProperty(), this::hideSeeds);
    ExhibitMenu.of(seeds, export.seeds(), dialogs);
    VBox.setVgrow(grid, Priority.ALWAYS);
    setTop(new ToyBar(model, export, this::showSeeds));
    ScrollPane controls = new ScrollPane(new ToyControls(model, dialogs, this::openPoints));
    controls.setFitToWidth(true);
    controls.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
    controls.getStyleClass().add("toy-controls-scroll");
    setLeft(controls);
    setCenter(new VBox(grid, seeds));
    hideSeeds();
    model.panels().addListener((ListChangeListener<PanelViewModel>) change -> layPanels());
    addEventHandler(KeyEvent.KEY_PRESSED, this::keyPressed);
    layPanels();
  }

  private void layPanels() {
    cards
        .entrySet()
        .removeIf(
            entry -> {
              boolean gone = !model.panels().contains(entry.getKey());
              if (gone) {
                entry.getValue().dispose();
              }
              return gone;
            });
    grid.getChildren().clear();
    grid.getColumnConstraints().clear();
    grid.getRowConstraints().clear();
    int n = model.panels().size();
    int columns = n == 4 ? 2 : Math.max(1, n);
    for (int i = 0; i < n; i++) {
      PanelViewModel panel = model.panels().get(i);
      PanelCard card =
          cards.computeIfAbsent(panel, each -> new PanelCard(model, each).offering(dialogs));
      card.setId("toy-panel-" + i);
      grid.add(card, i % columns, i / columns);
      GridPane.setHgrow(card, Priority.ALWAYS);
      GridPane.setVgrow(card, Priority.ALWAYS);
    }
    cards.values().forEach(PanelCard::panelsChanged);
    for (int i = 0; i < columns; i++) {
      ColumnConstraints share = new ColumnConstraints();
      share.setPercentWidth(100.0 / columns);
      grid.getColumnConstraints().add(share);
    }
    for (int i = 0; i < Math.ceilDiv(Math.max(1, n), columns); i++) {
      RowConstraints share = new RowConstraints();
      share.setPercentHeight(100.0 / Math.ceilDiv(Math.max(1, n), columns));
      grid.getRowConstraints().add(share);
    }
  }

  private void showSeeds() {
    seeds.setVisible(true);
    seeds.setManaged(true);
    model.seeds().start(model.setupProperty().get());
  }

  private void hideSeeds() {
    model.seeds().cancel();
    seeds.setVisible(false);
    seeds.setManaged(false);
  }

  /** Reads points; what is wrong with them is said, and those on the screen stay. */
  public void openPoints(Path file) {
    BackgroundTask.of(() -> PointFile.read(file))
        .onDone(points -> model.points().use(new Points.Own(points)))
        .onFailed(model.notice()::report)
        .start();
  }

  /** What can be exported. */
  public List<ExportChoice> exports() {
    return export.exports();
  }

  private void keyPressed(KeyEvent event) {
    if (REDO.match(event)) {
      model.points().redo();
      event.consume();
    } else if (UNDO.match(event)) {
      model.points().undo();
      event.consume();
    } else if (event.getCode() == KeyCode.SPACE
        && !(event.getTarget() instanceof javafx.scene.control.Control)) {
      model.togglePlay();
      event.consume();
    }
  }

  /** A panel's part of the plane, for tests. */
  PlaneCanvas canvas(int panel) {
    PanelCard card = cards.get(model.panels().get(panel));
    if (card == null) {
      throw new IllegalArgumentException("there is no panel " + panel);
    }
    return card.canvas();
  }
}
