package org.pagexplorer.ui.training;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import javafx.beans.property.ObjectProperty;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.RowConstraints;
import org.pagexplorer.lab.runs.RunStatus;
import org.pagexplorer.run.TrainingObserver.EpochReport;
import org.pagexplorer.ui.control.LinesChart;
import org.pagexplorer.ui.control.LinesChart.Line;
import org.pagexplorer.ui.support.Theme;

/** Loss parts and accuracies of the selected run and those that are laid over it. */
final class RunCurves extends GridPane {
  private final TrainingViewModel model;
  private final LinesChart entropy = new LinesChart("epoch", "cross-entropy");
  private final LinesChart alignment = new LinesChart("epoch", "alignment loss, Σ over classes");
  private final LinesChart training = new LinesChart("epoch", "accuracy in training, %");
  private final LinesChart clean = new LinesChart("epoch", "clean accuracy, test images, %");

  RunCurves(TrainingViewModel model, ObjectProperty<Theme> theme) {
    this.model = model;
    setId("run-curves");
    getColumnConstraints().setAll(half(), half());
    RowConstraints row = new RowConstraints();
    row.setPercentHeight(50);
    getRowConstraints().setAll(row, row);
    addRow(0, entropy, alignment);
    addRow(1, training, clean);
    for (LinesChart chart : charts()) {
      chart.setMinSize(200, 150);
      chart.setPrefSize(400, 240);
      chart.dress(theme.get());
    }
    theme.addListener((property, old, now) -> charts().forEach(chart -> chart.dress(now)));
  }

  private static ColumnConstraints half() {
    ColumnConstraints half = new ColumnConstraints();
    half.setPercentWidth(50);
    return half;
  }

  private List<LinesChart> charts() {
    return List.of(entropy, alignment, training, clean);
  }

  void update() {
    List<RunStatus> shown =
        model.runsProperty().get().stream()
            .filter(
                run ->
                    run.folder().equals(model.selectedProperty().get())
                        || model.overlaid().contains(run.folder()))
            .toList();
    entropy.show(lines(shown, EpochReport::crossEntropy));
    alignment.show(lines(shown, EpochReport::alignment));
    training.show(lines(shown, report -> 100 * report.trainAccuracy()));
    clean.show(lines(shown, report -> 100 * report.cleanAccuracy()));
  }

  private static List<Line> lines(List<RunStatus> runs, ToDoubleFunction<EpochReport> value) {
    List<Line> lines = new ArrayList<>();
    for (RunStatus run : runs) {
      lines.add(
          new Line(
              run.name(),
              run.reports().stream().mapToDouble(EpochReport::epoch).toArray(),
              run.reports().stream().mapToDouble(value).toArray()));
    }
    return lines;
  }
}
