package org.pagexplorer.ui.toy;

import static org.pagexplorer.ui.support.Waiting.waitFor;

import java.nio.file.Path;
import java.time.Duration;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.geometry.Point2D;
import javafx.scene.Scene;
import javafx.scene.control.ComboBox;
import javafx.scene.control.TextField;
import javafx.stage.Stage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.pagexplorer.ui.support.AnsweringDialogs;
import org.pagexplorer.ui.support.Exhibit;
import org.pagexplorer.ui.support.Theme;
import org.testfx.api.FxRobot;

/** The playground on a stage of its own. */
abstract class ToyStage {
  static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir Path folder;

  final AnsweringDialogs dialogs = new AnsweringDialogs();
  final SimpleStringProperty notice = new SimpleStringProperty("");
  ToyViewModel model;
  ToyView view;

  void open(Stage stage) {
    model = new ToyViewModel(notice::set, new SimpleObjectProperty<>(Theme.LIGHT));
    view = new ToyView(model, dialogs);
    Scene scene = new Scene(view, 1300, 900);
    Theme.LIGHT.applyTo(scene);
    stage.setScene(scene);
    stage.show();
    model.open();
  }

  @AfterEach
  void close(FxRobot robot) {
    robot.interact(model::close);
  }

  void waitForTraining() {
    waitFor("the networks to learn", PATIENCE, () -> model.epochsProperty().get() > 0.2);
  }

  void pause(FxRobot robot) {
    waitForTraining();
    robot.clickOn("#toy-play");
    waitFor("the pause", () -> !model.playingProperty().get());
    waitForRest();
  }

  /** Until the frame under way, and the one in full resolution after it, are on the screen. */
  void waitForRest() {
    waitFor("the last frame", PATIENCE, model::isAtRest);
  }

  /** Saves one of the things that are offered, as the window's dialog does. */
  void save(FxRobot robot, String what) {
    String format = Exhibit.ending(dialogs.saved.orElseThrow());
    robot.interact(() -> dialogs.export(what, format, notice::set));
  }

  Point2D onScreen(int panel, double x1, double x2) {
    PlaneCanvas canvas = view.canvas(panel);
    return canvas.localToScreen(canvas.toPixel(x1, x2));
  }

  void choose(FxRobot robot, ComboBox<String> box, String value) {
    robot.interact(
        () -> {
          box.setValue(value);
          box.getOnAction().handle(new javafx.event.ActionEvent());
        });
  }

  void type(FxRobot robot, String id, String text) {
    TextField field = robot.lookup(id).queryAs(TextField.class);
    robot.interact(
        () -> {
          field.setText(text);
          field.getOnAction().handle(new javafx.event.ActionEvent());
        });
  }
}
