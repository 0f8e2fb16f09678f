package com.sun.glass.ui.headless;

import javafx.scene.input.KeyCode;
import javafx.scene.input.MouseButton;
import javafx.scene.paint.Color;

/**
 * A robot whose keys are JavaFX's and whose mouse is the application's one pointer.
 *
 * <p>Gaps of 26.0.2 filled here: every robot has a pointer of its own, which starts in the corner;
 * the keys held are unknown to mouse events; escape does not end a drag; pixels and captures are
 * read with a fixed row length of 1000.
 */
final class HeadlessxRobot extends HeadlessRobot {
  private final HeadlessxPointer pointer;
  private final HeadlessxScreen screen;

  HeadlessxRobot(HeadlessxApplication application) {
    super(application);
    pointer = application.pointer();
    screen = application.screen();
  }

  @Override
  public void keyPress(KeyCode key) {
    pointer.keyPressed(key);
    if (key == KeyCode.ESCAPE && pointer.cancelDrag()) {
      return;
    }
    super.keyPress(key);
  }

  @Override
  public void keyRelease(KeyCode key) {
    pointer.keyReleased(key);
    super.keyRelease(key);
  }

  @Override
  public double getMouseX() {
    return pointer.x();
  }

  @Override
  public double getMouseY() {
    return pointer.y();
  }

  @Override
  public void mouseMove(double x, double y) {
    pointer.moveTo((int) x, (int) y);
  }

  @Override
  public void mousePress(MouseButton... buttons) {
    for (MouseButton button : buttons) {
      pointer.press(button);
    }
  }

  @Override
  public void mouseRelease(MouseButton... buttons) {
    for (MouseButton button : buttons) {
      pointer.release(button);
    }
  }

  @Override
  public void mouseWheel(int notches) {
    pointer.scroll(notches);
  }

  @Override
  public Color getPixelColor(double x, double y) {
    int argb = screen.pixel((int) x, (int) y);
    return Color.rgb(argb >> 16 & 255, argb >> 8 & 255, argb & 255, (argb >>> 24) / 255.0);
  }

  @Override
  public void getScreenCapture(
      int left, int top, int width, int height, int[] into, boolean scaleToFit) {
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        into[y * width + x] = screen.pixel(left + x, top + y);
      }
    }
  }
}
