package org.pagexplorer.ui.training;

import com.google.gson.JsonObject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javafx.beans.InvalidationListener;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.ObservableList;
import javafx.scene.Node;
import javafx.scene.control.CheckBox;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Control;
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
import org.pagexplorer.ui.control.Titles;
import org.pagexplorer.ui.settings.Part;
import org.pagexplorer.ui.support.FileDialogs;
import org.pagexplorer.ui.support.Tips;

/** Everything that {@code pag train} may be told, laid out as the method needs it. */
final class RunFields extends GridPane {
  private static final String SMALL = "small and quick";

  /** Adversarial training that aligns nothing. */
  private static final String NONE = "none";

  private final FileDialogs dialogs;
  private final Runnable changed;
  private final ComboBox<String> recipe = new ComboBox<>();
  private final ComboBox<Method> method = new ComboBox<>();
  private final ComboBox<String> schedule = new ComboBox<>();
  private final ComboBox<String> norm = new ComboBox<>();
  private final ComboBox<String> realization = new ComboBox<>();
  private final ComboBox<String> align = new ComboBox<>();
  private final ComboBox<String> statistics = new ComboBox<>();
  private final ComboBox<Fit> fit = new ComboBox<>();
  private final ComboBox<String> device = new ComboBox<>();
  private final CheckBox mixedPrecision = new CheckBox("convolutions in bfloat16");
  private final TextField name = new TextField();
  private final TextField dataset = new TextField();
  private final TextField teacher = new TextField();
  private final TextField gradients = new TextField();
  private final Map<RunField, TextField> numbers = new LinkedHashMap<>();
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
    offerMethods();
    offerTheRest(devices);
    describe(name, "run-name", "Name of the run, of its folder, and of the model that it makes");
    describe(
        dataset,
        "run-dataset",
        "Folder of the dataset to train on, with its test images if there are any; the paper:"
            + " CIFAR-10 and STL-10");
    describe(
        teacher,
        "run-teacher",
        "Checkpoint of a robust model whose input-gradients are taught (RIGD, section 4.1); the"
            + " paper on CIFAR-10: robust ResNet-50s of Engstrom et al.");
    describe(
        gradients,
        "run-gradients",
        "File of ground-truth gradients, .npy or .safetensors of N × C × channels × height × width"
            + " numbers, as pag gradients writes it; the paper's authors publish score-based ones");
    for (RunField field : RunField.NUMBERS) {
      TextField text = new TextField(field.usual());
      describe(text, "run" + field.option().substring(1), field.tip());
      numbers.put(field, text);
    }
    ColumnConstraints labels = new ColumnConstraints(110);
    ColumnConstraints fields = new ColumnConstraints();
    fields.setHgrow(Priority.ALWAYS);
    getColumnConstraints().setAll(labels, fields);
    listen();
    layOut();
    usual = part().give();
  }

  private void offerMethods() {
    offer(
        recipe,
        "run-recipe",
        Stream.concat(Stream.of(SMALL), Recipe.ids().stream()),
        SMALL,
        "Fills in the form: a training that finishes quickly on this machine, or one of the paper's"
            + " (section C.2 and Table 3) with all its values");
    offer(
        method,
        "run-method",
        Stream.of(Method.values()),
        Method.CLASS_MEAN,
        "How the model is trained: on cross-entropy alone (vanilla), with gradients aligned to a"
            + " realization of the paper's section 4, adversarially (Eq. 5), or with a penalty on"
            + " the norm of the loss's input-gradient");
    method.setConverter(Titles.of(Method::title));
    Stream<String> aligning = Stream.of(Method.values()).filter(Method::aligns).map(Method::id);
    offer(
        realization,
        "run-realization",
        Stream.concat(Stream.of(NONE), aligning),
        NONE,
        "What adversarial training aligns gradients with, too, at the images before the attack; the"
            + " paper aligns without an adversary");
    offer(
        align,
        "run-align",
        Stream.of(Alignment.Gradient.values()).map(Alignment.Gradient::id),
        Alignment.USUAL.gradient().id(),
        "Which input-gradient is aligned: logit, ∇ₓ f(x)_c as in Eq. 1 of the paper, or"
            + " log-probability, ∇ₓ log p(c | x) as in the authors' later code.");
    offer(
        statistics,
        "run-statistics",
        Stream.of(Alignment.Statistics.values()).map(Alignment.Statistics::id),
        Alignment.USUAL.statistics().id(),
        "Batch norms while gradients are aligned: running, so that each image's gradient depends on"
            + " that image alone, or batch, the one pass of train mode as in the authors' code.");
  }

  private void offerTheRest(ObservableList<String> devices) {
    offer(
        schedule,
        "run-schedule",
        Stream.of("one-cycle", "constant", "step"),
        "one-cycle",
        "How the learning rate changes: one-cycle rises to the peak and falls again (PyTorch's),"
            + " constant stays at it, as in the paper, step divides it by 10 twice");
    offer(
        fit,
        "run-fit",
        Stream.of(Fit.values()),
        Fit.CROP,
        "How images of another size are resized: crop keeps the middle, squash keeps everything and"
            + " changes the proportions");
    fit.setConverter(Titles.of(Fit::title));
    offer(
        norm,
        "run-norm",
        Stream.of("l2", "linf"),
        "l2",
        "Norm of the adversary's ball; the paper's teachers: L2 with ε = 0.5 on CIFAR-10 (1.5 on"
            + " STL-10), and L∞ with 8/255");
    describe(
        device,
        "run-device",
        "Where the run computes: the CPU or a GPU; the paper: one NVIDIA A40");
    device.setItems(devices);
    device.setValue("cpu");
    describe(
        mixedPrecision,
        "run-mixed-precision",
        "Mixed precision: convolutions are computed in bfloat16, 1.6 times as fast on a CPU that"
            + " supports it; weights and losses stay float32. The paper trains in float32.");
  }

  private static <T> void offer(ComboBox<T> box, String id, Stream<T> values, T usual, String tip) {
    describe(box, id, tip);
    values.forEach(box.getItems()::add);
    box.setValue(usual);
  }

  private static void describe(Control control, String id, String tip) {
    control.setId(id);
    Tips.on(control, tip);
  }

  private void listen() {
    InvalidationListener listener = property -> changed();
    for (TextField text : numbers.values()) {
      text.textProperty().addListener(listener);
    }
    for (TextField text : List.of(name, dataset, teacher, gradients)) {
      text.textProperty().addListener(listener);
    }
    for (ComboBox<String> box : List.of(schedule, norm, align, statistics, device)) {
      box.valueProperty().addListener(listener);
    }
    fit.valueProperty().addListener(listener);
    mixedPrecision.selectedProperty().addListener(listener);
    method
        .valueProperty()
        .addListener(
            (property, old, now) -> {
              layOut();
              changed();
            });
    realization
        .valueProperty()
        .addListener(
            (property, old, now) -> {
              layOut();
              changed();
            });
    recipe.valueProperty().addListener((property, old, now) -> fill(now));
  }

  private void changed() {
    if (!filling) {
      changed.run();
    }
  }

  /** The fields that the method has. */
  private void layOut() {
    getChildren().clear();
    row("recipe", recipe);
    row("method", method);
    row("name", name);
    row(
        "images",
        withButton(
            dataset,
            "run-choose-dataset",
            "Choose the folder of the dataset …",
            this::chooseDataset));
    if (method.getValue() == Method.ADVERSARIAL) {
      row("aligned with", realization);
    }
    if (aligned() == Method.RIGD) {
      row(
          "teacher",
          withButton(
              teacher,
              "run-choose-teacher",
              "Choose the teacher's checkpoint …",
              () -> choose(teacher)));
    }
    if (aligned() == Method.FROM_FILE) {
      row(
          "gradients",
          withButton(
              gradients,
              "run-choose-gradients",
              "Choose the file of gradients …",
              () -> choose(gradients)));
    }
    for (Map.Entry<RunField, TextField> entry : numbers.entrySet()) {
      if (isNeeded(entry.getKey())) {
        row(entry.getKey().label(), field(entry.getKey(), entry.getValue()));
      }
    }
    if (method.getValue() == Method.ADVERSARIAL) {
      row("adversary's norm", norm);
    }
    if (aligned().aligns()) {
      row("aligned gradient", align);
      row("batch norms", statistics);
    }
    row("schedule", schedule);
    row("device", device);
    row("precision", mixedPrecision);
  }

  /** The method whose gradients are aligned; adversarial training borrows another's. */
  private Method aligned() {
    boolean borrows =
        method.getValue() == Method.ADVERSARIAL && !realization.getValue().equals(NONE);
    return borrows ? Method.of(realization.getValue()) : method.getValue();
  }

  private boolean isNeeded(RunField field) {
    return field.isOf(method.getValue()) || field.isOf(aligned());
  }

  /** How images get the input size stands beside it. */
  private Node field(RunField field, TextField text) {
    if (!field.option().equals("--input-size")) {
      return text;
    }
    HBox.setHgrow(text, Priority.ALWAYS);
    fit.setMinWidth(USE_PREF_SIZE);
    return new HBox(4, text, fit);
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
    dialogs.openFolder().ifPresent(folder -> dataset.setText(folder.toString()));
  }

  private void choose(TextField field) {
    dialogs.open().stream().findFirst().ifPresent(file -> field.setText(file.toString()));
  }

  /** Proposes a folder of images, where none is chosen. */
  void propose(Path folder) {
    if (dataset.getText().isBlank()) {
      dataset.setText(folder.toString());
    }
  }

  /** A recipe's values, whichever was chosen before; what only the user knows stays. */
  private void fill(String id) {
    filling = true;
    boolean small = id.equals(SMALL);
    Map<String, String> values = small ? Map.of() : Recipe.named(id).arguments();
    if (!small) {
      method.setValue(Method.of(values.getOrDefault("--method", "vanilla")));
    }
    numbers.forEach(
        (field, text) -> {
          // All target classes are the paper's.
          String usual = !small && field.option().equals("--targets-per-step") ? "" : field.usual();
          if (small || !field.isOfThisTraining()) {
            text.setText(values.getOrDefault(field.option(), usual));
          }
        });
    schedule.setValue(values.getOrDefault("--schedule", small ? "one-cycle" : "constant"));
    norm.setValue(values.getOrDefault("--norm", "l2"));
    realization.setValue(NONE);
    align.setValue(values.getOrDefault("--align", Alignment.USUAL.gradient().id()));
    statistics.setValue(values.getOrDefault("--statistics", Alignment.USUAL.statistics().id()));
    mixedPrecision.setSelected(false);
    filling = false;
    changed();
  }

  /** All but the name, which is a run's own. The recipe comes first, since it fills the others. */
  Part part() {
    Part part = new Part("train");
    choice(part, "recipe", recipe);
    part.choice("method", method.valueProperty(), Method.values());
    part.text("dataset", dataset.textProperty()).text("teacher", teacher.textProperty());
    part.text("gradients", gradients.textProperty());
    numbers.forEach((field, text) -> part.text(field.option().substring(2), text.textProperty()));
    part.choice("fit", fit.valueProperty(), Fit.values());
    choice(part, "schedule", schedule);
    choice(part, "norm", norm);
    choice(part, "realization", realization);
    choice(part, "align", align);
    choice(part, "statistics", statistics);
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
    List.of("dataset", "teacher", "gradients").forEach(first::remove);
    part().take(first);
  }

  /** What {@code pag train} is to be called with. */
  List<String> arguments() {
    Method chosen = method.getValue();
    List<String> words = new ArrayList<>(List.of("--method", chosen.id()));
    words.addAll(List.of("--name", name.getText().strip()));
    add(words, "--dataset", dataset.getText());
    if (aligned() != chosen) {
      words.addAll(List.of("--realization", aligned().id()));
    }
    if (aligned() == Method.RIGD) {
      add(words, "--teacher", teacher.getText());
    }
    if (aligned() == Method.FROM_FILE) {
      add(words, "--gradients", gradients.getText());
    }
    numbers.forEach(
        (field, text) -> {
          if (isNeeded(field)) {
            add(words, field.option(), text.getText());
          }
        });
    if (fit.getValue() != Fit.CROP) {
      add(words, "--fit", fit.getValue().id());
    }
    if (chosen == Method.ADVERSARIAL) {
      words.addAll(List.of("--norm", norm.getValue()));
    }
    if (aligned().aligns()) {
      words.addAll(List.of("--align", align.getValue(), "--statistics", statistics.getValue()));
    }
    words.addAll(List.of("--schedule", schedule.getValue(), "--device", device.getValue()));
    if (mixedPrecision.isSelected()) {
      words.add("--mixed-precision");
    }
    return words;
  }

  private static void add(List<String> words, String option, String value) {
    if (!value.isBlank()) {
      words.addAll(List.of(option, value.strip()));
    }
  }

  ObjectProperty<Method> methodProperty() {
    return method.valueProperty();
  }

  /** The run's name. */
  StringProperty nameProperty() {
    return name.textProperty();
  }

  /** The folder of its images. */
  String dataset() {
    return dataset.getText();
  }
}
