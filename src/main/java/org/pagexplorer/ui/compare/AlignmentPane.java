package org.pagexplorer.ui.compare;

import java.awt.Color;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import javafx.beans.binding.Bindings;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.pagexplorer.domain.Presets;
import org.pagexplorer.domain.Wilson;
import org.pagexplorer.domain.WrittenNumber;
import org.pagexplorer.lab.alignment.AlignmentStudy;
import org.pagexplorer.lab.alignment.AlignmentTexts;
import org.pagexplorer.lab.alignment.AnswerSheet;
import org.pagexplorer.lab.alignment.AnswerSheet.RankAgreement;
import org.pagexplorer.lab.alignment.Mean;
import org.pagexplorer.lab.alignment.Measure;
import org.pagexplorer.lab.alignment.ModelAlignment;
import org.pagexplorer.lab.alignment.Yardsticks;
import org.pagexplorer.lab.attack.SpecificationFields;
import org.pagexplorer.lab.figure.Palette;
import org.pagexplorer.lab.measure.TableTexts;
import org.pagexplorer.run.Realization;
import org.pagexplorer.ui.control.Buttons;
import org.pagexplorer.ui.control.ExhibitMenu;
import org.pagexplorer.ui.control.Labels;
import org.pagexplorer.ui.support.ExportChoice;
import org.pagexplorer.ui.support.FileDialogs;

/** Perceptual alignment in tables, filling in live. */
final class AlignmentPane extends MeasuringPane<AlignmentStudy> {
  private final AlignmentViewModel model;
  private final VBox tables;

  AlignmentPane(AlignmentViewModel model, FileDialogs dialogs) {
    this(model, dialogs, new VBox(26));
  }

  private AlignmentPane(AlignmentViewModel model, FileDialogs dialogs, VBox tables) {
    super(
        model,
        new MeasuringBar(model, "alignment", List.of(), List.of(files(model, dialogs))),
        tables,
        dialogs);
    this.model = model;
    this.tables = tables;
    tables.setId("alignment-tables");
    ExhibitMenu.of(tables, choice(), dialogs);
    model.answersReadProperty().addListener((property, old, now) -> update());
    parentProperty()
        .addListener(
            (property, old, now) -> {
              if (now != null) {
                model.readAnswers();
              }
            });
    update();
  }

  private ExportChoice choice() {
    return model.choice("Tables of alignment");
  }

  @Override
  List<ExportChoice> exports() {
    return List.of(choice());
  }

  /** Gradients or scores of the images that somebody has computed. */
  private static HBox files(AlignmentViewModel model, FileDialogs dialogs) {
    Button choose =
        Buttons.of(
            "alignment-gradients",
            "",
            "Also compare with gradients in a file (.npy or .safetensors) of the opened images: one"
                + " for every class, or one an image, such as a diffusion model's scores; the paper"
                + " trains with such gradients",
            () -> {
              List<Path> chosen = dialogs.open();
              if (!chosen.isEmpty()) {
                model.filesProperty().setAll(chosen);
              }
            });
    Button none =
        Buttons.flat(
            "alignment-gradients-none",
            "mdi2c-close",
            "Compare with no file",
            model.filesProperty()::clear);
    choose
        .textProperty()
        .bind(Bindings.createStringBinding(() -> words(model), model.filesProperty()));
    none.visibleProperty().bind(Bindings.isNotEmpty(model.filesProperty()));
    none.managedProperty().bind(none.visibleProperty());
    HBox both = new HBox(2, choose, none);
    both.setAlignment(Pos.CENTER_LEFT);
    return both;
  }

  private static String words(AlignmentViewModel model) {
    List<Path> files = model.filesProperty();
    return switch (files.size()) {
      case 0 -> "Gradients…";
      case 1 -> String.valueOf(files.getFirst().getFileName());
      default -> files.size() + " files";
    };
  }

  @Override
  void showNothing() {
    tables
        .getChildren()
        .setAll(
            hint(
                "Are the models' gradients perceptually aligned? Cosines with every realization's"
                    + " ground-truth gradients on images that no model was trained on, statistics"
                    + " of the gradients, how far steps on and off the manifold of images move the"
                    + " probabilities, log Σ exp f, and how often other models predict the target"
                    + " of a model's pictures; after blind tests of three models, also which of"
                    + " these orders the models as you do. No single number is accepted as the"
                    + " measure."));
  }

  @Override
  void show(AlignmentStudy study) {
    tables
        .getChildren()
        .setAll(cosines(study), statistics(study), manifold(study), energy(study), transfer(study));
    study.sheet().ifPresent(sheet -> tables.getChildren().add(answers(study, sheet)));
  }

  private static VBox section(String title, String explanation, Node content) {
    return new VBox(6, Labels.styled("pane-title", title), hint(explanation), content);
  }

  private static Label hint(String text) {
    return Labels.explanation(text, 760);
  }

  private static VBox cosines(AlignmentStudy study) {
    if (study.realizations().isEmpty() && !study.hasScore()) {
      return leftOut("Cosine with ground-truth gradients", "the representatives");
    }
    List<Measure> score = Measure.score(study);
    GridPane table =
        table(
            study,
            Stream.concat(
                    study.realizations().stream().map(Yardsticks::titleOf),
                    score.stream().map(Measure::title))
                .toList());
    for (int k = 0; k < study.models().size(); k++) {
      for (int r = 0; r < study.realizations().size(); r++) {
        Realization realization = study.realizations().get(r);
        boolean trained = Yardsticks.isTrainedToward(study.models().get(k), realization);
        Mean mean = study.of(k).cosines().get(r);
        VBox cell =
            cell(
                AlignmentTexts.number(mean) + (trained ? " †" : ""), AlignmentTexts.interval(mean));
        shade(cell, mean.n() == 0 ? 0 : mean.value());
        table.add(cell, r + 1, k + 1);
      }
      for (Measure measure : score) {
        VBox cell = cell(measure.number(study, k), measure.interval(study, k));
        shade(cell, study.of(k).n() == 0 ? 0 : study.of(k).score().value());
        table.add(cell, study.realizations().size() + 1, k + 1);
      }
    }
    return section(
        "Cosine with ground-truth gradients",
        "Of each logit's input-gradient, a mean over classes, n = "
            + study.of(0).n()
            + " held-out images; † the model was trained toward this one."
            + (study.hasScore() ? " Score: of the gradient of log Σ exp f." : ""),
        table);
  }

  private static VBox leftOut(String title, String lacking) {
    return section(
        title,
        "Left out: open a dataset's folder that has training images, from which %s are taken."
            .formatted(lacking),
        new Region());
  }

  private static VBox statistics(AlignmentStudy study) {
    GridPane table = numbers(study, Measure.GRADIENT, List.of("zero gradients"));
    for (int k = 0; k < study.models().size(); k++) {
      ModelAlignment found = study.of(k);
      table.add(
          cell(found.n() == 0 ? "" : found.zeroGradients() + " of " + found.n(), ""),
          Measure.GRADIENT.size() + 1,
          k + 1);
    }
    return section(
        "Gradient of the winning logit",
        "Etmann: |⟨x, g⟩| / ‖g‖, pixels in [0, 1], black the origin. Total variation is relative to"
            + " the gradient's size, and low frequencies are a share of its energy: white noise has"
            + " 2.83 and 0.063, pictures have less variation and more low frequencies.",
        table);
  }

  private static VBox manifold(AlignmentStudy study) {
    if (!study.hasTraining()) {
      return leftOut("On and off the manifold of images", "the images' neighbors");
    }
    return section(
        "On and off the manifold of images",
        "How far a random step of L2 norm "
            + SpecificationFields.number(Presets.manifoldEpsilon(study.shape()))
            + " moves the probabilities (L1, at most 2): in the span of the differences to the"
            + " nearest training images, at most 128, and orthogonal to it. Off / on is small where"
            + " a model ignores what images do not differ in (Srinivas et al. 2023).",
        numbers(study, Measure.MANIFOLD, List.of()));
  }

  private static VBox energy(AlignmentStudy study) {
    return section(
        "log Σ exp f, the classifier as a density",
        "Medians of clean images, of attacked ones ("
            + SpecificationFields.line(study.attack())
            + "), and of the model's own pictures; larger is likelier (Grathwohl et al. 2020)."
            + " AUROC is 0.5 where they cannot be told apart from clean images.",
        numbers(study, Measure.ENERGY, List.of()));
  }

  /** Which measures order the models as people do. */
  private static VBox answers(AlignmentStudy study, AnswerSheet sheet) {
    GridPane table = new GridPane(6, 6);
    List<String> heads = List.of("Spearman's ρ", "95 %", "Kendall's τ");
    for (int j = 0; j < heads.size(); j++) {
      table.add(head(heads.get(j)), j + 1, 0);
    }
    List<Measure> measures = Measure.all(study);
    for (int i = 0; i < measures.size(); i++) {
      RankAgreement agreement = sheet.of(measures.get(i));
      Label name = Labels.styled("model-name", measures.get(i).title());
      name.setMinWidth(230);
      table.addRow(
          i + 1,
          name,
          number(AlignmentTexts.number(agreement.spearman())),
          number(AlignmentTexts.interval(agreement)),
          number(AlignmentTexts.number(agreement.kendall())));
    }
    return section(
        "Measures and people",
        "Rank correlation of each measure with the share of pictures named right, from "
            + sheet.answers()
            + " answers of your blind tests about "
            + sheet.models()
            + " models; the interval draws each model's answers again and says nothing of the"
            + " choice of models.",
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
      table.add(head(heads.get(j)), j + 1, 0);
    }
    for (int k = 0; k < study.models().size(); k++) {
      Label name = Labels.styled("model-name", study.models().get(k).name());
      name.setMinWidth(130);
      table.add(name, 0, k + 1);
    }
    return table;
  }

  private static Label head(String text) {
    Label head = Labels.styled("field-name", text);
    head.setWrapText(true);
    head.setMinWidth(120);
    head.setMaxWidth(140);
    return head;
  }

  /** A column a measure, and room for more. */
  private static GridPane numbers(AlignmentStudy study, List<Measure> measures, List<String> more) {
    GridPane table =
        table(study, Stream.concat(measures.stream().map(Measure::title), more.stream()).toList());
    for (int k = 0; k < study.models().size(); k++) {
      for (int j = 0; j < measures.size(); j++) {
        Measure measure = measures.get(j);
        table.add(cell(measure.number(study, k), measure.interval(study, k)), j + 1, k + 1);
      }
    }
    return table;
  }

  private static Label number(String number) {
    return Labels.styled("measure-number", WrittenNumber.typeset(number));
  }

  private static VBox cell(String number, String interval) {
    VBox cell =
        new VBox(
            1,
            number(number.isEmpty() ? "…" : number),
            Labels.styled("model-kind", WrittenNumber.typeset(interval)));
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
