package org.pagexplorer.ui.support;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.pagexplorer.ui.support.Waiting.waitFor;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import javafx.event.ActionEvent;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.CheckBox;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Control;
import javafx.scene.control.Slider;
import javafx.scene.control.Spinner;
import javafx.scene.control.TextField;
import javafx.scene.control.ToggleButton;
import org.testfx.api.FxRobot;

/** Every control below a node that holds a value, set to another one as a user sets it. */
public final class EveryControl {
  private EveryControl() {}

  /**
   * Collects garbage, gives each control another value (and choices and ticks their old one back),
   * and asks that the model follows each time.
   *
   * @param model what the controls set, comparable by {@code equals}
   * @param left names of controls that are left as they are
   * @return the other controls' names
   */
  public static Set<String> isFollowed(
      FxRobot robot, Supplier<Parent> pane, Supplier<Object> model, String... left) {
    Set<String> names = new TreeSet<>();
    Garbage.collect();
    List<String> all = below(pane.get()).stream().map(EveryControl::nameOf).toList();
    boolean named = Set.copyOf(all).size() == all.size();
    for (int i = 0; i < below(pane.get()).size(); i++) {
      // By its name where each has one: a list may be in another order once something is ticked.
      Control control =
          named && i < all.size() ? named(pane.get(), all.get(i)) : below(pane.get()).get(i);
      boolean chosen = control instanceof ToggleButton button && button.isSelected();
      if (chosen || List.of(left).contains(nameOf(control))) {
        continue; // a toggle is chosen by choosing another one first
      }
      assertFalse(control.isDisabled(), nameOf(control) + " cannot be set");
      int old = control instanceof ComboBox<?> box ? box.getSelectionModel().getSelectedIndex() : 0;
      isFollowed(robot, control, model, () -> change(control));
      if (control instanceof ComboBox<?> box) {
        isFollowed(robot, control, model, () -> box.getSelectionModel().select(old));
      } else if (control instanceof CheckBox box) {
        isFollowed(robot, control, model, box::fire);
      }
      names.add(nameOf(control));
    }
    return names;
  }

  private static Control named(Node pane, String name) {
    return below(pane).stream()
        .filter(control -> nameOf(control).equals(name))
        .findFirst()
        .orElseThrow(() -> new AssertionError(name + " is gone"));
  }

  private static void isFollowed(
      FxRobot robot, Control control, Supplier<Object> model, Runnable change) {
    Object[] before = new Object[1];
    Object[] after = new Object[1];
    robot.interact(
        () -> {
          before[0] = model.get();
          change.run();
          after[0] = model.get();
        });
    if (after[0].equals(before[0])) {
      waitFor("what follows " + nameOf(control), () -> !model.get().equals(before[0]));
    }
  }

  /** In the order of the scene graph; what a control is made of does not count. */
  public static List<Control> below(Node node) {
    List<Control> found = new ArrayList<>();
    if (node instanceof Control control && holdsValue(control)) {
      found.add(control);
    } else if (node instanceof Parent parent) {
      parent.getChildrenUnmodifiable().stream()
          .filter(Node::isVisible)
          .forEach(child -> found.addAll(below(child)));
    }
    return found;
  }

  private static boolean holdsValue(Control control) {
    return switch (control) {
      case ComboBox<?> box -> true;
      case Spinner<?> spinner -> true;
      case CheckBox box -> true;
      case ToggleButton button -> true;
      case TextField field -> true;
      case Slider slider -> true;
      default -> false;
    };
  }

  /** Its id, or what its class in the style sheet is. */
  public static String nameOf(Control control) {
    return control.getId() != null ? control.getId() : control.getStyleClass().getLast();
  }

  private static void change(Control control) {
    switch (control) {
      case ComboBox<?> box -> {
        int next = box.getSelectionModel().getSelectedIndex() + 1;
        box.getSelectionModel().select(next % box.getItems().size());
      }
      case Spinner<?> spinner -> spinner.increment();
      case CheckBox box -> box.fire();
      case ToggleButton button -> button.fire();
      case TextField field -> type(field);
      case Slider slider -> slider.setValue((slider.getMin() + slider.getValue()) / 2);
      default -> throw new IllegalArgumentException(nameOf(control));
    }
  }

  /** A number becomes another one, and any text a longer one. */
  private static void type(TextField field) {
    String text = field.getText();
    field.setText(text.matches("\\d+(\\.\\d+)?") ? text + "1" : text + "7");
    if (field.getOnAction() != null) {
      field.getOnAction().handle(new ActionEvent(field, field));
    }
  }

  /** What it shows. */
  public static Object shown(Control control) {
    return switch (control) {
      case ComboBox<?> box -> String.valueOf(box.getValue());
      case Spinner<?> spinner -> spinner.getEditor().getText();
      case CheckBox box -> box.isSelected();
      case ToggleButton button -> button.isSelected();
      case TextField field -> field.getText();
      case Slider slider -> slider.getValue();
      default -> throw new IllegalArgumentException(nameOf(control));
    };
  }
}
