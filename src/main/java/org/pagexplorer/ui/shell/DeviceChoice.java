package org.pagexplorer.ui.shell;

import java.util.List;
import java.util.function.Consumer;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import org.pagexplorer.ui.settings.Part;

/**
 * The device that the user has chosen, to be used again where it is there. One that is missing
 * today, as a GPU on another machine, stays remembered.
 */
final class DeviceChoice {
  private final StringProperty wanted = new SimpleStringProperty("");
  private final Consumer<String> use;
  private List<String> found = List.of();
  private String now;

  /**
   * @param now what computes to begin with
   * @param use moves to another one
   */
  DeviceChoice(String now, Consumer<String> use) {
    this.now = now;
    this.use = use;
    wanted.addListener((property, old, text) -> follow());
  }

  /** What is to be remembered. */
  Part part() {
    return new Part("device").text("name", wanted);
  }

  /** PyTorch is there, with these devices. */
  void loaded(List<String> devices) {
    found = List.copyOf(devices);
    follow();
  }

  /** The user has chosen one, and it computes. */
  void moved(String device) {
    now = device;
    wanted.set(device);
  }

  /** What computes. */
  String now() {
    return now;
  }

  private void follow() {
    if (!wanted.get().equals(now) && found.contains(wanted.get())) {
      use.accept(wanted.get());
    }
  }
}
