package org.pagexplorer.ui.training;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
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
import javafx.scene.control.CheckMenuItem;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.MenuButton;
import javafx.scene.control.TextArea;
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
import org.pagexplorer.ui.support.Request;
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
    System.clearProperty("pag.slurm");
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
  void nothingIsMeasuredForAWindowThatIsClosed(FxRobot robot) {
    Request asked = model.checks().latest();
    assertFalse(asked.isCancelled());
    robot.interact(model::close);
    assertTrue(asked.isCancelled());
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

  /** As of a cluster, whose Slurm cannot be asked from here. */
  @Test
  void runsOfAnotherFolderAreShownUntilItIsUntickedAndRemembered(FxRobot robot) throws IOException {
    Path other = folder.resolve("other");
    Path table = Files.createDirectories(other.resolve("table"));
    Files.writeString(
        table.resolve("evaluation.json"),
        """
        {"command":"evaluate","chunks":3,"user":"%s","array":1,"merging":2,"scripts":["a","b"]}\
        """
            .formatted(System.getProperty("user.name")));
    Files.writeString(table.resolve("chunk-0002-of-0003.json"), "{}");
    Files.createDirectories(table.resolve("slurm"));
    Files.writeString(table.resolve("slurm").resolve("1_2.log"), "Measuring chunk 2 of 3.\n");
    System.setProperty("pag.slurm", folder.toString());
    dialogs.folder = Optional.of(other);
    EveryButton buttons =
        new EveryButton(robot, () -> robot.lookup(".run-folders").queryAs(Parent.class));
    buttons.press("run-open-folder", () -> is("table", State.RUNNING));
    Label words = robot.lookup("#run-words-table").queryAs(Label.class);
    assertEquals("running, evaluate, 1 of 3 chunks  ·  job 1, as its files say", words.getText());
    assertTrue(robot.lookup("#run-pause-table").tryQuery().isEmpty(), "it cannot be paused");
    robot.interact(() -> model.selectedProperty().set(table));
    TextArea log = robot.lookup("#run-log").queryAs(TextArea.class);
    waitFor("its log", PATIENCE, () -> log.getText().contains("Measuring chunk 2 of 3."));
    tick(robot, false);
    waitFor("it is gone", PATIENCE, () -> state("table").isEmpty());
    waitFor("it is remembered", PATIENCE, () -> !item(robot).isSelected());
    tick(robot, true);
    waitFor("it is back", PATIENCE, () -> is("table", State.RUNNING));
  }

  private static CheckMenuItem item(FxRobot robot) {
    return (CheckMenuItem)
        robot.lookup("#run-folders").queryAs(MenuButton.class).getItems().getFirst();
  }

  private static void tick(FxRobot robot, boolean ticked) {
    robot.interact(
        () -> {
          CheckMenuItem item = item(robot);
          item.setSelected(ticked);
          item.fire();
        });
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
    TextField initial = robot.lookup("#run-initial-checkpoint").queryAs(TextField.class);
    dialogs.opened = List.of(images.resolve("begun-with.safetensors"));
    buttons.press(
        "run-choose-initial-checkpoint",
        () -> initial.getText().endsWith("begun-with.safetensors"));
    robot.interact(initial::clear);
    robot.interact(() -> method.setValue(Method.VANILLA));
    robot.interact(() -> robot.lookup("#run-name").queryAs(TextField.class).setText("begun"));
    Button begin = robot.lookup("#run-begin").queryButton();
    waitFor("the form's approval", PATIENCE, () -> !begin.isDisabled());
    waitFor("the runs", PATIENCE, () -> is("held", State.RUNNING));
    buttons.press("run-begin", () -> is("begun", State.QUEUED));
    buttons.press(
        "run-write-gradients", () -> robot.lookup("#gradients-file").tryQuery().isPresent());
    EveryButton answers = new EveryButton(robot, () -> dialog(robot));
    answers.press("Cancel", () -> robot.lookup("#gradients-file").tryQuery().isEmpty());
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
