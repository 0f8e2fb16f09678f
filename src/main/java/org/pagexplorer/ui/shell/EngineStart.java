package org.pagexplorer.ui.shell;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import javafx.beans.property.ReadOnlyObjectProperty;
import org.pagexplorer.engine.TorchEngine;
import org.pagexplorer.engine.natives.NativeLibraries;
import org.pagexplorer.lab.model.EngineLane;
import org.pagexplorer.ui.settings.Part;
import org.pagexplorer.ui.shell.MainWindow.Screen;
import org.pagexplorer.ui.support.BackgroundTask;
import org.pagexplorer.ui.support.Notice;
import org.pagexplorer.ui.support.Sentence;

/** PyTorch arrives, perhaps at the second attempt, and computes on the device that is chosen. */
final class EngineStart {
  private final EngineLane lane;
  private final Screens screens;
  private final ReadOnlyObjectProperty<Screen> screen;
  private final Notice notice;
  private final EnginePane pane = new EnginePane(this::begin);
  private final DeviceChoice device;
  private final StatusLine status;
  private boolean remembersDevice = true;
  private boolean failed;

  /**
   * @param device the device that the lane was made for
   */
  EngineStart(
      EngineLane lane,
      String device,
      Screens screens,
      ReadOnlyObjectProperty<Screen> screen,
      Notice notice) {
    this.lane = lane;
    this.screens = screens;
    this.screen = screen;
    this.notice = notice;
    this.device = new DeviceChoice(device, this::useDevice);
    status =
        new StatusLine(
            screens.explore.speedProperty(),
            screens.busy(),
            screens.doing(),
            screens::stop,
            this::useDevice,
            pane::tryAgain);
  }

  /** Over the window until PyTorch is there. */
  EnginePane pane() {
    return pane;
  }

  StatusLine status() {
    return status;
  }

  CompletableFuture<List<String>> begin() {
    NativeLibraries.observe(pane.preparation());
    CompletableFuture<List<String>> started = lane.start();
    BackgroundTask.after(started)
        .onDone(
            devices -> {
              pane.done();
              status.loaded(devices, device.now());
              device.loaded(devices);
              catchUp();
              screens.training.devices().setAll(devices);
            })
        .onFailed(
            failure -> {
              failed = true;
              status.failed();
              pane.failed(Sentence.of(failure));
            })
        .start();
    return started;
  }

  private void catchUp() {
    if (failed) {
      failed = false;
      notice.say("");
      screens.catchUp(screen.get());
    }
  }

  private void useDevice(String chosen) {
    BackgroundTask.after(lane.useDevice(chosen))
        .onDone(
            now -> {
              device.moved(now);
              status.show(now);
              screens.moved();
              TorchEngine.remark(now).ifPresent(notice::say);
            })
        .onFailed(
            failure -> {
              status.show(device.now());
              notice.report(failure);
            })
        .start();
  }

  /** The device was said by who started the program, for this time. */
  void leaveDevice() {
    remembersDevice = false;
  }

  /** What is to be remembered, if anything. */
  Optional<Part> part() {
    return remembersDevice ? Optional.of(device.part()) : Optional.empty();
  }
}
