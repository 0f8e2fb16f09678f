package org.pagexplorer.ui.importing;

import java.util.List;
import java.util.Locale;
import javafx.beans.binding.BooleanBinding;
import javafx.geometry.Pos;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ProgressBar;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import org.jspecify.annotations.Nullable;
import org.pagexplorer.lab.model.CandidateCheck.Result;

/** A reading: its name, a bar, and the accuracy with its interval. */
final class ReadingCell extends ListCell<Reading> {
  private final boolean namesNetwork;
  private final BooleanBinding isChecked;
  private final Label title = new Label();
  private final ProgressBar bar = new ProgressBar(0);
  private final Label number = new Label();
  private final HBox row = new HBox(10, title, bar, number);

  ReadingCell(boolean namesNetwork, BooleanBinding isChecked) {
    this.namesNetwork = namesNetwork;
    this.isChecked = isChecked;
    row.setAlignment(Pos.CENTER_LEFT);
    title.setMaxWidth(Double.MAX_VALUE);
    HBox.setHgrow(title, Priority.ALWAYS);
    bar.setPrefWidth(120);
    bar.visibleProperty().bind(isChecked);
    number.setMinWidth(150);
    number.getStyleClass().add("numbers");
    // As wide as the list, never wider.
    setPrefWidth(0);
    title.setMinWidth(0);
  }

  @Override
  protected void updateItem(@Nullable Reading reading, boolean empty) {
    super.updateItem(reading, empty);
    if (empty || reading == null) {
      setGraphic(null);
      return;
    }
    String normalization = reading.candidate().title();
    title.setText(
        namesNetwork
            ? reading.candidate().architecture().family().title() + ", " + normalization
            : normalization);
    bar.setProgress(reading.result().map(Result::accuracy).orElse(0.0));
    String unknown = reading.hasFailed() ? "failed" : isChecked.get() ? "…" : "";
    number.setText(reading.result().map(ReadingCell::words).orElse(unknown));
    number.setStyle(isBest(reading) ? "-fx-font-weight: bold" : "");
    setGraphic(row);
  }

  /** Of several that do equally well none stands out. */
  private boolean isBest(Reading reading) {
    return Reading.best(getListView().getItems()).equals(List.of(reading));
  }

  private static String words(Result result) {
    return String.format(
        Locale.ROOT,
        "%.1f %%  (%.0f–%.0f %%)",
        100 * result.accuracy(),
        100 * result.interval().low(),
        100 * result.interval().high());
  }
}
