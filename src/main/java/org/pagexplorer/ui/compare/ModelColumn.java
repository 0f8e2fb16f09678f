package org.pagexplorer.ui.compare;

import java.util.ArrayList;
import java.util.List;
import javafx.beans.InvalidationListener;
import javafx.scene.Node;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.pagexplorer.checkpoint.catalogue.ModelFile;
import org.pagexplorer.ui.control.Labels;
import org.pagexplorer.ui.models.ModelLines;
import org.pagexplorer.ui.support.ModelArrangement;
import org.pagexplorer.ui.support.Tips;

/** The models at hand, ticked where they are compared: these first, in the order of their rows. */
final class ModelColumn extends ScrollPane {
  private static final String HOLD =
      "Hold the pointer down on a picture to see the next model's row in its place; the slider"
          + " moves all of them.";

  private final CompareViewModel model;
  private final VBox list = new VBox(12);

  ModelColumn(CompareViewModel model) {
    this.model = model;
    getStyleClass().add("compare-models");
    list.getStyleClass().add("compare-model-list");
    setContent(list);
    setFitToWidth(true);
    setHbarPolicy(ScrollBarPolicy.NEVER);
    InvalidationListener again = property -> fill();
    ModelArrangement arrangement = model.shelf().arrangement();
    model.shelf().models().addListener(again);
    model.compared().addListener(again);
    arrangement.orderProperty().addListener(again);
    arrangement.hidden().addListener(again);
    arrangement.showsHiddenProperty().addListener(again);
    fill();
  }

  /** What was ticked by the keyboard keeps the focus where it moves to. */
  private void fill() {
    String focused =
        list.lookupAll(".check-box").stream()
            .filter(Node::isFocused)
            .map(Node::getId)
            .findFirst()
            .orElse("");
    Label title = new Label("Compare");
    title.getStyleClass().add("pane-title");
    list.getChildren().setAll(title);
    List<ModelFile> others =
        new ArrayList<>(model.shelf().arrangement().of(model.shelf().models()));
    others.removeAll(model.compared());
    model.compared().forEach(this::add);
    others.forEach(this::add);
    list.getChildren().add(advice());
    list.lookupAll(".check-box").stream()
        .filter(box -> focused.equals(box.getId()))
        .forEach(Node::requestFocus);
  }

  /** Beside the pictures, which it would hide. */
  private static Label advice() {
    Label words = Labels.styled("model-kind", HOLD);
    words.setId("compare-advice");
    words.setWrapText(true);
    words.setMinHeight(Region.USE_PREF_SIZE);
    return words;
  }

  private void add(ModelFile one) {
    CheckBox box = new CheckBox(one.card().name());
    box.getStyleClass().add("model-name");
    box.setMnemonicParsing(false);
    Tips.on(box, "Checked: the model has a row for each image and is measured with the others");
    box.setId("compare-" + one.file().getFileName());
    box.setSelected(model.compared().contains(one));
    box.setOnAction(
        event -> {
          model.toggle(one);
          box.setSelected(model.compared().contains(one));
        });
    ModelLines lines = new ModelLines(box);
    lines.show(one.card());
    list.getChildren().add(lines);
  }
}
