package org.pagexplorer.ui.compare;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javafx.beans.InvalidationListener;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.VBox;
import org.pagexplorer.checkpoint.catalogue.ModelFile;
import org.pagexplorer.domain.ModelCard;
import org.pagexplorer.domain.ModelCard.Measurement;

/** The models at hand, ticked where they are compared, each with the facts of its card. */
final class ModelColumn extends ScrollPane {
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
    model.shelf().models().addListener(again);
    model.compared().addListener(again);
    fill();
  }

  private void fill() {
    Label title = new Label("Compare");
    title.getStyleClass().add("pane-title");
    list.getChildren().setAll(title);
    for (ModelFile one : model.shelf().models()) {
      CheckBox box = new CheckBox(one.card().name());
      box.getStyleClass().add("model-name");
      box.setId("compare-" + one.file().getFileName());
      box.setSelected(model.compared().contains(one));
      box.setOnAction(
          event -> {
            model.toggle(one);
            box.setSelected(model.compared().contains(one));
          });
      Label facts = new Label(String.join("\n", facts(one.card())));
      facts.getStyleClass().add("model-kind");
      facts.setWrapText(true);
      list.getChildren().add(new VBox(3, box, facts));
    }
  }

  private static List<String> facts(ModelCard card) {
    List<String> facts = new ArrayList<>();
    facts.add(card.architecture().title());
    facts.add(card.method() + " on " + card.dataset());
    List<String> training = new ArrayList<>();
    for (String key : List.of("lambda", "epsilon", "epochs", "targets-per-step", "teacher")) {
      String value = card.training().get(key);
      if (value != null) {
        training.add((key.equals("lambda") ? "λ" : key) + " " + value);
      }
    }
    if (!training.isEmpty()) {
      facts.add(String.join(", ", training));
    }
    for (Measurement m : card.measurements()) {
      facts.add(
          String.format(Locale.ROOT, "%s: %.1f %% of %d", m.attack(), 100 * m.accuracy(), m.n()));
    }
    return facts;
  }
}
