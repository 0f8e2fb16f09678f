package org.pagexplorer.ui.training;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import javafx.scene.Scene;
import javafx.scene.control.ComboBox;
import javafx.stage.Stage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pagexplorer.domain.Method;
import org.pagexplorer.lab.model.EngineLane;
import org.pagexplorer.lab.runs.RunQueue;
import org.pagexplorer.ui.support.AnsweringDialogs;
import org.pagexplorer.ui.support.CutTexts;
import org.pagexplorer.ui.support.EveryControl;
import org.pagexplorer.ui.support.FxTest;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.Start;

@FxTest
class RunFormControlsTest {
  @TempDir Path folder;

  private final EngineLane lane = new EngineLane("cpu"); // PyTorch is never asked for
  private RunForm form;

  @Start
  void start(Stage stage) {
    TrainingViewModel model =
        new TrainingViewModel(lane, new RunQueue(folder), words -> {}, file -> {}, gone -> {});
    model.devices().add("cuda:0");
    form = new RunForm(model, new AnsweringDialogs());
    stage.setScene(new Scene(form, 420, 900));
    stage.show();
  }

  @AfterEach
  void closeLane() {
    lane.close();
  }

  @Test
  void everyFieldOfEveryMethodIsAnArgument(FxRobot robot) {
    Set<String> names = EveryControl.isFollowed(robot, () -> form, form::arguments);
    for (Method method : Method.values()) {
      robot.interact(() -> choose(robot, method));
      String[] known = names.toArray(String[]::new);
      names.addAll(EveryControl.isFollowed(robot, () -> form, form::arguments, known));
    }
    Set<String> expected = new TreeSet<>(Set.of("run-recipe", "run-method", "run-name"));
    expected.addAll(Set.of("run-dataset", "run-teacher", "run-norm", "run-schedule", "run-device"));
    expected.addAll(Set.of("run-align", "run-statistics", "run-mixed-precision", "run-fit"));
    expected.addAll(Set.of("run-realization", "run-gradients", "run-initial-checkpoint"));
    RunField.NUMBERS.forEach(field -> expected.add("run" + field.option().substring(1)));
    assertEquals(expected, names);
  }

  @Test
  void noNameOfAFieldIsCut(FxRobot robot) {
    for (Method method : Method.values()) {
      List<String> cut = new ArrayList<>();
      robot.interact(() -> choose(robot, method));
      robot.interact(() -> cut.addAll(CutTexts.in(form)));
      assertEquals(List.of(), cut, method.title());
    }
  }

  private static void choose(FxRobot robot, Method method) {
    @SuppressWarnings("unchecked")
    ComboBox<Method> box = robot.lookup("#run-method").queryAs(ComboBox.class);
    box.setValue(method);
  }
}
