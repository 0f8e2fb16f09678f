package com.sun.glass.ui.headless;

import com.sun.glass.events.WindowEvent;
import com.sun.glass.ui.Application;
import com.sun.glass.ui.Pixels;
import com.sun.glass.ui.Screen;
import com.sun.glass.ui.Window;
import java.nio.ByteBuffer;

/**
 * A window that draws within the screen and takes part in the focus as under a window manager.
 *
 * <p>Gaps of 26.0.2 filled here: a window just shown, such as a dialog, takes no focus; the one
 * that had it keeps it, so that keys go to either; a window blocked by a modal dialog can still be
 * focused; drawing is not clipped to the screen.
 */
final class HeadlessxWindow extends HeadlessWindow {
  private static HeadlessxWindow focused;

  private final HeadlessxScreen pixels;

  HeadlessxWindow(
      HeadlessWindowManager manager,
      Window owner,
      Screen screen,
      HeadlessxScreen pixels,
      int styleMask) {
    super(manager, owner, screen, ByteBuffer.allocate(0), styleMask);
    this.pixels = pixels;
  }

  /** The topmost visible window that covers a place on the screen, or null. */
  static HeadlessxWindow at(int x, int y) {
    return Window.getWindows().reversed().stream()
        .map(HeadlessxWindow.class::cast)
        .filter(window -> window.isShown() && window.covers(x, y))
        .findFirst()
        .orElse(null);
  }

  boolean isShown() {
    return !isClosed() && getView() != null && isVisible() && !isMinimized();
  }

  private boolean covers(int x, int y) {
    return x >= getX() && x < getX() + getWidth() && y >= getY() && y < getY() + getHeight();
  }

  /** What a press of the pointer does: focuses the window, or the dialog that blocks it. */
  void activate() {
    if (!isEnabled()) {
      notifyFocusDisabled();
    } else if (!isPopup() && !isFocused()) {
      requestFocus();
    }
  }

  @Override
  protected boolean _setVisible(long handle, boolean visible) {
    if (visible && !isPopup()) {
      Application.invokeLater(this::focusWhenShown);
    }
    return super._setVisible(handle, visible);
  }

  private void focusWhenShown() {
    if (isShown() && isEnabled()) {
      requestFocus();
    }
  }

  @Override
  protected boolean _requestFocus(long handle, int event) {
    if (!isEnabled()) {
      notifyFocusDisabled();
      return false;
    }
    if (focused != null && focused != this && !focused.isClosed()) {
      focused.notifyFocus(WindowEvent.FOCUS_LOST);
    }
    focused = this;
    return super._requestFocus(handle, event);
  }

  @Override
  protected boolean _close(long handle) {
    pixels.clear(getX(), getY(), getWidth(), getHeight());
    boolean closed = super._close(handle);
    if (focused == this) {
      focused = null;
      Application.invokeLater(HeadlessxWindow::focusTopmostIfNone);
    }
    return closed;
  }

  private static void focusTopmostIfNone() {
    if (focused == null) {
      Window.getWindows().reversed().stream()
          .map(HeadlessxWindow.class::cast)
          .filter(window -> window.isShown() && window.isEnabled() && !window.isPopup())
          .findFirst()
          .ifPresent(HeadlessxWindow::requestFocus);
    }
  }

  @Override
  void blit(Pixels picture) {
    pixels.draw(picture, getX(), getY());
  }

  @Override
  void clearRect(int left, int columns, int top, int rows) {
    pixels.clear(left, top, columns, rows);
  }
}
