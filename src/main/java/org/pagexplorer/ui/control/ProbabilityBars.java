package org.pagexplorer.ui.control;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javafx.beans.property.DoubleProperty;
import javafx.beans.property.SimpleDoubleProperty;
import javafx.scene.control.Label;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import org.pagexplorer.lab.measure.ResultTable;
import org.pagexplorer.ui.support.Exhibit;

/** A bar a class for two softmax vectors: before and after. */
public final class ProbabilityBars extends GridPane {
  /** The widest that the numbers may be. */
  private static final double NARROWEST_BAR = 48;

  private static final String WIDEST = words(1, 1);

  private final Label heading = new Label();
  private final List<Row> rows = new ArrayList<>();
  private List<String> shown = List.of();

  private record Row(
      Label name, Label number, Region bar, DoubleProperty before, DoubleProperty after) {}

  public ProbabilityBars() {
    setHgap(8);
    setVgap(2);
    getStyleClass().add("probability-bars");
    ColumnConstraints names = new ColumnConstraints();
    ColumnConstraints bars = new ColumnConstraints();
    bars.setHgrow(Priority.ALWAYS);
    ColumnConstraints numbers = new ColumnConstraints();
    numbers.setMinWidth(Region.USE_PREF_SIZE);
    getColumnConstraints().addAll(names, bars, numbers);
    heading.setId("probability-heading");
    heading.getStyleClass().add("picture-title");
    heading.setWrapText(true);
    heading.setMinHeight(Region.USE_PREF_SIZE);
  }

  /**
   * Shows a row a class.
   *
   * @param words says what was before and what is after
   * @param goal the class to emphasize, or −1
   */
  public void show(String words, List<String> classes, float[] before, float[] after, int goal) {
    if (!classes.equals(shown) || rows.isEmpty()) {
      lay(classes);
    }
    heading.setText(words);
    for (int c = 0; c < classes.size(); c++) {
      Row row = rows.get(c);
      row.number().setText(words(before[c], after[c]));
      row.before().set(before[c]);
      row.after().set(after[c]);
      mark(row.name(), "goal", c == goal);
      mark(row.bar(), "goal", c == goal);
      mark(row.bar(), "other", c != goal);
    }
  }

  /** What it shows as a table: a row a class; nothing while it shows nothing. */
  public Optional<Exhibit> exhibit() {
    if (rows.isEmpty()) {
      return Optional.empty();
    }
    List<List<String>> table =
        rows.stream()
            .map(
                row ->
                    List.of(
                        row.name().getText(),
                        number(row.before().get()),
                        number(row.after().get())))
            .toList();
    ResultTable numbers =
        new ResultTable(List.of("class", "before", "after"), table, List.of(heading.getText()));
    return Optional.of(Exhibit.of("probabilities", numbers, numbers));
  }

  private static String number(double probability) {
    return String.format(Locale.ROOT, "%.6f", probability);
  }

  private void lay(List<String> classes) {
    clear();
    shown = List.copyOf(classes);
    // Keeps the numbers' column as wide as they can get, lest it move with the scrubber.
    Label strut = numberLabel();
    strut.setText(WIDEST);
    strut.setVisible(false);
    add(heading, 0, 0, 3, 1);
    add(strut, 2, 0);
    for (int c = 0; c < classes.size(); c++) {
      Row row =
          new Row(
              nameLabel(classes.get(c)),
              numberLabel(),
              new Region(),
              new SimpleDoubleProperty(),
              new SimpleDoubleProperty());
      rows.add(row);
      addRow(c + 1, row.name(), track(row), row.number());
    }
  }

  private static Label nameLabel(String name) {
    Label label = new Label(name);
    label.setWrapText(true); // where it is long
    label.setMinHeight(Region.USE_PREF_SIZE);
    return label;
  }

  private static Label numberLabel() {
    Label label = new Label();
    label.getStyleClass().add("probability-number");
    label.setMinWidth(Region.USE_PREF_SIZE);
    return label;
  }

  private static void mark(Region node, String style, boolean on) {
    node.getStyleClass().remove(style);
    if (on) {
      node.getStyleClass().add(style);
    }
  }

  private static String words(float before, float after) {
    return String.format(Locale.ROOT, "%s → %s", percent(before), percent(after));
  }

  private static String percent(float probability) {
    return Math.round(100 * probability) + " %";
  }

  private static StackPane track(Row row) {
    row.bar().getStyleClass().add("probability-after");
    Region then = new Region();
    then.getStyleClass().add("probability-before");
    StackPane track = new StackPane(row.bar(), then);
    track.getStyleClass().add("probability-track");
    track.setMinWidth(NARROWEST_BAR);
    track.setAlignment(javafx.geometry.Pos.CENTER_LEFT);
    row.bar().maxWidthProperty().bind(track.widthProperty().multiply(row.after()));
    then.translateXProperty().bind(track.widthProperty().multiply(row.before()).subtract(1));
    then.setMaxWidth(2);
    return track;
  }

  /** Shows nothing. */
  public void clear() {
    getChildren().clear();
    rows.clear();
  }
}
