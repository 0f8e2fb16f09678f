package com.sun.glass.ui.headless;

import com.sun.glass.events.KeyEvent;
import com.sun.glass.events.MouseEvent;
import com.sun.glass.ui.Application;
import com.sun.glass.ui.Clipboard;
import java.util.EnumSet;
import java.util.Set;
import javafx.scene.input.KeyCode;
import javafx.scene.input.MouseButton;

/**
 * The mouse: where it is, what is held, and which window hears of it.
 *
 * <p>Gaps of 26.0.2 filled here: mouse events without the keys and the other buttons held, and a
 * release that says its button is still down; scroll events with the window's place for the
 * pointer's, sent to the focused window; no grab, so that a drag over a window's edge is lost;
 * windows blocked by a modal dialog still hear the mouse; a press on the bare screen throws; drag
 * and drop throws and spoils the key events after it.
 */
final class HeadlessxPointer {
  private static final double PIXELS_PER_NOTCH = 40;

  private final Set<MouseButton> buttons = EnumSet.noneOf(MouseButton.class);
  private int keyModifiers;
  private int x;
  private int y;
  private HeadlessxWindow entered;

  /** The window of the first button pressed, which hears the pointer until the last is released. */
  private HeadlessxWindow grabbing;

  private DragAndDrop drag;

  int x() {
    return x;
  }

  int y() {
    return y;
  }

  void keyPressed(KeyCode key) {
    keyModifiers |= modifierOf(key);
  }

  void keyReleased(KeyCode key) {
    keyModifiers &= ~modifierOf(key);
  }

  void moveTo(int newX, int newY) {
    Application.checkEventThread();
    x = newX;
    y = newY;
    if (drag != null) {
      drag.moveTo(x, y);
      return;
    }
    enter(listener());
    boolean dragging = !buttons.isEmpty();
    send(
        entered,
        dragging ? MouseEvent.DRAG : MouseEvent.MOVE,
        dragging ? buttons.iterator().next() : MouseButton.NONE);
  }

  void press(MouseButton button) {
    Application.checkEventThread();
    enter(listener());
    if (buttons.isEmpty()) {
      grabbing = entered;
    }
    buttons.add(button);
    if (entered == null) {
      return;
    }
    entered.activate();
    HeadlessxWindow pressed = entered;
    send(pressed, MouseEvent.DOWN, button);
    if (button == MouseButton.SECONDARY && hears(pressed)) {
      view(pressed).notifyMenu(x - pressed.getX(), y - pressed.getY(), x, y, false);
    }
  }

  void release(MouseButton button) {
    Application.checkEventThread();
    HeadlessxWindow listener = listener();
    buttons.remove(button);
    if (drag != null) {
      DragAndDrop ended = drag;
      drag = null;
      ended.moveTo(x, y);
      ended.drop();
    }
    send(listener, MouseEvent.UP, button);
    if (buttons.isEmpty()) {
      grabbing = null;
      enter(listener());
    }
  }

  /** Turns the wheel; positive amounts scroll down. */
  void scroll(int notches) {
    Application.checkEventThread();
    HeadlessxWindow window = listener();
    for (int i = 0; i < Math.abs(notches) && hears(window); i++) {
      view(window)
          .notifyScroll(
              x - window.getX(),
              y - window.getY(),
              x,
              y,
              0,
              -Integer.signum(notches),
              modifiers(),
              0,
              0,
              0,
              0,
              PIXELS_PER_NOTCH,
              PIXELS_PER_NOTCH);
    }
  }

  /**
   * Begins drag and drop from the window the pointer holds, with the content of the drag clipboard.
   *
   * <p>Other platforms run an event loop until the drop. Here the robot's own call has begun the
   * drag, so it must return; the robot's next calls then move and drop.
   */
  void startDrag(int actions) {
    if (!hears(grabbing)) {
      throw new IllegalStateException("drag and drop without a pressed mouse button");
    }
    drag = DragAndDrop.from(view(grabbing), recommended(actions));
  }

  /** Ends a drag without a drop. False where none is under way. */
  boolean cancelDrag() {
    if (drag == null) {
      return false;
    }
    DragAndDrop cancelled = drag;
    drag = null;
    cancelled.leave();
    return true;
  }

  private int recommended(int actions) {
    boolean copy = (keyModifiers & KeyEvent.MODIFIER_CONTROL) != 0;
    if ((actions & Clipboard.ACTION_MOVE) != 0 && !copy) {
      return Clipboard.ACTION_MOVE;
    }
    return (actions & Clipboard.ACTION_COPY) != 0
        ? Clipboard.ACTION_COPY
        : Integer.highestOneBit(actions);
  }

  private HeadlessxWindow listener() {
    boolean held = !buttons.isEmpty() && grabbing != null && grabbing.isShown();
    return held ? grabbing : HeadlessxWindow.at(x, y);
  }

  private void enter(HeadlessxWindow window) {
    if (window == entered) {
      return;
    }
    HeadlessxWindow left = entered;
    entered = window;
    send(left, MouseEvent.EXIT, MouseButton.NONE);
    send(window, MouseEvent.ENTER, MouseButton.NONE);
  }

  private void send(HeadlessxWindow window, int type, MouseButton button) {
    if (hears(window)) {
      boolean popupTrigger = type == MouseEvent.DOWN && button == MouseButton.SECONDARY;
      view(window)
          .notifyMouse(
              type,
              buttonCode(button),
              x - window.getX(),
              y - window.getY(),
              x,
              y,
              modifiers(),
              popupTrigger,
              false);
    }
  }

  private static boolean hears(HeadlessxWindow window) {
    return window != null && window.isShown() && window.isEnabled();
  }

  private static HeadlessxView view(HeadlessxWindow window) {
    return (HeadlessxView) window.getView();
  }

  private int modifiers() {
    return buttons.stream()
        .mapToInt(HeadlessxPointer::modifierOf)
        .reduce(keyModifiers, (left, right) -> left | right);
  }

  private static int modifierOf(KeyCode key) {
    return switch (key) {
      case SHIFT -> KeyEvent.MODIFIER_SHIFT;
      case CONTROL -> KeyEvent.MODIFIER_CONTROL;
      case ALT -> KeyEvent.MODIFIER_ALT;
      case COMMAND, META -> KeyEvent.MODIFIER_COMMAND;
      default -> KeyEvent.MODIFIER_NONE;
    };
  }

  private static int modifierOf(MouseButton button) {
    return switch (button) {
      case NONE -> KeyEvent.MODIFIER_NONE;
      case PRIMARY -> KeyEvent.MODIFIER_BUTTON_PRIMARY;
      case MIDDLE -> KeyEvent.MODIFIER_BUTTON_MIDDLE;
      case SECONDARY -> KeyEvent.MODIFIER_BUTTON_SECONDARY;
      case BACK -> KeyEvent.MODIFIER_BUTTON_BACK;
      case FORWARD -> KeyEvent.MODIFIER_BUTTON_FORWARD;
    };
  }

  private static int buttonCode(MouseButton button) {
    return switch (button) {
      case NONE -> MouseEvent.BUTTON_NONE;
      case PRIMARY -> MouseEvent.BUTTON_LEFT;
      case MIDDLE -> MouseEvent.BUTTON_OTHER;
      case SECONDARY -> MouseEvent.BUTTON_RIGHT;
      case BACK -> MouseEvent.BUTTON_BACK;
      case FORWARD -> MouseEvent.BUTTON_FORWARD;
    };
  }
}
