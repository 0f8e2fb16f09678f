package com.sun.glass.ui.headless;

import com.sun.glass.events.KeyEvent;
import com.sun.glass.ui.Application;
import com.sun.glass.ui.Cursor;
import com.sun.glass.ui.GlassRobot;
import com.sun.glass.ui.Pixels;
import com.sun.glass.ui.Screen;
import com.sun.glass.ui.View;
import com.sun.glass.ui.Window;
import java.util.Locale;
import java.util.Map;
import javafx.scene.input.KeyCode;

/**
 * One screen, one pointer, and the windows, views and robots that share them.
 *
 * <p>Gaps of 26.0.2 filled here: the screen is always 1000 × 1000; a cursor made from a picture,
 * hiding the cursor, and a {@link javafx.scene.input.KeyCharacterCombination} throw.
 */
public final class HeadlessxApplication extends HeadlessApplication {
  private static final Map<Character, Integer> SYMBOLS =
      Map.of(
          '+', KeyEvent.VK_PLUS,
          '-', KeyEvent.VK_MINUS,
          '=', KeyEvent.VK_EQUALS,
          ',', KeyEvent.VK_COMMA,
          '.', KeyEvent.VK_PERIOD,
          '/', KeyEvent.VK_SLASH,
          '?', KeyEvent.VK_SLASH,
          '[', KeyEvent.VK_BRACELEFT,
          ']', KeyEvent.VK_BRACERIGHT);

  private final HeadlessWindowManager windowManager = new HeadlessWindowManager();
  private final HeadlessxScreen screen = new HeadlessxScreen();
  private final HeadlessxPointer pointer = new HeadlessxPointer();
  private HeadlessxRobot robot;

  /** The running application, where this platform is the one in use. */
  static HeadlessxApplication current() {
    if (Application.GetApplication() instanceof HeadlessxApplication application) {
      return application;
    }
    throw new IllegalStateException("this needs the test platform: -Dglass.platform=Headlessx");
  }

  HeadlessxPointer pointer() {
    return pointer;
  }

  HeadlessxScreen screen() {
    return screen;
  }

  @Override
  protected Screen[] staticScreen_getScreens() {
    return new Screen[] {screen.description()};
  }

  @Override
  public Window createWindow(Window owner, Screen on, int styleMask) {
    HeadlessxWindow window = new HeadlessxWindow(windowManager, owner, on, screen, styleMask);
    if (robot != null) {
      window.setRobot(robot);
    }
    return window;
  }

  @Override
  public View createView() {
    return new HeadlessxView();
  }

  @Override
  public GlassRobot createRobot() {
    robot = new HeadlessxRobot(this);
    return robot;
  }

  @Override
  public Cursor createCursor(int x, int y, Pixels pixels) {
    return new HeadlessCursor(Cursor.CURSOR_DEFAULT);
  }

  @Override
  protected void staticCursor_setVisible(boolean visible) {
    // There is none to be seen.
  }

  @Override
  protected int _getKeyCodeForChar(char character, int hint) {
    Integer symbol = SYMBOLS.get(character);
    if (symbol != null) {
      return symbol;
    }
    KeyCode key = KeyCode.getKeyCode(String.valueOf(character).toUpperCase(Locale.ROOT));
    return key == null ? KeyEvent.VK_UNDEFINED : key.getCode();
  }
}
