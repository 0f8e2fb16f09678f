package org.pagexplorer.ui.training;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.DoubleProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleDoubleProperty;
import javafx.geometry.Pos;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Label;
import javafx.scene.control.Slider;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.RowConstraints;
import javafx.scene.layout.VBox;
import org.pagexplorer.lab.figure.Palette;
import org.pagexplorer.lab.runs.RunStatus;
import org.pagexplorer.run.TrainingObserver.EpochReport;
import org.pagexplorer.ui.control.LinesChart;
import org.pagexplorer.ui.control.LinesChart.Line;
import org.pagexplorer.ui.settings.Part;
import org.pagexplorer.ui.support.ExportChoice;
import org.pagexplorer.ui.support.FileDialogs;
import org.pagexplorer.ui.support.Theme;
import org.pagexplorer.ui.support.Tips;

/** Loss parts and accuracies of the selected run and those that are laid over it. */
final class RunCurves extends VBox {
  /** More would show the first value only. */
  private static final double SMOOTHEST = 0.99;

  private final TrainingViewModel model;
  private final BooleanProperty log = new SimpleBooleanProperty();
  private final DoubleProperty smoothing = new SimpleDoubleProperty();
  private final LinesChart entropy =
      chart("cross-entropy", "cross-entropy", "Cross-entropy after each epoch");
  private final LinesChart alignment =
      chart(
          "alignment-loss",
          "alignment loss, Σ over classes",
          "Alignment loss after each epoch, of runs that align gradients");
  private final LinesChart training =
      chart(
          "training-accuracy",
          "accuracy in training, %",
          "Accuracy on the training images after each epoch");
  private final LinesChart clean =
      chart(
          "clean-accuracy",
          "clean accuracy, test images, %",
          "Accuracy on the test images after each epoch");

  RunCurves(TrainingViewModel model, ObjectProperty<Theme> theme, FileDialogs dialogs) {
    this.model = model;
    setId("run-curves");
    GridPane grid = new GridPane();
    grid.getStyleClass().add("run-curves-grid");
    grid.getColumnConstraints().setAll(half(), half());
    RowConstraints row = new RowConstraints();
    row.setPercentHeight(50);
    grid.getRowConstraints().setAll(row, row);
    grid.addRow(0, entropy, alignment);
    grid.addRow(1, training, clean);
    for (LinesChart chart : charts()) {
      chart.setMinSize(200, 150);
      chart.setPrefSize(400, 240);
      chart.dress(theme.get());
      chart.offer(choice(chart), dialogs);
    }
    VBox.setVgrow(grid, Priority.ALWAYS);
    getChildren().addAll(looks(), grid);
    theme.addListener((property, old, now) -> charts().forEach(chart -> chart.dress(now)));
    log.addListener((property, old, now) -> setLooks());
    smoothing.addListener((property, old, now) -> setLooks());
  }

  private static LinesChart chart(String id, String y, String promise) {
    LinesChart chart = new LinesChart(id, "epoch", y, promise);
    chart.setId("run-curve-" + id);
    chart.putTitleAbove(); // the longer ones' do in most windows: all begin at the same place
    return chart;
  }

  private HBox looks() {
    CheckBox logarithmic = new CheckBox("log axis");
    logarithmic.setId("run-curves-log");
    Tips.on(logarithmic, "Logarithmic y axes, which show how small losses keep falling");
    logarithmic.selectedProperty().bindBidirectional(log);
    Slider weight = new Slider(0, SMOOTHEST, 0);
    weight.setId("run-curves-smoothing");
    weight.setBlockIncrement(0.1);
    weight.setPrefWidth(140);
    Tips.on(
        weight,
        "Exponential moving average, as in TensorBoard, from 0 (none) to 0.99; the measured"
            + " values stay faint behind it");
    weight.valueProperty().bindBidirectional(smoothing);
    Label value = new Label();
    value.setId("run-curves-smoothing-words");
    value.setMinWidth(36);
    smoothing.subscribe(now -> value.setText("%.2f".formatted(now.doubleValue())));
    HBox looks = new HBox(10, logarithmic, new Label("smoothing"), weight, value);
    looks.setAlignment(Pos.CENTER_LEFT);
    looks.getStyleClass().add("run-curves-looks");
    return looks;
  }

  private void setLooks() {
    charts().forEach(chart -> chart.set(log.get(), smoothing.get()));
  }

  /** Lets a part remember how curves are shown. */
  Part remember(Part part) {
    return part.truth("log", log).number("smoothing", smoothing, 0, SMOOTHEST);
  }

  /** What can be exported. */
  List<ExportChoice> exports() {
    return charts().stream().map(RunCurves::choice).toList();
  }

  private static ExportChoice choice(LinesChart chart) {
    return chart.choice(
        "Curves: " + chart.figure().y().title(), "Select a run that has completed an epoch first.");
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

  static List<Line> lines(List<RunStatus> runs, ToDoubleFunction<EpochReport> value) {
    List<Integer> colors = Palette.ofModels(runs.stream().map(RunStatus::method).toList());
    List<Line> lines = new ArrayList<>();
    for (RunStatus run : runs) {
      lines.add(
          new Line(
              run.name(),
              run.reports().stream().mapToDouble(EpochReport::epoch).toArray(),
              run.reports().stream().mapToDouble(value).toArray(),
              colors.get(lines.size())));
    }
    return lines;
  }
}
