package org.pagexplorer.ui.compare;

import java.util.List;
import java.util.OptionalDouble;
import javafx.geometry.VPos;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.pagexplorer.lab.measure.Column;
import org.pagexplorer.lab.measure.Comparison;
import org.pagexplorer.lab.measure.PublishedEntry;
import org.pagexplorer.lab.measure.PublishedTexts;
import org.pagexplorer.lab.measure.RobustnessTable;
import org.pagexplorer.ui.control.Buttons;
import org.pagexplorer.ui.control.Labels;
import org.pagexplorer.ui.support.ClipboardText;
import org.pagexplorer.ui.support.Tips;

/** Other people's numbers below those measured here, and marked as such. */
final class PublishedRows {
  /** More are in the exported table only. */
  private static final int MOST = 40;

  private static final double WIDEST = 520;

  private PublishedRows() {}

  /**
   * Adds them.
   *
   * @param first the row at which they begin
   */
  static void add(GridPane grid, Comparison comparison, int first) {
    List<PublishedEntry> all = comparison.published();
    if (all.isEmpty()) {
      return;
    }
    RobustnessTable table = comparison.table();
    int columns = table.columns().size();
    Label head = Labels.styled("field-name", "Published (RobustBench), not measured here");
    head.setId("measure-published");
    grid.add(head, 0, first, columns + 1, 1);
    List<PublishedEntry> shown = all.subList(0, Math.min(MOST, all.size()));
    int row = first + 1;
    for (PublishedEntry entry : shown) {
      Node name = name(entry);
      GridPane.setValignment(name, VPos.TOP);
      grid.add(name, 0, row);
      if (PublishedTexts.isComparable(entry, table)) {
        for (int j = 0; j < columns; j++) {
          Column column = table.columns().get(j);
          grid.add(number(entry.in(column, table.dataset().name()), column), j + 1, row);
        }
      } else {
        Label why = quiet(PublishedTexts.source(entry, table));
        why.setWrapText(true);
        why.setMaxWidth(WIDEST);
        grid.add(why, 1, row, columns, 1);
      }
      row++;
    }
    String more =
        all.size() > shown.size()
            ? "%,d more are in the exported table. ".formatted(all.size() - shown.size())
            : "";
    String caution = PublishedTexts.caution(table).map(words -> words + ".").orElse("");
    if (!(more + caution).isEmpty()) {
      grid.add(Labels.explanation(more + caution, WIDEST + 200), 0, row, columns + 1, 1);
    }
  }

  private static Node name(PublishedEntry entry) {
    Label id = Labels.styled("model-name", entry.id());
    id.setMinWidth(Region.USE_PREF_SIZE); // a word, which cannot be broken into lines
    id.setTooltip(
        Tips.of(
            String.join(
                    "\n",
                    List.of(entry.title(), entry.architecture(), entry.warning(), entry.link()))
                .replaceAll("\n{2,}", "\n")
                .strip()));
    HBox line = new HBox(4, id);
    if (!entry.link().isEmpty()) {
      line.getChildren()
          .add(
              Buttons.flat(
                  "published-link-" + entry.id(),
                  "mdi2l-link-variant",
                  "Copy the link to the paper: " + entry.link(),
                  () -> ClipboardText.copy(entry.link())));
    }
    return new VBox(
        1, line, quiet("published" + (entry.venue().isEmpty() ? "" : " · " + entry.venue())));
  }

  private static Node number(OptionalDouble share, Column column) {
    if (share.isEmpty()) {
      return quiet("–");
    }
    String attack = column.attack().isPresent() ? "published, AutoAttack" : "published";
    return new VBox(
        1, Labels.styled("measure-number", PublishedTexts.percent(share) + " %"), quiet(attack));
  }

  private static Label quiet(String text) {
    return Labels.styled("model-kind", text);
  }
}
