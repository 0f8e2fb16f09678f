package org.pagexplorer.ui.training;

import com.google.gson.JsonObject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javafx.beans.InvalidationListener;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.ObservableList;
import javafx.scene.Node;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import org.pagexplorer.dataset.Fit;
import org.pagexplorer.domain.Alignment;
import org.pagexplorer.domain.Method;
import org.pagexplorer.run.Recipe;
import org.pagexplorer.ui.control.Buttons;
import org.pagexplorer.ui.settings.Part;
import org.pagexplorer.ui.support.FileDialogs;

/** Everything that {@code pag train} may be told, laid out as the method needs it. */
final class RunFields extends GridPane {
  private static final Set<String> GRADIENT_NUMBERS =
      Set.of("--input-size", "--neighbors", "--clusters", "--limit", "--seed", "--threads");

  private final FileDialogs dialogs;
  private final Runnable changed;
  private final RunInputs in;
  private final JsonObject usual;
  private boolean filling;

  /**
   * @param devices where a run may be trained
   * @param changed told of every change of the arguments, once for a recipe's
   */
  RunFields(ObservableList<String> devices, FileDialogs dialogs, Runnable changed) {
    super(10, 8);
    this.dialogs = dialogs;
    this.changed = changed;
    in = new RunInputs(devices);
    ColumnConstraints labels = new ColumnConstraints(126);
    ColumnConstraints fields = new ColumnConstraints();
    fields.setHgrow(Priority.ALWAYS);
    getColumnConstraints().setAll(labels, fields);
    listen();
    layOut();
    usual = part().give();
  }

  private void listen() {
    InvalidationListener listener = property -> changed();
    for (TextField text : in.numbers.values()) {
      text.textProperty().addListener(listener);
    }
    for (TextField text :
        List.of(in.name, in.dataset, in.teacher, in.gradients, in.initialCheckpoint)) {
      text.textProperty().addListener(listener);
    }
    for (ComboBox<String> box : List.of(in.schedule, in.norm, in.align, in.statistics, in.device)) {
      box.valueProperty().addListener(listener);
    }
    in.norm.valueProperty().addListener((property, old, now) -> radius(old, now));
    in.fit.valueProperty().addListener(listener);
    in.mixedPrecision.selectedProperty().addListener(listener);
    in.method
        .valueProperty()
        .addListener(
            (property, old, now) -> {
              layOut();
              changed();
            });
    in.realization
        .valueProperty()
        .addListener(
            (property, old, now) -> {
              layOut();
              changed();
            });
    in.recipe.valueProperty().addListener((property, old, now) -> fill(now));
  }

  /** Another norm has other sizes: it comes with its own ε, where none was typed. */
  private void radius(String old, String now) {
    in.numbers.forEach(
        (field, text) -> {
          if (!filling
              && field.option().equals("--epsilon")
              && text.getText().equals(RunInputs.usualRadius(old))) {
            text.setText(RunInputs.usualRadius(now));
          }
        });
  }

  private void changed() {
    if (!filling) {
      changed.run();
    }
  }

  /** The fields that the method has. */
  private void layOut() {
    getChildren().clear();
    row("recipe", in.recipe);
    row("method", in.method);
    row("name", in.name);
    row(
        "images",
        withButton(
            in.dataset,
            "run-choose-dataset",
            "Choose the folder of the dataset …",
            this::chooseDataset));
    if (in.method.getValue() == Method.ADVERSARIAL) {
      row("aligned with", in.realization);
    }
    if (aligned() == Method.RIGD) {
      row(
          "teacher",
          withButton(
              in.teacher,
              "run-choose-teacher",
              "Choose the teacher's checkpoint …",
              () -> choose(in.teacher)));
    }
    if (aligned() == Method.FROM_FILE) {
      row(
          "gradients",
          withButton(
              in.gradients,
              "run-choose-gradients",
              "Choose the file of gradients …",
              () -> choose(in.gradients)));
    }
    row(
        "initial weights",
        withButton(
            in.initialCheckpoint,
            "run-choose-initial-checkpoint",
            "Choose the checkpoint to begin with …",
            () -> choose(in.initialCheckpoint)));
    for (Map.Entry<RunField, TextField> entry : in.numbers.entrySet()) {
      if (isNeeded(entry.getKey())) {
        row(entry.getKey().label(), field(entry.getKey(), entry.getValue()));
      }
    }
    if (in.method.getValue() == Method.ADVERSARIAL) {
      row("adversary's norm", in.norm);
    }
    if (aligned().aligns()) {
      row("aligned gradient", in.align);
      row("batch norms", in.statistics);
    }
    row("schedule", in.schedule);
    row("device", in.device);
    row("precision", in.mixedPrecision);
  }

  /** The method whose gradients are aligned; adversarial training borrows another's. */
  private Method aligned() {
    boolean borrows =
        in.method.getValue() == Method.ADVERSARIAL
            && !in.realization.getValue().equals(RunInputs.NONE);
    return borrows ? Method.of(in.realization.getValue()) : in.method.getValue();
  }

  private boolean isNeeded(RunField field) {
    return field.isOf(in.method.getValue()) || field.isOf(aligned());
  }

  /** How images get the input size stands beside it. */
  private Node field(RunField field, TextField text) {
    if (!field.option().equals("--input-size")) {
      return text;
    }
    HBox.setHgrow(text, Priority.ALWAYS);
    in.fit.setMinWidth(USE_PREF_SIZE);
    return new HBox(4, text, in.fit);
  }

  private void row(String label, Node field) {
    int row = getRowCount();
    Label words = new Label(label);
    words.getStyleClass().add("field-name");
    if (field instanceof ComboBox<?> box) {
      box.setMaxWidth(Double.MAX_VALUE);
    }
    addRow(row, words, field);
  }

  private static Node withButton(TextField field, String id, String tip, Runnable choose) {
    HBox.setHgrow(field, Priority.ALWAYS);
    return new HBox(4, field, Buttons.icon(id, "mdi2f-folder-open-outline", tip, choose));
  }

  private void chooseDataset() {
    dialogs.openFolder().ifPresent(folder -> in.dataset.setText(folder.toString()));
  }

  private void choose(TextField field) {
    dialogs.open().stream().findFirst().ifPresent(file -> field.setText(file.toString()));
  }

  /** Proposes a folder of images, where none is chosen. */
  void propose(Path folder) {
    if (in.dataset.getText().isBlank()) {
      in.dataset.setText(folder.toString());
    }
  }

  /** A recipe's values, whichever was chosen before; what only the user knows stays. */
  private void fill(String id) {
    filling = true;
    boolean small = id.equals(RunInputs.SMALL);
    Map<String, String> values = small ? Map.of() : Recipe.named(id).arguments();
    if (!small) {
      in.method.setValue(Method.of(values.getOrDefault("--method", "vanilla")));
    }
    in.numbers.forEach(
        (field, text) -> {
          // All target classes are the paper's.
          String usual = !small && field.option().equals("--targets-per-step") ? "" : field.usual();
          if (small || !field.isOfThisTraining()) {
            text.setText(values.getOrDefault(field.option(), usual));
          }
        });
    in.schedule.setValue(values.getOrDefault("--schedule", small ? "one-cycle" : "constant"));
    in.norm.setValue(values.getOrDefault("--norm", "l2"));
    in.realization.setValue(RunInputs.NONE);
    in.align.setValue(values.getOrDefault("--align", Alignment.USUAL.gradient().id()));
    in.statistics.setValue(values.getOrDefault("--statistics", Alignment.USUAL.statistics().id()));
    in.mixedPrecision.setSelected(false);
    filling = false;
    changed();
  }

  /**
   * All but the name, which is a run's own. The recipe comes first, since it fills the others, and
   * the norm before ε, which it brings along.
   */
  Part part() {
    Part part = new Part("train");
    choice(part, "recipe", in.recipe);
    part.choice("method", in.method.valueProperty(), Method.values());
    part.text("dataset", in.dataset.textProperty()).text("teacher", in.teacher.textProperty());
    part.text("gradients", in.gradients.textProperty());
    part.text("initial-checkpoint", in.initialCheckpoint.textProperty());
    choice(part, "norm", in.norm);
    in.numbers.forEach(
        (field, text) -> part.text(field.option().substring(2), text.textProperty()));
    part.choice("fit", in.fit.valueProperty(), Fit.values());
    choice(part, "schedule", in.schedule);
    choice(part, "realization", in.realization);
    choice(part, "align", in.align);
    choice(part, "statistics", in.statistics);
    return part;
  }

  private static void choice(Part part, String name, ComboBox<String> box) {
    part.text(
        name,
        box::getValue,
        value -> {
          if (box.getItems().contains(value)) {
            box.setValue(value);
          }
        },
        box.valueProperty());
  }

  /** As it is at first; what only the user knows stays. */
  void reset() {
    JsonObject first = usual.deepCopy();
    List.of("dataset", "teacher", "gradients", "initial-checkpoint").forEach(first::remove);
    part().take(first);
  }

  /** What {@code pag train} is to be called with. */
  List<String> arguments() {
    Method chosen = in.method.getValue();
    List<String> words = new ArrayList<>(List.of("--method", chosen.id()));
    words.addAll(List.of("--name", in.name.getText().strip()));
    add(words, "--dataset", in.dataset.getText());
    if (aligned() != chosen) {
      words.addAll(List.of("--realization", aligned().id()));
    }
    if (aligned() == Method.RIGD) {
      add(words, "--teacher", in.teacher.getText());
    }
    if (aligned() == Method.FROM_FILE) {
      add(words, "--gradients", in.gradients.getText());
    }
    add(words, "--initial-checkpoint", in.initialCheckpoint.getText());
    in.numbers.forEach(
        (field, text) -> {
          if (isNeeded(field)) {
            add(words, field.option(), text.getText());
          }
        });
    if (in.fit.getValue() != Fit.CROP) {
      add(words, "--fit", in.fit.getValue().id());
    }
    if (chosen == Method.ADVERSARIAL) {
      words.addAll(List.of("--norm", in.norm.getValue()));
    }
    if (aligned().aligns()) {
      words.addAll(
          List.of("--align", in.align.getValue(), "--statistics", in.statistics.getValue()));
    }
    words.addAll(List.of("--schedule", in.schedule.getValue(), "--device", in.device.getValue()));
    if (in.mixedPrecision.isSelected()) {
      words.add("--mixed-precision");
    }
    return words;
  }

  private static void add(List<String> words, String option, String value) {
    if (!value.isBlank()) {
      words.addAll(List.of(option, value.strip()));
    }
  }

  /**
   * What {@code pag gradients} is to be called with beside the file and what the dialog asks: the
   * form's values of everything that decides which gradients a training would align with.
   */
  List<String> gradientArguments(Method source) {
    List<String> words = new ArrayList<>(List.of("--method", source.id()));
    add(words, "--dataset", in.dataset.getText());
    in.numbers.forEach(
        (field, text) -> {
          if (GRADIENT_NUMBERS.contains(field.option()) && field.isOf(source)) {
            add(words, field.option(), text.getText());
          }
        });
    if (in.fit.getValue() != Fit.CROP) {
      add(words, "--fit", in.fit.getValue().id());
    }
    if (source == Method.RIGD) {
      words.addAll(List.of("--align", in.align.getValue()));
    }
    words.addAll(List.of("--device", in.device.getValue()));
    return words;
  }

  /** Which gradients the form's training would align with, if with any. */
  Method source() {
    return aligned();
  }

  /** The teacher's checkpoint. */
  StringProperty teacherProperty() {
    return in.teacher.textProperty();
  }

  /** The file of gradients to train from. */
  StringProperty gradientsProperty() {
    return in.gradients.textProperty();
  }

  ObjectProperty<Method> methodProperty() {
    return in.method.valueProperty();
  }

  /** The run's name. */
  StringProperty nameProperty() {
    return in.name.textProperty();
  }

  /** The folder of its images. */
  String dataset() {
    return in.dataset.getText();
  }
}
