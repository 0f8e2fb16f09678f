package org.pagexplorer.ui.compare;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import javafx.beans.property.ObjectProperty;
import javafx.scene.Node;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import org.pagexplorer.ui.attack.ShownTile;
import org.pagexplorer.ui.control.TileGrid;
import org.pagexplorer.ui.support.ExportChoice;
import org.pagexplorer.ui.support.FileDialogs;
import org.pagexplorer.ui.support.Theme;
import org.pagexplorer.ui.support.Tips;

/** The Compare screen: the models on the left, their pictures or their numbers beside them. */
public final class CompareView extends BorderPane {
  private final CompareViewModel model;
  private final MeasurePane measured;
  private final AlignmentPane aligned;
  private final PicturesPane pictures;
  private final ToggleGroup tabs = new ToggleGroup();
  private final HBox bar = new HBox();

  /**
   * @param open told of files that the user chose
   */
  public CompareView(
      CompareViewModel model,
      MeasureViewModel measure,
      AlignmentViewModel alignment,
      BlindTestViewModel blindTest,
      ObjectProperty<Theme> theme,
      FileDialogs dialogs,
      Consumer<List<Path>> open) {
    this.model = model;
    getStyleClass().add("compare");
    setLeft(new ModelColumn(model));
    bar.getStyleClass().add("compare-tabs");
    pictures = new PicturesPane(model, theme, dialogs, open);
    measured = new MeasurePane(measure, theme, dialogs);
    aligned = new AlignmentPane(alignment, dialogs);
    tab(
            "compare-pictures",
            "Pictures",
            "left-pill",
            "The same images attacked on every selected model, as in the paper's Figure 4",
            pictures)
        .setSelected(true);
    tab(
        "compare-measure",
        "Measure",
        "center-pill",
        "Accuracies, clean and under attack, as in the paper's Tables 1 and 2",
        measured);
    tab(
        "compare-alignment",
        "Alignment",
        "center-pill",
        "How perceptually aligned the gradients are, in numbers; the paper judges it by eye",
        aligned);
    tab(
        "compare-blind",
        "Blind test",
        "right-pill",
        "Can you name the class that a hidden model was asked to paint?",
        new BlindTestPane(blindTest));
    BorderPane middle = new BorderPane(pictures);
    middle.setTop(bar);
    setCenter(middle);
    tabs.selectedToggleProperty()
        .addListener(
            (property, old, now) -> {
              if (now == null) {
                tabs.selectToggle(old);
              } else if (now.getUserData() instanceof Node shown) {
                middle.setCenter(shown);
              }
            });
  }

  /** What can be exported of it: first what is shown. */
  public List<ExportChoice> exports() {
    List<List<ExportChoice>> all =
        new ArrayList<>(List.of(List.of(model.export()), measured.exports(), aligned.exports()));
    int shown = tabs.getToggles().indexOf(tabs.getSelectedToggle());
    if (shown < all.size()) { // the blind test keeps its answers by itself
      all.addFirst(all.remove(shown));
    }
    return all.stream().flatMap(List::stream).toList();
  }

  /** Shows the pictures, not the numbers. */
  public void showPictures() {
    tabs.selectToggle(tabs.getToggles().getFirst());
  }

  /** Told of a tile that is to be shown on Explore. */
  public void setOnExplore(Consumer<ShownTile> explore) {
    pictures.setOnExplore(explore);
  }

  /** The grid, for what is remembered of it. */
  public TileGrid grid() {
    return pictures.grid();
  }

  private ToggleButton tab(String id, String text, String style, String tip, Node content) {
    ToggleButton button = new ToggleButton(text);
    button.setId(id);
    Tips.on(button, tip);
    button.setUserData(content);
    button.setToggleGroup(tabs);
    button.getStyleClass().add(style);
    bar.getChildren().add(button);
    return button;
  }
}
