package org.pagexplorer.ui.training;

import java.nio.file.Path;
import java.util.List;
import javafx.animation.Animation;
import javafx.animation.PauseTransition;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TextField;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import javafx.util.Duration;
import org.kordamp.ikonli.javafx.FontIcon;
import org.pagexplorer.cli.TrainCheck;
import org.pagexplorer.cli.TrainCheck.Checked;
import org.pagexplorer.ui.control.Buttons;
import org.pagexplorer.ui.control.Labels;
import org.pagexplorer.ui.settings.Part;
import org.pagexplorer.ui.support.BackgroundTask;
import org.pagexplorer.ui.support.FileDialogs;
import org.pagexplorer.ui.support.Request;
import org.pagexplorer.ui.support.Sentence;
import org.pagexplorer.ui.support.Tips;

/** What is to be trained, checked while it is typed. */
final class RunForm extends BorderPane {
  private static final Duration SETTLED = Duration.millis(500);

  private final TrainingViewModel model;
  private final RunFields fields;
  private final Label verdict = new Label();
  private final Label estimate = new Label();
  private final Button begin = new Button("Train", new FontIcon("mdi2p-play"));
  private final PauseTransition settle = new PauseTransition(SETTLED);

  /** Whether what the form says now can be trained. */
  private boolean isChecked;

  /** Whether it is to be trained as soon as that is known. */
  private boolean isPressed;

  RunForm(TrainingViewModel model, FileDialogs dialogs) {
    this.model = model;
    fields = new RunFields(model.devices(), dialogs, this::changed);
    getStyleClass().add("run-form");
    begin.setId("run-begin");
    begin.getStyleClass().add("accent");
    Tips.on(
        begin,
        "Train in a separate process, which continues when the window is closed; it waits while"
            + " another run is training");
    verdict.setId("run-verdict");
    verdict.setWrapText(true);
    estimate.setId("run-estimate");
    estimate.setWrapText(true);
    estimate.getStyleClass().add("explanation");
    Label title = Labels.styled("pane-title", "Train");
    title.setMaxWidth(Double.MAX_VALUE);
    HBox.setHgrow(title, Priority.ALWAYS);
    HBox head =
        new HBox(
            title,
            Buttons.flat(
                "run-reset",
                "mdi2b-backup-restore",
                "Reset the form to the defaults",
                fields::reset));
    VBox content = new VBox(12, head, fields);
    content.getStyleClass().add("run-form-content");
    ScrollPane scroll = new ScrollPane(content);
    scroll.setFitToWidth(true);
    scroll.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
    setCenter(scroll);
    HBox actions =
        new HBox(
            8,
            begin,
            Buttons.of(
                "run-write-gradients",
                "Write gradients…",
                "Write the ground-truth gradients of these images into a file: to train from it, to"
                    + " compare models with in Alignment, or for other programs",
                () -> askForGradients(dialogs)));
    VBox foot = new VBox(6, verdict, estimate, actions); // in sight however long the form is
    foot.getStyleClass().add("run-form-foot");
    setBottom(foot);
    begin.setOnAction(event -> begin());
    settle.setOnFinished(event -> check());
    fields.methodProperty().addListener((property, old, now) -> proposeName());
    model.runsProperty().addListener((property, old, now) -> proposeAnother());
    proposeName();
    changed();
  }

  private void askForGradients(FileDialogs dialogs) {
    new GradientsDialog(
            getScene().getWindow(),
            fields,
            dialogs,
            (checked, isOfTrainingImages) ->
                model
                    .gradients()
                    .begin(
                        checked,
                        written -> {
                          if (isOfTrainingImages && fields.gradientsProperty().get().isBlank()) {
                            fields.gradientsProperty().set(written.toString());
                          }
                        }))
        .show();
  }

  /** Proposes the images that are open elsewhere in the window. */
  void propose(Path folder) {
    fields.propose(folder);
  }

  /** What is to be remembered of it. */
  Part part() {
    return fields.part();
  }

  private String name() {
    return fields.nameProperty().get().strip();
  }

  private void proposeName() {
    String base = fields.methodProperty().get().id();
    int number = 1;
    while (isTaken(base + "-" + number)) {
      number++;
    }
    fields.nameProperty().set(base + "-" + number);
  }

  /** Not of a name that is being typed. */
  private void proposeAnother() {
    boolean isTyped =
        getScene() != null
            && getScene().getFocusOwner() instanceof TextField field
            && "run-name".equals(field.getId());
    if (!isTyped && isTaken(name())) {
      proposeName();
    }
  }

  private boolean isTaken(String proposed) {
    return model.runsProperty().get().stream().anyMatch(run -> run.name().equals(proposed));
  }

  /** What {@code pag train} is to be called with. */
  List<String> arguments() {
    return fields.arguments();
  }

  private void changed() {
    model.checks().cancel();
    isChecked = false;
    isPressed = false;
    begin.setDisable(false);
    estimate.setText("");
    settle.playFromStart();
  }

  /** Pressed right after a change, the button waits for the answer to it. */
  private void begin() {
    if (isChecked) {
      model.begin(name(), arguments());
      return;
    }
    isPressed = true;
    begin.setDisable(true);
    if (settle.getStatus() == Animation.Status.RUNNING) {
      settle.stop();
      check();
    }
  }

  /** On another thread, since files are read; the latest question's answer counts. */
  private void check() {
    if (name().isEmpty()) {
      refuse("Give the run a name.");
      return;
    }
    if (fields.dataset().isBlank()) {
      refuse("Choose the folder of a dataset.");
      return;
    }
    String name = name();
    List<String> words = arguments();
    Request mine = model.checks().next();
    BackgroundTask.of(
            () -> {
              model.checkName(name);
              return TrainCheck.check(words);
            })
        .within(mine)
        .onDone(checked -> accept(checked, mine))
        .onFailed(failure -> refuse(Sentence.of(failure)))
        .start();
  }

  private void refuse(String sentence) {
    isPressed = false;
    begin.setDisable(true);
    verdict.setText(sentence);
    verdict.getStyleClass().setAll("label", "flag");
  }

  /** The lane is everybody's: nothing is measured for a form that has changed. */
  private void accept(Checked checked, Request mine) {
    verdict.setText("%,d images of %s".formatted(checked.train().size(), checked.train().name()));
    verdict.getStyleClass().setAll("label", "explanation");
    begin.setDisable(false);
    isChecked = true;
    if (isPressed) {
      isPressed = false;
      begin();
    }
    estimate.setText("measuring a few steps …");
    BackgroundTask.on(model.lane(), l -> RunEstimate.of(l, checked, mine::isCancelled))
        .within(mine)
        .onDone(estimate::setText)
        .onFailed(failure -> estimate.setText(Sentence.of(failure)))
        .start();
  }
}
