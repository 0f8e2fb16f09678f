package org.pagexplorer.ui.shell;

import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ReadOnlyDoubleProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.value.ObservableBooleanValue;
import javafx.beans.value.ObservableStringValue;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressIndicator;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import org.kordamp.ikonli.javafx.FontIcon;
import org.pagexplorer.ui.support.Tips;

/** Device, speed, and what is being worked on, with a cancel. */
final class StatusLine extends HBox {
  private final ComboBox<String> devices = new ComboBox<>();
  private final Label engine = new Label("Loading PyTorch …");
  private final Button again = new Button("Set up PyTorch …");
  private final ProgressIndicator working = new ProgressIndicator();
  private final BooleanProperty loading = new SimpleBooleanProperty(true);
  private boolean filling;

  /**
   * @param speed PGD steps of single images a second
   * @param busy whether anything runs that can be stopped
   * @param doing what that is, in words
   * @param stop stops it
   * @param setUp tries once more to get PyTorch
   */
  StatusLine(
      ReadOnlyDoubleProperty speed,
      ObservableBooleanValue busy,
      ObservableStringValue doing,
      Runnable stop,
      Consumer<String> useDevice,
      Runnable setUp) {
    super(10);
    setAlignment(Pos.CENTER_LEFT);
    getStyleClass().add("status-line");
    devices.setId("device");
    Tips.on(devices, "Where attacks, measuring, and alignment are computed: the CPU or a GPU");
    devices.setDisable(true);
    devices
        .valueProperty()
        .addListener(
            (property, old, now) -> {
              if (!filling && now != null) {
                useDevice.accept(now);
              }
            });
    engine.setId("engine-status");
    working.setPrefSize(16, 16);
    working.setMinSize(16, 16);
    again.setId("engine-setup");
    again.getStyleClass().add("small");
    Tips.on(again, "Look for PyTorch again, or download it; nothing can be attacked without it");
    again.managedProperty().bind(again.visibleProperty());
    again.setVisible(false);
    again.setOnAction(event -> setUp.run());
    Button cancel = new Button("", new FontIcon("mdi2s-stop"));
    cancel.setId("cancel");
    Tips.on(cancel, "Stop what is running (Esc)");
    cancel.setAccessibleText("Stop what is running");
    cancel.getStyleClass().addAll("flat", "small");
    cancel.setOnAction(event -> stop.run());
    cancel.visibleProperty().bind(busy);
    Label task = new Label();
    task.setId("task");
    task.textProperty().bind(doing);
    task.visibleProperty().bind(busy);
    Region space = new Region();
    HBox.setHgrow(space, Priority.ALWAYS);
    getChildren().addAll(new Label("device"), devices, engine, again, space, task, working, cancel);
    speed.addListener((property, old, now) -> showSpeed(now.doubleValue()));
    working.visibleProperty().bind(loading.or(busy));
  }

  /** Shows something between what there is and what runs. */
  void offer(Node bar) {
    getChildren().add(getChildren().indexOf(again) + 1, bar);
  }

  private void showSpeed(double imageStepsPerSecond) {
    engine.setText(
        imageStepsPerSecond >= 1000
            ? String.format(Locale.ROOT, "%.1f k image-steps/s", imageStepsPerSecond / 1000)
            : String.format(Locale.ROOT, "%.0f image-steps/s", imageStepsPerSecond));
  }

  /** PyTorch is there. */
  void loaded(List<String> found, String current) {
    filling = true;
    devices.getItems().setAll(found);
    devices.setDisable(found.size() < 2);
    filling = false;
    show(current);
    again.setVisible(false);
    engine.setText("PyTorch ready");
    loading.set(false);
  }

  /** Where it computes. */
  void show(String device) {
    filling = true;
    devices.setValue(device);
    filling = false;
  }

  /** PyTorch could not be loaded. */
  void failed() {
    again.setVisible(true);
    engine.setText("no engine");
    loading.set(false);
  }
}
