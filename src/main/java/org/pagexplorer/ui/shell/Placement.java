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

  /** Before the window is shown: as it was, where that is still on a screen. */
  void apply() {
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
