package org.pagexplorer.ui.training;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import javafx.animation.PauseTransition;
import javafx.application.Platform;
import javafx.beans.InvalidationListener;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TextField;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import javafx.util.Duration;
import javafx.util.StringConverter;
import org.kordamp.ikonli.javafx.FontIcon;
import org.pagexplorer.cli.TrainCheck;
import org.pagexplorer.cli.TrainCheck.Checked;
import org.pagexplorer.domain.Alignment;
import org.pagexplorer.domain.Method;
import org.pagexplorer.engine.TorchEngine;
import org.pagexplorer.lab.Durations;
import org.pagexplorer.lab.model.EngineLane;
import org.pagexplorer.run.Recipe;
import org.pagexplorer.run.TrainingEstimate;
import org.pagexplorer.ui.support.Background;
import org.pagexplorer.ui.support.FileDialogs;
import org.pagexplorer.ui.support.Sentence;

/** What is to be trained, checked while it is typed. */
final class RunForm extends ScrollPane {
  private static final String SMALL = "small and quick (chosen)";
  private static final Duration SETTLED = Duration.millis(500);

  private final TrainingViewModel model;
  private final FileDialogs dialogs;
  private final ComboBox<String> recipe = new ComboBox<>();
  private final ComboBox<Method> method = new ComboBox<>();
  private final ComboBox<String> schedule = new ComboBox<>();
  private final ComboBox<String> norm = new ComboBox<>();
  private final ComboBox<String> align = new ComboBox<>();
  private final ComboBox<String> statistics = new ComboBox<>();
  private final ComboBox<String> device = new ComboBox<>();
  private final TextField name = new TextField();
  private final TextField dataset = new TextField();
  private final TextField teacher = new TextField();
  private final Map<RunField, TextField> numbers = new LinkedHashMap<>();
  private final GridPane grid = new GridPane(10, 8);
  private final Label verdict = new Label();
  private final Label estimate = new Label();
  private final Button begin = new Button("Train", new FontIcon("mdi2p-play"));
  private final PauseTransition settle = new PauseTransition(SETTLED);
  private volatile int asked;
  private boolean filling;

  RunForm(TrainingViewModel model, FileDialogs dialogs) {
    this.model = model;
    this.dialogs = dialogs;
    getStyleClass().add("run-form");
    setFitToWidth(true);
    setHbarPolicy(ScrollBarPolicy.NEVER);
    recipe.getItems().add(SMALL);
    recipe.getItems().addAll(Recipe.ids());
    recipe.setValue(SMALL);
    method.getItems().setAll(Method.values());
    method.setConverter(titles());
    method.setValue(Method.CLASS_MEAN);
    schedule.getItems().setAll("one-cycle", "constant", "step");
    schedule.setValue("one-cycle");
    norm.getItems().setAll("l2", "linf");
    norm.setValue("l2");
    for (Alignment.Gradient gradient : Alignment.Gradient.values()) {
      align.getItems().add(gradient.id());
    }
    align.setValue(Alignment.USUAL.gradient().id());
    align.setTooltip(
        new Tooltip(
            "Which input-gradient is aligned: logit, ∇ₓ f(x)_c as in Eq. 1 of the paper, or"
                + " log-probability, ∇ₓ log p(c | x) as in the authors' later code."));
    for (Alignment.Statistics each : Alignment.Statistics.values()) {
      statistics.getItems().add(each.id());
    }
    statistics.setValue(Alignment.USUAL.statistics().id());
    statistics.setTooltip(
        new Tooltip(
            "Batch norms while gradients are aligned: running, so that each image's gradient"
                + " depends on that image alone, or batch, the one pass of train mode as in the"
                + " authors' code."));
    device.setItems(model.devices());
    device.setValue("cpu");
    for (RunField field : RunField.NUMBERS) {
      TextField text = new TextField(field.usual());
      text.setId("run" + field.option().substring(1));
      text.setTooltip(new Tooltip(field.tip()));
      numbers.put(field, text);
    }
    name.setId("run-name");
    dataset.setId("run-dataset");
    teacher.setId("run-teacher");
    method.setId("run-method");
    recipe.setId("run-recipe");
    schedule.setId("run-schedule");
    norm.setId("run-norm");
    align.setId("run-align");
    statistics.setId("run-statistics");
    device.setId("run-device");
    begin.setId("run-begin");
    begin.getStyleClass().add("accent");
    verdict.setId("run-verdict");
    verdict.setWrapText(true);
    estimate.setId("run-estimate");
    estimate.setWrapText(true);
    estimate.getStyleClass().add("explanation");
    ColumnConstraints labels = new ColumnConstraints(110);
    ColumnConstraints fields = new ColumnConstraints();
    fields.setHgrow(Priority.ALWAYS);
    grid.getColumnConstraints().setAll(labels, fields);
    Label title = new Label("Train");
    title.getStyleClass().add("pane-title");
    VBox content = new VBox(12, title, grid, verdict, estimate, begin);
    content.getStyleClass().add("run-form-content");
    setContent(content);
    begin.setOnAction(event -> model.begin(name.getText().strip(), arguments()));
    settle.setOnFinished(event -> check());
    listen();
    layOut();
    proposeName();
    changed();
  }

  private static StringConverter<Method> titles() {
    return new StringConverter<>() {
      @Override
      public String toString(Method value) {
        return value == null ? "" : value.title();
      }

      @Override
      public Method fromString(String text) {
        throw new UnsupportedOperationException("chosen, never typed");
      }
    };
  }

  private void listen() {
    InvalidationListener changed = property -> changed();
    for (TextField text : numbers.values()) {
      text.textProperty().addListener(changed);
    }
    for (TextField text : List.of(name, dataset, teacher)) {
      text.textProperty().addListener(changed);
    }
    for (ComboBox<String> box : List.of(schedule, norm, align, statistics, device)) {
      box.valueProperty().addListener(changed);
    }
    method
        .valueProperty()
        .addListener(
            (property, old, now) -> {
              layOut();
              proposeName();
              changed();
            });
    recipe.valueProperty().addListener((property, old, now) -> fill(now));
    model.runsProperty().addListener((property, old, now) -> proposeAnother());
  }

  /** The fields that the method has. */
  private void layOut() {
    grid.getChildren().clear();
    row("recipe", recipe);
    row("method", method);
    row("name", name);
    row("images", withButton(dataset, "run-choose-dataset", this::chooseDataset));
    if (method.getValue() == Method.RIGD) {
      row("teacher", withButton(teacher, "run-choose-teacher", this::chooseTeacher));
    }
    for (Map.Entry<RunField, TextField> entry : numbers.entrySet()) {
      if (entry.getKey().isOf(method.getValue())) {
        row(entry.getKey().label(), entry.getValue());
      }
    }
    if (method.getValue() == Method.ADVERSARIAL) {
      row("adversary's norm", norm);
    }
    if (method.getValue().aligns()) {
      row("aligned gradient", align);
      row("batch norms", statistics);
    }
    row("schedule", schedule);
    row("device", device);
  }

  private void row(String label, Node field) {
    int row = grid.getRowCount();
    Label words = new Label(label);
    words.getStyleClass().add("field-name");
    if (field instanceof ComboBox<?> box) {
      box.setMaxWidth(Double.MAX_VALUE);
    }
    grid.addRow(row, words, field);
  }

  private static Node withButton(TextField field, String id, Runnable choose) {
    Button button = new Button("", new FontIcon("mdi2f-folder-open-outline"));
    button.setId(id);
    button.setTooltip(new Tooltip("Choose …"));
    button.setAccessibleText("Choose …");
    button.setOnAction(event -> choose.run());
    HBox.setHgrow(field, Priority.ALWAYS);
    return new HBox(4, field, button);
  }

  private void chooseDataset() {
    dialogs.openFolder().ifPresent(folder -> dataset.setText(folder.toString()));
  }

  private void chooseTeacher() {
    dialogs.open().stream().findFirst().ifPresent(file -> teacher.setText(file.toString()));
  }

  /** Proposes the images that are open elsewhere in the window. */
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
    align.setValue(values.getOrDefault("--align", Alignment.USUAL.gradient().id()));
    statistics.setValue(values.getOrDefault("--statistics", Alignment.USUAL.statistics().id()));
    filling = false;
    changed();
  }

  private void proposeName() {
    String base = method.getValue().id();
    int number = 1;
    while (isTaken(base + "-" + number)) {
      number++;
    }
    name.setText(base + "-" + number);
  }

  private void proposeAnother() {
    if (isTaken(name.getText().strip())) {
      proposeName();
    }
  }

  private boolean isTaken(String proposed) {
    return model.runsProperty().get().stream().anyMatch(run -> run.name().equals(proposed));
  }

  /** What {@code pag train} is to be called with. */
  List<String> arguments() {
    Method chosen = method.getValue();
    List<String> words = new ArrayList<>(List.of("--method", chosen.id()));
    words.addAll(List.of("--name", name.getText().strip()));
    add(words, "--dataset", dataset.getText());
    if (chosen == Method.RIGD) {
      add(words, "--teacher", teacher.getText());
    }
    numbers.forEach(
        (field, text) -> {
          if (field.isOf(chosen)) {
            add(words, field.option(), text.getText());
          }
        });
    if (chosen == Method.ADVERSARIAL) {
      words.addAll(List.of("--norm", norm.getValue()));
    }
    if (chosen.aligns()) {
      words.addAll(List.of("--align", align.getValue(), "--statistics", statistics.getValue()));
    }
    words.addAll(List.of("--schedule", schedule.getValue(), "--device", device.getValue()));
    return words;
  }

  private static void add(List<String> words, String option, String value) {
    if (!value.isBlank()) {
      words.addAll(List.of(option, value.strip()));
    }
  }

  private void changed() {
    if (!filling) {
      asked = asked + 1;
      begin.setDisable(true);
      estimate.setText("");
      settle.playFromStart();
    }
  }

  /** On another thread, since files are read; the latest question's answer counts. */
  private void check() {
    int question = asked;
    if (name.getText().isBlank()) {
      refuse("Give the run a name.");
      return;
    }
    if (dataset.getText().isBlank()) {
      refuse("Choose the folder of a data set.");
      return;
    }
    List<String> words = arguments();
    Background.run(
        () -> TrainCheck.check(words),
        checked -> {
          if (question == asked) {
            accept(checked, question);
          }
        },
        failure -> {
          if (question == asked) {
            refuse(Sentence.of(failure));
          }
        });
  }

  private void refuse(String sentence) {
    verdict.setText(sentence);
    verdict.getStyleClass().setAll("label", "flag");
  }

  private void accept(Checked checked, int question) {
    verdict.setText("%,d images of %s".formatted(checked.train().size(), checked.train().name()));
    verdict.getStyleClass().setAll("label", "explanation");
    begin.setDisable(false);
    estimate.setText("measuring a few steps …");
    model
        .lane()
        .submit(
            l ->
                // The lane is everybody's: nothing is measured for a form that has changed.
                question == asked
                    ? Optional.of(estimate(l, checked))
                    : Optional.<TrainingEstimate>empty())
        .whenComplete(
            (found, failure) ->
                Platform.runLater(
                    () -> {
                      if (question == asked) {
                        estimate.setText(
                            failure == null
                                ? found.map(e -> words(e)).orElse("")
                                : Sentence.of(failure));
                      }
                    }));
  }

  /** Where and with as many threads as the run will have, whatever the window itself uses. */
  private static TrainingEstimate estimate(EngineLane lane, Checked checked) {
    int before = TorchEngine.threads();
    TorchEngine.useThreads(checked.threads());
    try {
      if (checked.device().equals(lane.engine().device())) {
        return estimate(lane.engine(), checked);
      }
      try (TorchEngine other = TorchEngine.open(checked.device())) {
        return estimate(other, checked);
      }
    } finally {
      TorchEngine.useThreads(before);
    }
  }

  private static TrainingEstimate estimate(TorchEngine engine, Checked checked) {
    return TrainingEstimate.of(engine, checked.plan(), checked.train(), checked.testImages());
  }

  private static String words(TrainingEstimate found) {
    String memory =
        found.bytes().isPresent()
            ? String.format(
                Locale.ROOT, ", with %.1f GB of memory", found.bytes().getAsLong() / 1e9)
            : "";
    // Other work that runs now slows the measured steps down, so that no idle machine is promised.
    return "About "
        + Durations.words(found.seconds())
        + " at this machine's present load"
        + memory
        + ".";
  }
}
