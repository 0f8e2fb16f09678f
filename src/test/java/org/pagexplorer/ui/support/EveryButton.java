package org.pagexplorer.ui.support;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.pagexplorer.ui.support.Waiting.waitFor;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.ButtonBase;
import javafx.scene.control.CheckBox;
import javafx.scene.control.CheckMenuItem;
import javafx.scene.control.Menu;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.control.RadioMenuItem;
import javafx.scene.control.SeparatorMenuItem;
import javafx.scene.control.ToggleButton;
import org.testfx.api.FxRobot;
import org.testfx.util.WaitForAsyncUtils;

/**
 * Every button and menu item below a node that holds no value (which {@link EveryControl} sets),
 * each pressed after a garbage collection.
 */
public final class EveryButton {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final FxRobot robot;
  private final Supplier<Parent> pane;
  private final Set<String> seen = new TreeSet<>();
  private final Set<String> pressed = new TreeSet<>();

  /**
   * @param pane what is looked through again at each press, since buttons come and go
   */
  public EveryButton(FxRobot robot, Supplier<Parent> pane) {
    this.robot = robot;
    this.pane = pane;
  }

  /**
   * Presses one that can be seen, once it can be pressed.
   *
   * @param happens what the button is for, asked on the FX thread: false before, and soon true
   */
  public void press(String name, Callable<Boolean> happens) {
    waitFor(name + " to be offered", PATIENCE, () -> offered().containsKey(name));
    Garbage.collect();
    assertFalse(
        WaitForAsyncUtils.waitForAsyncFx(PATIENCE.toMillis(), happens), name + " has its effect");
    robot.interact(() -> offered().get(name).run());
    pressed.add(name);
    waitFor("what " + name + " is for", PATIENCE, happens);
    robot.interact(this::offered);
  }

  /** Asks that all which were ever seen were pressed. */
  public void wereAllPressed() {
    assertEquals(seen, pressed);
  }

  /** What can be pressed now, by name. */
  private Map<String, Runnable> offered() {
    Map<String, Runnable> found = new LinkedHashMap<>();
    look(pane.get(), found);
    return found;
  }

  private void look(Node node, Map<String, Runnable> found) {
    if (!node.isVisible() || node instanceof CheckBox || node instanceof ToggleButton) {
      return;
    }
    if (node instanceof MenuButton menu) {
      menu.getItems().stream()
          .filter(item -> !holdsValue(item))
          .forEach(item -> add(item.getId(), item.isDisable(), item::fire, found));
    } else if (node instanceof ButtonBase button) {
      add(nameOf(button), button.isDisabled(), button::fire, found);
    } else if (node instanceof Parent parent) {
      parent.getChildrenUnmodifiable().forEach(child -> look(child, found));
    }
  }

  private static boolean holdsValue(MenuItem item) {
    return item instanceof RadioMenuItem
        || item instanceof CheckMenuItem
        || item instanceof SeparatorMenuItem
        || item instanceof Menu;
  }

  private void add(String name, boolean disabled, Runnable fire, Map<String, Runnable> found) {
    seen.add(name);
    if (!disabled) {
      found.putIfAbsent(name, fire);
    }
  }

  private static String nameOf(ButtonBase button) {
    String named = button.getId() != null ? button.getId() : button.getAccessibleText();
    return named != null ? named : button.getText();
  }
}
