package org.pagexplorer.ui.compare;

import java.util.List;
import java.util.Locale;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.Spinner;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.javafx.FontIcon;
import org.pagexplorer.domain.Wilson;
import org.pagexplorer.lab.SpecificationFields;
import org.pagexplorer.lab.alignment.AlignmentStudy;
import org.pagexplorer.lab.alignment.AlignmentTexts;
import org.pagexplorer.lab.alignment.Mean;
import org.pagexplorer.lab.alignment.ModelAlignment;
import org.pagexplorer.lab.measure.TableTexts;
import org.pagexplorer.run.Realization;
import org.pagexplorer.ui.support.FileDialogs;

/** Perceptual alignment in three tables, filling in live. */
final class AlignmentPane extends VBox {
  private final AlignmentModel model;
  private final VBox tables = new VBox(26);
  private final Label words = new Label();
  private final ProgressBar progress = new ProgressBar(0);
  private final Button start = button("alignment-start", "mdi2p-play", "Measure");
  private final Button pause = button("alignment-pause", "mdi2p-pause", "Pause");
  private final Button resume = button("alignment-resume", "mdi2p-play-pause", "Go on");

  AlignmentPane(AlignmentModel model, FileDialogs dialogs) {
    super(10);
    this.model = model;
    getStyleClass().add("measure-pane");
    tables.setId("alignment-tables");
    words.setId("alignment-words");
    ScrollPane scroll = new ScrollPane(tables);
    scroll.setFitToWidth(true);
    VBox.setVgrow(scroll, Priority.ALWAYS);
    start.setOnAction(event -> model.start());
    pause.setOnAction(event -> model.pause());
    resume.setOnAction(event -> model.resume());
    Button export = button("alignment-export", "mdi2e-export-variant", "Export…");
    export.setTooltip(new Tooltip("Save the table as .csv, or as .tex for LaTeX's booktabs"));
    export.setOnAction(event -> dialogs.save("alignment.csv").ifPresent(model::export));
    getChildren().addAll(controls(export), scroll);
    model.revisionProperty().addListener((property, old, now) -> update());
    model.stateProperty().addListener((property, old, now) -> update());
    model.imagesProperty().addListener((property, old, now) -> update());
    update();
  }

  private static Button button(String id, String icon, String text) {
    Button button = new Button(text, new FontIcon(icon));
    button.setId(id);
    return button;
  }

  private Node controls(Button export) {
    Spinner<Integer> images = new Spinner<>(10, 100_000, model.imagesProperty().get(), 100);
    images.setId("alignment-images");
    images.setEditable(true);
    images.setPrefWidth(100);
    images
        .valueProperty()
        .addListener((property, old, now) -> model.imagesProperty().set(now == null ? old : now));
    model
        .imagesProperty()
        .addListener((property, old, now) -> images.getValueFactory().setValue(now.intValue()));
    progress.setPrefWidth(140);
    words.setMinWidth(Region.USE_PREF_SIZE);
    FlowPane row = new FlowPane(10, 8);
    row.getChildren()
        .addAll(new Label("images"), images, start, pause, resume, export, progress, words);
    return row;
  }

  private void update() {
    SteppedWork.State state = model.stateProperty().get();
    boolean running = state == SteppedWork.State.RUNNING;
    pause.setDisable(!running);
    resume.setDisable(!(state == SteppedWork.State.PAUSED || (!running && model.wantsMore())));
    progress.setVisible(running);
    words.setText(model.words());
    tables.getChildren().clear();
    if (model.study().isEmpty()) {
      tables
          .getChildren()
          .add(
              hint(
                  "Do the models' gradients mean something to people? Cosines with every"
                      + " realization's ground-truth gradients on images that no model was trained"
                      + " on, statistics of the gradients, and how often other models name the"
                      + " target of a model's pictures. No single number is accepted as the"
                      + " measure."));
      return;
    }
    AlignmentStudy study = model.study().get();
    progress.setProgress(study.progress());
    tables.getChildren().addAll(cosines(study), statistics(study), transfer(study));
  }

  private static VBox section(String title, String explanation, Node content) {
    Label heading = new Label(title);
    heading.getStyleClass().add("pane-title");
    return new VBox(6, heading, hint(explanation), content);
  }

  private static Label hint(String text) {
    Label hint = new Label(text);
    hint.getStyleClass().add("explanation");
    hint.setWrapText(true);
    hint.setMaxWidth(760);
    return hint;
  }

  private static VBox cosines(AlignmentStudy study) {
    if (study.realizations().isEmpty()) {
      return section(
          "Cosine with ground-truth gradients",
          "Left out: open a data set's folder that has training images, from which the"
              + " representatives are made.",
          new Region());
    }
    GridPane table =
        table(study, study.realizations().stream().map(AlignmentStudy::titleOf).toList());
    for (int k = 0; k < study.models().size(); k++) {
      for (int r = 0; r < study.realizations().size(); r++) {
        Realization realization = study.realizations().get(r);
        boolean trained = AlignmentStudy.isTrainedTowards(study.models().get(k), realization);
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
            + " held-out images; † the model was trained towards this one.",
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
            + " 2.83 and 0.063, pictures less and more.",
        table);
  }

  private static VBox transfer(AlignmentStudy study) {
    GridPane table =
        table(study, study.models().stream().map(m -> "named by " + m.name()).toList());
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
        "Who is convinced by whose pictures",
        "Rows made the pictures, one seeded target an image ("
            + SpecificationFields.line(study.pictures())
            + "); columns say how often a model names the target, n = "
            + study.of(0).pictures()
            + ".",
        table);
  }

  private static GridPane table(AlignmentStudy study, List<String> heads) {
    GridPane table = new GridPane(6, 6);
    for (int j = 0; j < heads.size(); j++) {
      Label head = new Label(heads.get(j));
      head.getStyleClass().add("field-name");
      head.setWrapText(true);
      head.setMinWidth(120);
      head.setMaxWidth(140);
      table.add(head, j + 1, 0);
    }
    for (int k = 0; k < study.models().size(); k++) {
      Label name = new Label(study.models().get(k).name());
      name.getStyleClass().add("model-name");
      name.setMinWidth(130);
      table.add(name, 0, k + 1);
    }
    return table;
  }

  private static VBox cell(Mean mean) {
    return cell(mean.n() == 0 ? "…" : AlignmentTexts.number(mean), AlignmentTexts.interval(mean));
  }

  private static VBox cell(String number, String interval) {
    Label big = new Label(number.isEmpty() ? "…" : number);
    big.getStyleClass().add("measure-number");
    Label small = new Label(interval);
    small.getStyleClass().add("model-kind");
    VBox cell = new VBox(1, big, small);
    cell.setAlignment(Pos.CENTER_LEFT);
    cell.getStyleClass().add("alignment-cell");
    return cell;
  }

  /** The larger in [0, 1], the deeper. */
  private static void shade(VBox cell, double value) {
    cell.setStyle(
        String.format(
            Locale.ROOT,
            "-fx-background-color: rgba(11, 107, 203, %.2f);",
            0.45 * Math.clamp(value, 0, 1)));
  }
}
