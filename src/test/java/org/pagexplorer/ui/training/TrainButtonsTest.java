package org.pagexplorer.ui.training;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.pagexplorer.ui.support.Waiting.waitFor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javafx.beans.property.SimpleObjectProperty;
import javafx.scene.Parent;
import javafx.scene.Scene;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.TextField;
import javafx.scene.layout.Pane;
import javafx.stage.Stage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pagexplorer.domain.Method;
import org.pagexplorer.lab.model.EngineLane;
import org.pagexplorer.lab.runs.RunQueue;
import org.pagexplorer.lab.runs.RunStatus;
import org.pagexplorer.lab.runs.RunStatus.State;
import org.pagexplorer.run.RunDirectory;
import org.pagexplorer.ui.support.AnsweringDialogs;
import org.pagexplorer.ui.support.EveryButton;
import org.pagexplorer.ui.support.FxTest;
import org.pagexplorer.ui.support.Theme;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.Start;

/** Without a process: the test itself holds a run on the device, behind which all others wait. */
@FxTest
class TrainButtonsTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir Path folder;

  private final EngineLane lane = new EngineLane("cpu");
  private final AnsweringDialogs dialogs = new AnsweringDialogs();
  private RunDirectory held;
  private TrainingViewModel model;
  private TrainingView view;

  @Start
  void start(Stage stage) throws IOException {
    held = run("held");
    RunDirectory stopped = run("stopped");
    stopped.event("stopped", Map.of());
    stopped.close();
    model =
        new TrainingViewModel(
            lane, new RunQueue(folder.resolve("runs")), words -> {}, file -> {}, gone -> {});
    view = new TrainingView(model, new SimpleObjectProperty<>(Theme.LIGHT), dialogs);
    stage.setScene(new Scene(view, 1300, 900));
    stage.show();
    model.open();
  }

  /** One that has begun and is being trained, until it is closed. */
  private RunDirectory run(String name) {
    RunDirectory run = RunDirectory.open(folder.resolve("runs").resolve(name));
    run.specify(new RunDirectory.Specification(List.of("--method", "vanilla"), "/"));
    run.event("started", Map.of("method", "vanilla", "epochs", 3));
    return run;
  }

  @AfterEach
  void close(FxRobot robot) {
    robot.interact(model::close);
    held.close();
    lane.close();
  }

  private Optional<State> state(String name) {
    return model.runsProperty().get().stream()
        .filter(run -> run.name().equals(name))
        .map(RunStatus::state)
        .findFirst();
  }

  private boolean is(String name, State state) {
    return state(name).equals(Optional.of(state));
  }

  @Test
  void everyButtonOfARunDoesWhatItIsForAfterACollection(FxRobot robot) {
    EveryButton buttons =
        new EveryButton(robot, () -> robot.lookup(".run-list").queryAs(Parent.class));
    buttons.press("run-pause-held", () -> is("held", State.PAUSED));
    buttons.press("run-continue-held", () -> is("held", State.RUNNING));
    buttons.press("run-stop-held", held::isStopRequested);
    buttons.press("run-resume-stopped", () -> is("stopped", State.QUEUED));
    buttons.press("run-stop-stopped", () -> is("stopped", State.STOPPED));
    String question = "Move the run \"stopped\" to the trash?";
    buttons.press("run-delete-stopped", () -> robot.lookup(question).tryQuery().isPresent());
    EveryButton answers = new EveryButton(robot, () -> dialog(robot));
    answers.press("Cancel", () -> robot.lookup(question).tryQuery().isEmpty());
    robot.interact(() -> robot.lookup("#run-delete-stopped").queryButton().fire());
    Path trashed = Path.of(System.getProperty("pag.trash"), "files", "stopped/specification.json");
    answers.press("Move to trash", () -> !Files.exists(folder.resolve("runs").resolve("stopped")));
    assertTrue(Files.exists(trashed), "it can be restored");
    buttons.wereAllPressed();
  }

  private static Parent dialog(FxRobot robot) {
    return robot.lookup(".dialog-pane").tryQueryAs(Parent.class).orElseGet(Pane::new);
  }

  @Test
  void everyButtonOfTheFormDoesWhatItIsForAfterACollection(FxRobot robot) throws IOException {
    EveryButton buttons =
        new EveryButton(robot, () -> robot.lookup(".run-form").queryAs(Parent.class));
    Path images = images();
    dialogs.folder = Optional.of(images);
    TextField dataset = robot.lookup("#run-dataset").queryAs(TextField.class);
    buttons.press("run-choose-dataset", () -> dataset.getText().equals(images.toString()));
    @SuppressWarnings("unchecked")
    ComboBox<Method> method = robot.lookup("#run-method").queryAs(ComboBox.class);
    robot.interact(() -> method.setValue(Method.RIGD));
    TextField teacher = robot.lookup("#run-teacher").queryAs(TextField.class);
    dialogs.opened = List.of(images.resolve("teacher.safetensors"));
    buttons.press("run-choose-teacher", () -> teacher.getText().endsWith("teacher.safetensors"));
    robot.interact(() -> method.setValue(Method.VANILLA));
    robot.interact(() -> robot.lookup("#run-name").queryAs(TextField.class).setText("begun"));
    Button begin = robot.lookup("#run-begin").queryButton();
    waitFor("the form's approval", PATIENCE, () -> !begin.isDisabled());
    waitFor("the runs", PATIENCE, () -> is("held", State.RUNNING));
    buttons.press("run-begin", () -> is("begun", State.QUEUED));
    TextField epochs = robot.lookup("#run-epochs").queryAs(TextField.class);
    robot.interact(() -> epochs.setText("77"));
    buttons.press("run-reset", () -> epochs.getText().equals("5"));
    buttons.wereAllPressed();
  }

  private Path images() throws IOException {
    Path images = Files.createDirectories(folder.resolve("images"));
    for (String name : List.of("data_batch_1.bin", "test_batch.bin")) {
      byte[] bytes = new byte[20 * 3073];
      for (int i = 0; i < 20; i++) {
        bytes[i * 3073] = (byte) (i % 10);
      }
      Files.write(images.resolve(name), bytes);
    }
    return images;
  }
}
