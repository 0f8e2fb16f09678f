package org.pagexplorer.ui.toy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.pagexplorer.ui.support.Waiting.waitFor;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import javafx.scene.input.Clipboard;
import javafx.stage.Stage;
import org.junit.jupiter.api.Test;
import org.pagexplorer.domain.Method;
import org.pagexplorer.lab.toy.ToySetup;
import org.pagexplorer.ui.support.EveryButton;
import org.pagexplorer.ui.support.ExportChoice;
import org.pagexplorer.ui.support.FxTest;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.Start;

@FxTest
class ToyButtonsTest extends ToyStage {
  @Start
  void start(Stage stage) {
    open(stage);
  }

  private boolean saved(String name) {
    return Files.exists(folder.resolve(name)) && notice.get().contains(name);
  }

  private int points() {
    return model.problemProperty().get().train().size();
  }

  @Test
  void everyButtonDoesWhatItIsForAfterACollection(FxRobot robot) throws Exception {
    EveryButton buttons = new EveryButton(robot, () -> view);
    waitForTraining();
    buttons.press("toy-play", () -> !model.playingProperty().get());
    waitForRest();
    double epochs = model.epochsProperty().get();
    buttons.press("toy-step", () -> model.epochsProperty().get() > epochs);
    waitForRest();
    double after = model.epochsProperty().get();
    buttons.press("toy-epoch", () -> model.epochsProperty().get() == Math.floor(after) + 1);
    waitForRest();
    double later = model.epochsProperty().get();
    buttons.press("toy-reset", () -> model.epochsProperty().get() < later);
    robot.interact(() -> model.playingProperty().set(false));
    waitForRest();
    exports(robot, buttons);
    panels(robot, buttons);
    buttons.press("toy-clear", () -> points() == 0);
    buttons.press("toy-undo", () -> points() == 6000);
    buttons.press("toy-redo", () -> points() == 0);
    Path csv = Files.writeString(folder.resolve("own.csv"), "0,0,0\n1,1,0\n9,9,1\n8,8,1\n");
    dialogs.opened = List.of(csv);
    buttons.press("toy-open-points", () -> points() == 4);
    buttons.press("toy-paste-setup", () -> points() == 6000);
    robot.interact(() -> model.change(setup -> setup.withHidden(7)));
    buttons.press("toy-defaults", () -> model.setupProperty().get().equals(ToySetup.paper()));
    buttons.press("toy-seeds", () -> model.seeds().runningProperty().get());
    buttons.press("toy-seeds-cancel", () -> !model.seeds().runningProperty().get());
    buttons.press("toy-seeds-close", () -> !view.lookup("#toy-seeds-pane").isVisible());
    buttons.wereAllPressed();
  }

  private void exports(FxRobot robot, EveryButton buttons) {
    buttons.press(
        "toy-export-open",
        () ->
            dialogs.offered.stream()
                .map(ExportChoice::title)
                .toList()
                .equals(
                    List.of("Panels", "Decision boundaries", "Points", "Weights", "Many seeds")));
    dialogs.saved = Optional.of(folder.resolve("figure.svg"));
    save(robot, "Panels");
    waitFor("the figure", () -> saved("figure.svg"));
    robot.interact(() -> Clipboard.getSystemClipboard().clear());
    buttons.press("toy-copy-setup", () -> Clipboard.getSystemClipboard().hasString());
  }

  private void panels(FxRobot robot, EveryButton buttons) {
    for (Method method : Method.ofPoints()) {
      ToySetup before = model.setupProperty().get();
      buttons.press(
          "toy-add-" + method.id(), () -> model.panels().size() == before.schemes().size() + 1);
      assertEquals(method, model.setupProperty().get().schemes().getLast().method());
      buttons.press("Remove this panel", () -> model.panels().size() == before.schemes().size());
      robot.interact(() -> model.use(before));
    }
  }
}
