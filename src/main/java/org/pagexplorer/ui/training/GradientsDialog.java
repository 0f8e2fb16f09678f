package org.pagexplorer.ui.training;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javafx.animation.PauseTransition;
import javafx.beans.InvalidationListener;
import javafx.geometry.Insets;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ButtonBar.ButtonData;
import javafx.scene.control.ButtonType;
import javafx.scene.control.CheckBox;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Dialog;
import javafx.scene.control.Label;
import javafx.scene.control.TextArea;
import javafx.scene.control.TextField;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.stage.Window;
import javafx.util.Duration;
import org.jspecify.annotations.Nullable;
import org.pagexplorer.cli.GradientsCheck;
import org.pagexplorer.cli.GradientsCheck.Checked;
import org.pagexplorer.cli.ShellWords;
import org.pagexplorer.domain.Method;
import org.pagexplorer.ui.control.Buttons;
import org.pagexplorer.ui.control.Labels;
import org.pagexplorer.ui.control.LineBreaks;
import org.pagexplorer.ui.control.Titles;
import org.pagexplorer.ui.support.BackgroundTask;
import org.pagexplorer.ui.support.ClipboardText;
import org.pagexplorer.ui.support.FileDialogs;
import org.pagexplorer.ui.support.Request;
import org.pagexplorer.ui.support.Requests;
import org.pagexplorer.ui.support.Sentence;
import org.pagexplorer.ui.support.Tips;

/**
 * Which gradients of the form's images are written, and where; checked while it is typed. All that
 * is not asked here is as in the form.
 */
final class GradientsDialog {
  private static final double WIDTH = 460;

  /** Of its longest sentence, so that the dialog keeps its size. */
  private static final double VERDICT = 76;

  private static final Duration SETTLED = Duration.millis(400);
  private static final String TRAINING = "training images";
  private static final String TEST = "test images";

  private final RunFields form;
  private final FileDialogs dialogs;
  private final Dialog<ButtonType> dialog = new Dialog<>();
  private final ComboBox<Method> source = new ComboBox<>();
  private final ComboBox<String> images = new ComboBox<>();
  private final TextField from = new TextField();
  private final Label fromName = name("");
  private final TextField file = new TextField();
  private final CheckBox half = new CheckBox("float16");
  private final Label verdict = Labels.explanation("", WIDTH);
  private final TextArea command = new TextArea();
  private final Button write;
  private final PauseTransition settle = new PauseTransition(SETTLED);
  private final Requests questions = new Requests();
  private @Nullable Checked checked;

  /**
   * @param accepted told what is to be written, and whether it is of training images
   */
  GradientsDialog(Window owner, RunFields form, FileDialogs dialogs, Accepted accepted) {
    this.form = form;
    this.dialogs = dialogs;
    dialog.initOwner(owner);
    dialog.setTitle("PAG Explorer: write gradients");
    ButtonType writing = new ButtonType("Write", ButtonData.OK_DONE);
    dialog.getDialogPane().getButtonTypes().addAll(writing, ButtonType.CANCEL);
    write = (Button) dialog.getDialogPane().lookupButton(writing);
    write.setId("gradients-write");
    Tips.on(write, "Compute and write them; Running lists it, with a stop button");
    lay();
    listen();
    dialog
        .resultProperty()
        .addListener(
            (property, old, answer) -> {
              if (answer == writing && checked != null) {
                accepted.take(checked, TRAINING.equals(images.getValue()));
              }
            });
    dialog.setOnHidden(
        event -> {
          settle.stop();
          questions.cancel();
        });
    changed();
  }

  /** What is to be written. */
  @FunctionalInterface
  interface Accepted {
    void take(Checked checked, boolean isOfTrainingImages);
  }

  void show() {
    dialog.show();
  }

  private void lay() {
    offer(
        source,
        "gradients-method",
        "Where they come from: a realization of the paper's section 4, a robust model's own"
            + " (RIGD), or another file, to convert it");
    source.getItems().setAll(Stream.of(Method.values()).filter(Method::aligns).toList());
    source.setConverter(Titles.of(Method::title));
    Method own = form.source();
    source.setValue(own.aligns() ? own : Method.CLASS_MEAN);
    offer(
        images,
        "gradients-images",
        "Of which images: those to train on with Gradients from a file, or the held-out ones, for"
            + " Alignment's Gradients…");
    images.getItems().setAll(TRAINING, TEST);
    images.setValue(TRAINING);
    describe(from, "gradients-from", "The teacher's checkpoint, or the file to convert");
    describe(
        file,
        "gradients-file",
        "The file to write or replace: .npy for everybody, or .safetensors, which also says of"
            + " which images it is");
    half.setId("gradients-float16");
    Tips.on(
        half,
        "Half the size; each gradient is scaled by a power of two, since only its direction"
            + " counts");
    verdict.setId("gradients-verdict");
    command.setId("gradients-command");
    command.getStyleClass().add("report");
    command.setEditable(false);
    LineBreaks.whereSafe(command);
    command.setPrefRowCount(5);
    verdict.setMinHeight(VERDICT);
    verdict.setAlignment(Pos.TOP_LEFT);
    GridPane rows = new GridPane(10, 8);
    rows.addRow(0, name("gradients"), source);
    rows.addRow(1, fromName, withButton(from, "gradients-choose-from", this::chooseFrom));
    rows.addRow(2, name("of"), images);
    rows.addRow(3, name("file"), withButton(file, "gradients-choose-file", this::chooseFile));
    rows.addRow(4, name("numbers"), half);
    VBox content =
        new VBox(
            12,
            rows,
            verdict,
            command,
            Buttons.of(
                "gradients-copy-command",
                "Copy command",
                "Copy the command that writes the same file",
                () -> ClipboardText.copy(command.getText())));
    content.setPadding(new Insets(18, 18, 6, 18));
    content.setPrefWidth(WIDTH + 36);
    dialog.getDialogPane().setContent(content);
  }

  private static Label name(String text) {
    Label name = Labels.styled("field-name", text);
    name.setMinWidth(Region.USE_PREF_SIZE);
    return name;
  }

  private static <T> void offer(ComboBox<T> box, String id, String tip) {
    box.setId(id);
    Tips.on(box, tip);
    box.setMaxWidth(Double.MAX_VALUE);
    GridPane.setHgrow(box, Priority.ALWAYS);
  }

  private static void describe(TextField field, String id, String tip) {
    field.setId(id);
    Tips.on(field, tip);
    HBox.setHgrow(field, Priority.ALWAYS);
  }

  private static Node withButton(TextField field, String id, Runnable choose) {
    return new HBox(
        4, field, Buttons.icon(id, "mdi2f-folder-open-outline", "Choose the file …", choose));
  }

  private void listen() {
    InvalidationListener listener = property -> changed();
    source.valueProperty().addListener((property, old, now) -> choose(now));
    images.valueProperty().addListener(listener);
    from.textProperty().addListener(listener);
    file.textProperty().addListener(listener);
    half.selectedProperty().addListener(listener);
    settle.setOnFinished(event -> check());
    choose(source.getValue());
  }

  /** A teacher, or the file that is converted, as the form has it. */
  private void choose(Method method) {
    boolean isNeeded = method == Method.RIGD || method == Method.FROM_FILE;
    fromName.setText(method == Method.FROM_FILE ? "from" : "teacher");
    Node field = from.getParent();
    fromName.setVisible(isNeeded);
    field.setVisible(isNeeded); // its room stays, so that the dialog keeps its size
    from.setText(
        (method == Method.FROM_FILE ? form.gradientsProperty() : form.teacherProperty()).get());
    changed();
  }

  private void chooseFrom() {
    dialogs.open().stream().findFirst().ifPresent(chosen -> from.setText(chosen.toString()));
  }

  private void chooseFile() {
    dialogs
        .save(source.getValue().id() + ".safetensors")
        .ifPresent(chosen -> file.setText(chosen.toString()));
  }

  /** What {@code pag gradients} is called with. */
  private List<String> arguments() {
    Method method = source.getValue();
    List<String> words = new ArrayList<>(form.gradientArguments(method));
    if (method == Method.RIGD || method == Method.FROM_FILE) {
      words.addAll(
          List.of(method == Method.RIGD ? "--teacher" : "--gradients", from.getText().strip()));
    }
    if (TEST.equals(images.getValue())) {
      words.addAll(List.of("--split", "test"));
    }
    if (half.isSelected()) {
      words.add("--float16");
    }
    words.addAll(List.of("--out", file.getText().strip()));
    return words;
  }

  private void changed() {
    questions.cancel();
    checked = null;
    write.setDisable(true);
    command.setText(
        ShellWords.join(Stream.concat(Stream.of("pag", "gradients"), arguments().stream())));
    settle.playFromStart();
  }

  /** On another thread, since files are read; the latest question's answer counts. */
  private void check() {
    if (form.dataset().isBlank()) {
      refuse("Choose the folder of a dataset in the form.");
      return;
    }
    if (source.getValue() == Method.RIGD && from.getText().isBlank()) {
      refuse("Choose the teacher's checkpoint.");
      return;
    }
    if (source.getValue() == Method.FROM_FILE && from.getText().isBlank()) {
      refuse("Choose the file of gradients to convert.");
      return;
    }
    if (file.getText().isBlank()) {
      refuse("Choose the file to write, .npy or .safetensors.");
      return;
    }
    List<String> words = arguments();
    Request mine = questions.next();
    BackgroundTask.of(() -> GradientsCheck.check(words))
        .within(mine)
        .onDone(this::accept)
        .onFailed(failure -> refuse(Sentence.of(failure)))
        .start();
  }

  private void refuse(String sentence) {
    verdict.setText(sentence);
    verdict.getStyleClass().setAll("label", "flag");
  }

  private void accept(Checked found) {
    checked = found;
    verdict.setText(
        "%s: %s numbers, %,.1f MB"
            .formatted(found.asked().name(), found.sides(), found.writer().bytes() / 1e6));
    verdict.getStyleClass().setAll("label", "explanation");
    write.setDisable(false);
  }
}
