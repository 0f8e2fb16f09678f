package org.pagexplorer.ui.models;

import java.util.List;
import java.util.Locale;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.pagexplorer.domain.ModelCard;
import org.pagexplorer.domain.ModelCard.Measurement;
import org.pagexplorer.ui.control.Labels;

/** A model in a list: what says its name, its network, and two accuracies that its card knows. */
public final class ModelLines extends VBox {
  private final Label kind = Labels.styled("model-kind", "");
  private final Label first = Labels.styled("model-kind", "");
  private final Label second = // beside the first it would be wider than the list
      Labels.styled("model-kind", "");

  /**
   * @param head says its name
   */
  public ModelLines(Node head) {
    this(head, new HBox());
    kind.setWrapText(true); // in cells, which are all alike, its end is in their tooltip
    kind.setMinHeight(Region.USE_PREF_SIZE);
  }

  /**
   * @param beside stands to the right below the name, where there is room in any list
   */
  ModelLines(Node head, HBox beside) {
    super(1);
    HBox line = new HBox(first, beside);
    HBox.setHgrow(beside, Priority.ALWAYS);
    getStyleClass().add("model-lines");
    for (Label accuracy : List.of(first, second)) {
      accuracy.managedProperty().bind(accuracy.textProperty().isNotEmpty());
    }
    getChildren().addAll(head, kind, line, second);
  }

  public void show(ModelCard card) {
    kind.setText(card.architecture().title());
    first.setText(accuracy(card, 0));
    second.setText(accuracy(card, 1));
  }

  private static String accuracy(ModelCard card, int which) {
    return card.measurements().stream()
        .skip(which)
        .findFirst()
        .map(m -> String.format(Locale.ROOT, "%s %.1f %%", attack(m), 100 * m.accuracy()))
        .orElse("");
  }

  /** {@code L2 PGD-20} of {@code L2 PGD-20, ε = 0.5}: the card has the rest. */
  private static String attack(Measurement measurement) {
    return measurement.attack().split(",", 2)[0];
  }
}
