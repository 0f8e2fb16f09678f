package org.pagexplorer.ui.shell;

import javafx.beans.property.BooleanProperty;
import javafx.beans.property.DoubleProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleDoubleProperty;
import javafx.geometry.Rectangle2D;
import javafx.stage.Screen;
import javafx.stage.Stage;
import org.pagexplorer.ui.settings.Part;

/** Where the window is and how large, while it is not maximized. */
final class Placement {
  private static final double FARTHEST = 100_000;

  /** Of the window's head: enough to take hold of it. */
  private static final double GRIP = 100;

  /** From one window to the next, to the right and down. */
  private static final double SHIFT = 32;

  /** More would leave the screen: they begin again at the first one's place. */
  private static final int MOST_SHIFTS = 6;

  private final Stage stage;
  private final DoubleProperty x = new SimpleDoubleProperty(Double.NaN);
  private final DoubleProperty y = new SimpleDoubleProperty(Double.NaN);
  private final DoubleProperty width = new SimpleDoubleProperty();
  private final DoubleProperty height = new SimpleDoubleProperty();
  private final BooleanProperty maximized = new SimpleBooleanProperty();

  Placement(Stage stage) {
    this.stage = stage;
  }

  Part part() {
    return new Part("window")
        .number("x", x, -FARTHEST, FARTHEST)
        .number("y", y, -FARTHEST, FARTHEST)
        .number("width", width, 1, FARTHEST)
        .number("height", height, 1, FARTHEST)
        .truth("maximized", maximized);
  }

  /**
   * Before the window is shown: as it was, where that is still on a screen, but not over others.
   *
   * @param others windows that are open
   */
  void apply(int others) {
    if (width.get() > 0 && height.get() > 0) {
      Rectangle2D screen = Screen.getPrimary().getVisualBounds();
      stage.setWidth(Math.min(width.get(), Math.max(screen.getWidth(), stage.getMinWidth())));
      stage.setHeight(Math.min(height.get(), Math.max(screen.getHeight(), stage.getMinHeight())));
    }
    boolean seen =
        !Double.isNaN(x.get())
            && !Screen.getScreensForRectangle(x.get(), y.get(), GRIP, GRIP / 2).isEmpty();
    if (seen) {
      stage.setX(x.get());
      stage.setY(y.get());
    }
    stage.setMaximized(maximized.get());
    shift(SHIFT * (others % MOST_SHIFTS));
  }

  /** Its far corner stays on the screen, for which it is made smaller where it may be. */
  private void shift(double by) {
    if (by == 0) {
      return;
    }
    boolean placed = !Double.isNaN(stage.getX());
    Rectangle2D room = placed ? screen() : Screen.getPrimary().getVisualBounds();
    double left =
        placed ? stage.getX() : room.getMinX() + between(room.getWidth(), stage.getWidth());
    double top =
        placed ? stage.getY() : room.getMinY() + between(room.getHeight(), stage.getHeight());
    stage.setX(left + by);
    stage.setY(top + by);
    double wide = room.getMaxX() - stage.getX();
    double high = room.getMaxY() - stage.getY();
    stage.setWidth(Math.max(stage.getMinWidth(), Math.min(stage.getWidth(), wide)));
    stage.setHeight(Math.max(stage.getMinHeight(), Math.min(stage.getHeight(), high)));
  }

  private Rectangle2D screen() {
    return Screen.getScreensForRectangle(stage.getX(), stage.getY(), GRIP, GRIP)
        .getFirst()
        .getVisualBounds();
  }

  private static double between(double all, double own) {
    return Math.max(0, (all - own) / 2);
  }

  /** From now on. */
  void follow() {
    stage.xProperty().addListener((property, old, now) -> moved());
    stage.yProperty().addListener((property, old, now) -> moved());
    stage.widthProperty().addListener((property, old, now) -> moved());
    stage.heightProperty().addListener((property, old, now) -> moved());
    stage.maximizedProperty().addListener((property, old, now) -> maximized.set(now));
    moved();
  }

  private void moved() {
    boolean usual = !stage.isMaximized() && !stage.isIconified() && !stage.isFullScreen();
    if (usual && stage.isShowing() && !Double.isNaN(stage.getX())) {
      x.set(stage.getX());
      y.set(stage.getY());
      width.set(stage.getWidth());
      height.set(stage.getHeight());
    }
  }
}
