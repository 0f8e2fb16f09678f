package org.pagexplorer.ui.compare;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javafx.beans.property.ObjectProperty;
import javafx.collections.ListChangeListener;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.javafx.FontIcon;
import org.pagexplorer.domain.AttackMethod;
import org.pagexplorer.domain.Norm;
import org.pagexplorer.domain.WrittenNumber;
import org.pagexplorer.lab.figure.Palette;
import org.pagexplorer.lab.measure.Cell;
import org.pagexplorer.lab.measure.Column;
import org.pagexplorer.lab.measure.Comparison;
import org.pagexplorer.lab.measure.Integrity.Finding;
import org.pagexplorer.lab.measure.OutputWarning;
import org.pagexplorer.lab.measure.PublishedEntry;
import org.pagexplorer.lab.measure.RobustnessCurve;
import org.pagexplorer.lab.measure.RobustnessTable;
import org.pagexplorer.lab.measure.Survivors;
import org.pagexplorer.lab.measure.TableTexts;
import org.pagexplorer.lab.measure.TableTexts.Place;
import org.pagexplorer.lab.model.OpenModel;
import org.pagexplorer.ui.control.Buttons;
import org.pagexplorer.ui.control.ExhibitMenu;
import org.pagexplorer.ui.control.IntervalChart;
import org.pagexplorer.ui.control.IntervalChart.Curve;
import org.pagexplorer.ui.control.Labels;
import org.pagexplorer.ui.control.Titles;
import org.pagexplorer.ui.support.ExportChoice;
import org.pagexplorer.ui.support.FileDialogs;
import org.pagexplorer.ui.support.Theme;
import org.pagexplorer.ui.support.Tips;

/** The table of the paper's Tables 1 and 2, filling in live, with flags and curves. */
final class MeasurePane extends MeasuringPane<Comparison> {
  private static final double NARROWEST_COLUMN = 130;

  private final MeasureViewModel model;
  private final GridPane table;
  private final IntervalChart linf = curves("linf", "L∞");
  private final IntervalChart l2 = curves("l2", "L2");
  private final IntervalChart l1 = curves("l1", "L1");
  private final VBox charts = new VBox(12, new HBox(12, linf, l2), l1);

  MeasurePane(MeasureViewModel model, ObjectProperty<Theme> theme, FileDialogs dialogs) {
    this(model, theme, dialogs, new GridPane(20, 14), new VBox(18));
  }

  private MeasurePane(
      MeasureViewModel model,
      ObjectProperty<Theme> theme,
      FileDialogs dialogs,
      GridPane table,
      VBox found) {
    super(
        model,
        new MeasuringBar(
            model,
            "measure",
            List.of(new Label("attack"), attack(model)),
            List.of(
                integrity(model),
                curve(model),
                l1(model),
                PublishedMenu.of(model, dialogs),
                reproduce(model, dialogs))),
        found,
        dialogs);
    this.model = model;
    this.table = table;
    table.setId("measure-table");
    linf.setId("measure-chart-linf");
    l2.setId("measure-chart-l2");
    l1.setId("measure-chart-l1");
    l1.managedProperty().bind(l1.visibleProperty());
    for (IntervalChart chart : List.of(linf, l2, l1)) {
      chart.setMinHeight(260);
      chart.setPrefHeight(320);
      HBox.setHgrow(chart, Priority.ALWAYS);
      chart.setPrefWidth(400);
      chart.dress(theme.get());
      theme.addListener((property, old, now) -> chart.dress(now));
    }
    linf.offer(curve("L∞", linf), dialogs);
    l2.offer(curve("L2", l2), dialogs);
    l1.offer(curve("L1", l1), dialogs);
    ExhibitMenu.of(table, choice(), dialogs);
    model.published().addListener((ListChangeListener<PublishedEntry>) change -> update());
    charts.managedProperty().bind(charts.visibleProperty());
    found.getChildren().addAll(table, charts);
    update();
  }

  private ExportChoice choice() {
    return model.choice("Table of accuracies");
  }

  @Override
  List<ExportChoice> exports() {
    return List.of(choice(), curve("L∞", linf), curve("L2", l2), curve("L1", l1));
  }

  private static ExportChoice curve(String norm, IntervalChart chart) {
    return chart.choice(
        "Accuracy over ε, " + norm,
        norm.equals("L1")
            ? "Select \"L1\" and \"accuracy over ε\" on Compare's Measure and press Measure first."
            : "Select \"accuracy over ε\" on Compare's Measure and press Measure first.");
  }

  private static IntervalChart curves(String id, String norm) {
    return new IntervalChart(
        "accuracy-over-epsilon-" + id,
        "ε, " + norm,
        "accuracy in %",
        "Accuracy over ε of each model, with its 95 % interval");
  }

  private static ComboBox<AttackMethod> attack(MeasureViewModel model) {
    ComboBox<AttackMethod> method = new ComboBox<>();
    method.setId("measure-attack");
    method.getItems().setAll(AttackMethod.values());
    method.setConverter(
        Titles.of(value -> value == AttackMethod.PGD ? "PGD-20 (the paper's)" : value.title()));
    method.valueProperty().bindBidirectional(model.methodProperty());
    Tips.on(
        method,
        "The attack under which accuracy is measured; the paper uses PGD-20.\n"
            + "AutoAttack: its standard four, APGD-CE, APGD-T, FAB-T and Square, each on the"
            + " survivors of those before, as RobustBench reports it; slow.\n"
            + "AutoAttack rand: for models whose outputs are random.\n"
            + "Suite: PGD-20, APGD-CE, APGD-T and Square in the same way.");
    return method;
  }

  private static CheckBox integrity(MeasureViewModel model) {
    return Buttons.check(
        "measure-integrity",
        "integrity",
        model.integrityProperty(),
        "Sanity checks for gradient masking: is everything that should be weaker than the attack"
            + " weaker?");
  }

  private static CheckBox curve(MeasureViewModel model) {
    return Buttons.check(
        "measure-curve",
        "accuracy over ε",
        model.curveProperty(),
        "Also measure each model at several ε, smaller and larger than the paper's, and draw its"
            + " accuracy over them");
  }

  private static CheckBox l1(MeasureViewModel model) {
    return Buttons.check(
        "measure-l1",
        "L1",
        model.l1Property(),
        "Also measure accuracy in L1, which the paper does not have, at ε = 12 for CIFAR-10's size,"
            + " as Croce and Hein (2021) do");
  }

  private static Button reproduce(MeasureViewModel model, FileDialogs dialogs) {
    Button button = new Button("Reproduce the paper…", new FontIcon("mdi2f-file-chart"));
    button.setId("measure-reproduce");
    Tips.on(
        button,
        "Make the paper's Tables 1, 2, and 4 and Figures 1, 3, 4, and 5 from the compared models,"
            + " on as many test images: one HTML page and a PDF, measured beside published numbers."
            + " Running lists it; stopped, it resumes after the last finished step.");
    button.setOnAction(
        event -> dialogs.save("reproduction.html").ifPresent(model.reproduction()::start));
    return button;
  }

  @Override
  void showNothing() {
    clear();
    table.add(
        Labels.explanation(
            "Press Measure (▶) to see a table of the selected models' accuracies on the opened"
                + " images, clean and under L∞ and L2 attacks of the paper's size, and below it"
                + " their accuracies over ε.",
            620),
        0,
        0);
  }

  private void clear() {
    table.getChildren().clear();
    charts.setVisible(false);
  }

  @Override
  void show(Comparison comparison) {
    clear();
    RobustnessTable numbers = comparison.table();
    Label images = Labels.styled("field-name", numbers.dataset().name());
    images.setId("measure-images-of"); // others may be open by now
    images.setWrapText(true);
    table.add(images, 0, 0);
    for (int j = 0; j < numbers.columns().size(); j++) {
      table.add(heading(numbers.columns().get(j)), j + 1, 0);
    }
    for (int k = 0; k < numbers.models().size(); k++) {
      VBox name = new VBox(2, Labels.styled("model-name", numbers.models().get(k).name()));
      for (OutputWarning warning : comparison.warnings(k)) {
        name.getChildren().add(flag(warning.title(), warning.meaning()));
      }
      table.add(name, 0, k + 1);
      GridPane.setValignment(name, javafx.geometry.VPos.TOP);
      for (int j = 0; j < numbers.columns().size(); j++) {
        table.add(cell(comparison, k, j), j + 1, k + 1);
      }
    }
    PublishedRows.add(table, comparison, numbers.models().size() + 1);
    charts.setVisible(!comparison.curves().isEmpty());
    linf.show(curves(comparison, Norm.LINF));
    l2.show(curves(comparison, Norm.L2));
    List<Curve> ofL1 = curves(comparison, Norm.L1);
    l1.show(ofL1);
    l1.setVisible(!ofL1.isEmpty());
  }

  /** On several lines where there are many columns. */
  private static Label heading(Column column) {
    Label heading = Labels.styled("field-name", head(column));
    heading.setWrapText(true);
    heading.setMinWidth(NARROWEST_COLUMN);
    return heading;
  }

  private static String head(Column column) {
    return column.longTitle()
        + column
            .attack()
            .filter(attack -> attack.threat().norm() == Norm.LINF)
            .map(attack -> " (" + WrittenNumber.levels(attack.threat().epsilon()) + ")")
            .orElse("");
  }

  private static Node cell(Comparison comparison, int k, int j) {
    Cell cell = comparison.table().cell(k, j);
    String percent = cell.n() == 0 ? "…" : TableTexts.percent(cell.accuracy()) + " %";
    Label accuracy = Labels.styled("measure-number", percent);
    VBox box = new VBox(1, accuracy);
    if (cell.n() > 0) {
      box.getChildren()
          .add(quiet(TableTexts.interval(cell.interval()) + "  (n = " + cell.n() + ")"));
    }
    Survivors.line(comparison.table().columns().get(j), cell)
        .ifPresent(each -> box.getChildren().add(survivors(each)));
    Survivors.warning(comparison.table().columns().get(j), cell)
        .ifPresent(warning -> box.getChildren().add(flag("Square broke more", warning)));
    comparison
        .table()
        .paper(k, j)
        .ifPresent(
            paper ->
                box.getChildren()
                    .add(quiet(String.format(Locale.ROOT, "the paper: %.2f %%", 100 * paper))));
    List<Finding> findings = comparison.findings().getOrDefault(new Place(k, j), List.of());
    for (Finding flagged : TableTexts.flagged(findings)) {
      box.getChildren().add(flag(flagged.check().title(), flagged.check().meaning()));
    }
    if (!findings.isEmpty() && TableTexts.flagged(findings).isEmpty()) {
      box.getChildren().add(quiet("no flags"));
    }
    box.setMinWidth(NARROWEST_COLUMN);
    return box;
  }

  private static Label flag(String title, String meaning) {
    Label flag = Labels.styled("flag", "⚑ " + title);
    Tips.on(flag, meaning);
    return flag;
  }

  private static Label survivors(String each) {
    Label label = quiet(each);
    label.setMaxWidth(220);
    return label;
  }

  private static Label quiet(String text) {
    Label label = Labels.styled("model-kind", text);
    label.setWrapText(true);
    return label;
  }

  private static List<Curve> curves(Comparison comparison, Norm norm) {
    List<OpenModel> models = comparison.table().models();
    List<Integer> colors = Palette.ofModels(models.stream().map(m -> m.card().method()).toList());
    List<Curve> curves = new ArrayList<>();
    for (Map.Entry<Place, RobustnessCurve> one : comparison.curves().entrySet()) {
      if (one.getValue().attack().threat().norm() == norm) {
        int model = one.getKey().model();
        List<RobustnessCurve.Point> points = one.getValue().points();
        curves.add(
            new Curve(
                models.get(model).name(),
                points.stream().mapToDouble(RobustnessCurve.Point::epsilon).toArray(),
                points.stream().mapToDouble(p -> 100 * p.accuracy()).toArray(),
                points.stream().mapToDouble(p -> 100 * p.interval().low()).toArray(),
                points.stream().mapToDouble(p -> 100 * p.interval().high()).toArray(),
                colors.get(model)));
      }
    }
    return curves;
  }
}
