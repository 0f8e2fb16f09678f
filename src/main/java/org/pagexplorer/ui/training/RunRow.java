package org.pagexplorer.ui.training;

import java.util.Locale;
import javafx.geometry.Pos;
import javafx.scene.AccessibleRole;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.pagexplorer.lab.Durations;
import org.pagexplorer.lab.runs.RunStatus;
import org.pagexplorer.lab.runs.RunStatus.State;
import org.pagexplorer.run.TrainingObserver.Progress;
import org.pagexplorer.ui.control.Buttons;
import org.pagexplorer.ui.support.Question;
import org.pagexplorer.ui.support.Tips;

/** A run in the list: how far it is, and what can be done with it. */
final class RunRow extends HBox {
  private final TrainingViewModel model;
  private final CheckBox overlay = new CheckBox();
  private final Label words = new Label();
  private final ProgressBar bar = new ProgressBar(0);
  private final HBox buttons = new HBox(4);
  private RunStatus run;

  RunRow(TrainingViewModel model, RunStatus run) {
    super(10);
    this.model = model;
    this.run = run;
    setAlignment(Pos.CENTER_LEFT);
    getStyleClass().add("run-row");
    setId("run-row-" + run.name());
    Tips.on(overlay, "Overlay its curves on the others'");
    overlay.setAccessibleText("Overlay the curves of " + run.name() + " on the others'");
    overlay.setOnAction(event -> overlay());
    Label name = new Label(run.name());
    name.getStyleClass().add("model-name");
    words.setId("run-words-" + run.name());
    words.getStyleClass().add("model-kind");
    words.setWrapText(true);
    VBox text = new VBox(2, name, words);
    HBox.setHgrow(text, Priority.ALWAYS);
    bar.setPrefWidth(160);
    buttons.setMinWidth(Region.USE_PREF_SIZE);
    getChildren().addAll(overlay, text, bar, buttons);
    setFocusTraversable(true);
    setAccessibleRole(AccessibleRole.LIST_ITEM);
    setOnMouseClicked(event -> select());
    setOnKeyPressed(this::keyPressed);
    fillButtons();
    update(run);
  }

  /** Shows how the run stands now. Its buttons stay as long as they are the same ones. */
  void update(RunStatus now) {
    boolean others = now.state() != run.state();
    run = now;
    overlay.setSelected(model.overlaid().contains(run.folder()));
    words.setText(words());
    setAccessibleText(run.name() + ", " + words.getText());
    bar.setVisible(run.epochs() > 0 && run.state() != State.FINISHED);
    bar.setProgress(run.epochs() == 0 ? 0 : run.epochsDone() / run.epochs());
    getStyleClass().remove("run-row-selected");
    if (run.folder().equals(model.selectedProperty().get())) {
      getStyleClass().add("run-row-selected");
    }
    if (others) {
      fillButtons();
    }
  }

  private void select() {
    model.selectedProperty().set(run.folder());
  }

  private void keyPressed(KeyEvent event) {
    boolean chosen = event.getCode() == KeyCode.ENTER || event.getCode() == KeyCode.SPACE;
    if (chosen && event.getTarget() == this) {
      select();
      event.consume();
    }
  }

  private void overlay() {
    if (overlay.isSelected()) {
      model.overlaid().add(run.folder());
    } else {
      model.overlaid().remove(run.folder());
    }
  }

  private String words() {
    String state = run.state().title();
    String epochs =
        !run.isTraining()
            ? ", %s, %d of %d chunks".formatted(run.method(), run.completed(), run.epochs())
            : run.epochs() == 0
                ? ""
                : run.state().isActive()
                    ? ", epoch %d of %d"
                        .formatted(Math.min(run.epochs(), run.completed() + 1), run.epochs())
                    : ", %d of %d epochs".formatted(run.completed(), run.epochs());
    String left =
        run.state() == State.RUNNING
            ? run.progress()
                .map(Progress::secondsLeft)
                .filter(Double::isFinite)
                .map(seconds -> ", " + Durations.words(seconds) + " left")
                .orElse("")
            : "";
    String note = run.note().isEmpty() ? "" : "  ·  " + run.note();
    return state + epochs + left + accuracies() + note;
  }

  private String unit() {
    return run.isTraining() ? "epoch" : "chunk";
  }

  private String accuracies() {
    StringBuilder words = new StringBuilder();
    run.measured()
        .forEach(
            m ->
                words.append(
                    String.format(Locale.ROOT, "  ·  %s %.1f %%", m.attack(), 100 * m.accuracy())));
    return words.toString();
  }

  private void fillButtons() {
    buttons.getChildren().clear();
    if (run.state() == State.RUNNING && run.isTraining()) {
      buttons
          .getChildren()
          .add(
              button(
                  "pause",
                  "mdi2p-pause",
                  "Pause before the next step",
                  () -> model.pause(run, true)));
    }
    if (run.state() == State.PAUSED) {
      buttons
          .getChildren()
          .add(button("continue", "mdi2p-play", "Resume", () -> model.pause(run, false)));
    }
    if (run.state().isActive() || run.state() == State.QUEUED) {
      buttons
          .getChildren()
          .add(
              button(
                  "stop",
                  "mdi2s-stop",
                  "Stop; can be resumed after the last completed " + unit(),
                  () -> model.stop(run)));
    }
    if (run.state().mayResume()) {
      buttons
          .getChildren()
          .add(
              button(
                  "resume",
                  "mdi2p-play-pause",
                  "Resume after the last completed " + unit(),
                  () -> model.resume(run)));
    }
    if (!run.state().isActive()) {
      buttons
          .getChildren()
          .add(
              button(
                  "delete",
                  "mdi2d-delete-outline",
                  "Move the run to the trash …",
                  this::askToDelete));
    }
  }

  private Button button(String id, String icon, String tip, Runnable action) {
    Button button = Buttons.icon("run-" + id + "-" + run.name(), icon, tip, action);
    button.getStyleClass().add("flat");
    return button;
  }

  private void askToDelete() {
    new Question(
            "Move the run \"" + run.name() + "\" to the trash?",
            "Its folder goes there with everything in it, and can be restored from there: "
                + (run.reports().isEmpty()
                    ? run.state() == State.DAMAGED ? "its model too, if there is one." : "the log."
                    : "the model of %d epochs, the curves, the log and the probe's pictures."
                        .formatted(run.completed())),
            "Move to trash",
            "Cancel")
        .ask(getScene().getWindow(), () -> model.delete(run));
  }
}
