package org.pagexplorer.ui.compare;

import java.awt.Color;
import java.util.List;
import java.util.Locale;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.pagexplorer.domain.Wilson;
import org.pagexplorer.lab.alignment.AlignmentStudy;
import org.pagexplorer.lab.alignment.AlignmentTexts;
import org.pagexplorer.lab.alignment.Mean;
import org.pagexplorer.lab.alignment.ModelAlignment;
import org.pagexplorer.lab.attack.SpecificationFields;
import org.pagexplorer.lab.figure.Palette;
import org.pagexplorer.lab.measure.TableTexts;
import org.pagexplorer.run.Realization;
import org.pagexplorer.ui.control.ExhibitMenu;
import org.pagexplorer.ui.control.Labels;
import org.pagexplorer.ui.support.FileDialogs;

/** Perceptual alignment in three tables, filling in live. */
final class AlignmentPane extends MeasuringPane<AlignmentStudy> {
  private final VBox tables;

  AlignmentPane(AlignmentViewModel model, FileDialogs dialogs) {
    this(model, dialogs, new VBox(26));
  }

  private AlignmentPane(AlignmentViewModel model, FileDialogs dialogs, VBox tables) {
    super(
        model,
        new MeasuringBar(model, "alignment", "alignment.csv", dialogs, List.of(), List.of()),
        tables);
    this.tables = tables;
    tables.setId("alignment-tables");
    ExhibitMenu.of(tables, model::exhibit, dialogs, model.notice);
    update();
  }

  @Override
  void showNothing() {
    tables
        .getChildren()
        .setAll(
            hint(
                "Are the models' gradients perceptually aligned? Cosines with every realization's"
                    + " ground-truth gradients on images that no model was trained on, statistics"
                    + " of the gradients, and how often other models predict the target of a"
                    + " model's pictures. No single number is accepted as the measure."));
  }

  @Override
  void show(AlignmentStudy study) {
    tables.getChildren().setAll(cosines(study), statistics(study), transfer(study));
  }

  private static VBox section(String title, String explanation, Node content) {
    return new VBox(6, Labels.styled("pane-title", title), hint(explanation), content);
  }

  private static Label hint(String text) {
    return Labels.explanation(text, 760);
  }

  private static VBox cosines(AlignmentStudy study) {
    if (study.realizations().isEmpty()) {
      return section(
          "Cosine with ground-truth gradients",
          "Left out: open a dataset's folder that has training images, from which the"
              + " representatives are made.",
          new Region());
    }
    GridPane table =
        table(study, study.realizations().stream().map(AlignmentStudy::titleOf).toList());
    for (int k = 0; k < study.models().size(); k++) {
      for (int r = 0; r < study.realizations().size(); r++) {
        Realization realization = study.realizations().get(r);
        boolean trained = AlignmentStudy.isTrainedToward(study.models().get(k), realization);
        Mean mean = study.of(k).cosines().get(r);
        VBox cell =
            cell(
                AlignmentTexts.number(mean) + (trained ? " †" : ""), AlignmentTexts.interval(mean));
        shade(cell, mean.n() == 0 ? 0 : mean.value());
        table.add(cell, r + 1, k + 1);
      }
    }
    return section(
        "Cosine with ground-truth gradients",
        "Of each logit's input-gradient, a mean over classes, n = "
            + study.of(0).n()
            + " held-out images; † the model was trained toward this one.",
        table);
  }

  private static VBox statistics(AlignmentStudy study) {
    GridPane table =
        table(
            study,
            List.of("Etmann alignment", "total variation", "low frequencies", "zero gradients"));
    for (int k = 0; k < study.models().size(); k++) {
      ModelAlignment found = study.of(k);
      table.add(cell(found.etmann()), 1, k + 1);
      table.add(cell(found.variation()), 2, k + 1);
      table.add(cell(found.lowFrequency()), 3, k + 1);
      table.add(cell(found.zeroGradients() + " of " + found.n(), ""), 4, k + 1);
    }
    return section(
        "Gradient of the winning logit",
        "Etmann: |⟨x, g⟩| / ‖g‖, pixels in [0, 1], black the origin. Total variation is relative to"
            + " the gradient's size, and low frequencies are a share of its energy: white noise has"
            + " 2.83 and 0.063, pictures have less variation and more low frequencies.",
        table);
  }

  private static VBox transfer(AlignmentStudy study) {
    GridPane table =
        table(study, study.models().stream().map(m -> "predicted by " + m.name()).toList());
    for (int k = 0; k < study.models().size(); k++) {
      ModelAlignment found = study.of(k);
      for (int b = 0; b < study.models().size(); b++) {
        int named = found.named().get(b);
        int n = found.pictures();
        VBox cell =
            n == 0
                ? cell("…", "")
                : cell(
                    AlignmentTexts.rate(named, n) + " %", TableTexts.interval(Wilson.of(named, n)));
        shade(cell, n == 0 ? 0 : (double) named / n);
        table.add(cell, b + 1, k + 1);
      }
    }
    return section(
        "Which models are convinced by which pictures",
        "Rows made the pictures, one seeded target per image ("
            + SpecificationFields.line(study.pictures())
            + "); columns show how often a model predicts the target, n = "
            + study.of(0).pictures()
            + ".",
        table);
  }

  private static GridPane table(AlignmentStudy study, List<String> heads) {
    GridPane table = new GridPane(6, 6);
    for (int j = 0; j < heads.size(); j++) {
      Label head = Labels.styled("field-name", heads.get(j));
      head.setWrapText(true);
      head.setMinWidth(120);
      head.setMaxWidth(140);
      table.add(head, j + 1, 0);
    }
    for (int k = 0; k < study.models().size(); k++) {
      Label name = Labels.styled("model-name", study.models().get(k).name());
      name.setMinWidth(130);
      table.add(name, 0, k + 1);
    }
    return table;
  }

  private static VBox cell(Mean mean) {
    return cell(mean.n() == 0 ? "…" : AlignmentTexts.number(mean), AlignmentTexts.interval(mean));
  }

  private static VBox cell(String number, String interval) {
    VBox cell =
        new VBox(
            1,
            Labels.styled("measure-number", number.isEmpty() ? "…" : number),
            Labels.styled("model-kind", interval));
    cell.setAlignment(Pos.CENTER_LEFT);
    cell.getStyleClass().add("alignment-cell");
    return cell;
  }

  /** The larger in [0, 1], the deeper. */
  private static void shade(VBox cell, double value) {
    Color blue = Palette.LIGHT.of(0);
    cell.setStyle(
        String.format(
            Locale.ROOT,
            "-fx-background-color: rgba(%d, %d, %d, %.2f);",
            blue.getRed(),
            blue.getGreen(),
            blue.getBlue(),
            0.45 * Math.clamp(value, 0, 1)));
  }
}
