package org.pagexplorer.ui.control;

import java.util.List;
import java.util.Locale;
import javafx.scene.control.Label;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;

/** A bar a class for two softmax vectors: before and after. */
public final class ProbabilityBars extends GridPane {

  public ProbabilityBars() {
    setHgap(8);
    setVgap(2);
    getStyleClass().add("probability-bars");
    ColumnConstraints names = new ColumnConstraints();
    ColumnConstraints bars = new ColumnConstraints();
    bars.setHgrow(Priority.ALWAYS);
    ColumnConstraints numbers = new ColumnConstraints(76);
    getColumnConstraints().addAll(names, bars, numbers);
  }

  /**
   * Shows a row a class.
   *
   * @param goal the class to emphasise, or −1
   */
  public void show(List<String> classes, float[] before, float[] after, int goal) {
    getChildren().clear();
    for (int c = 0; c < classes.size(); c++) {
      Label name = new Label(classes.get(c));
      Label number =
          new Label(String.format(Locale.ROOT, "%s → %s", percent(before[c]), percent(after[c])));
      number.getStyleClass().add("probability-number");
      if (c == goal) {
        name.getStyleClass().add("goal");
      }
      addRow(c, name, bar(before[c], after[c], c == goal), number);
    }
  }

  private static String percent(float probability) {
    return Math.round(100 * probability) + " %";
  }

  private static StackPane bar(float before, float after, boolean goal) {
    Region now = new Region();
    now.getStyleClass().addAll("probability-after", goal ? "goal" : "other");
    Region then = new Region();
    then.getStyleClass().add("probability-before");
    StackPane track = new StackPane(now, then);
    track.getStyleClass().add("probability-track");
    track.setAlignment(javafx.geometry.Pos.CENTER_LEFT);
    now.maxWidthProperty().bind(track.widthProperty().multiply(after));
    then.translateXProperty().bind(track.widthProperty().multiply(before).subtract(1));
    then.setMaxWidth(2);
    return track;
  }

  /** Shows nothing. */
  public void clear() {
    getChildren().clear();
  }
}
