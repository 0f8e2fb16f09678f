package org.pagexplorer.ui.toy;

import java.util.List;
import javafx.beans.InvalidationListener;
import javafx.beans.Observable;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.DoubleProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleDoubleProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.geometry.Point2D;
import org.jspecify.annotations.Nullable;
import org.pagexplorer.domain.AttackSpecification;
import org.pagexplorer.lab.toy.Region;
import org.pagexplorer.ui.support.Theme;

/** What all panels show of the plane, and how: they zoom and pan together. */
public final class PlaneView {
  /** Where there are no points yet: as large as the paper's line. */
  static final Region EMPTY = new Region(-120, -120, 240, 240);

  /** Which points are on the panels. */
  public enum Shown {
    TEST("test points"),
    TRAIN("training points"),
    NONE("no points");

    private final String title;

    Shown(String title) {
      this.title = title;
    }

    @Override
    public String toString() {
      return title;
    }
  }

  private final ObjectProperty<Region> region = new SimpleObjectProperty<>(EMPTY);
  private final DoubleProperty width = new SimpleDoubleProperty();
  private final DoubleProperty height = new SimpleDoubleProperty();
  private final BooleanProperty confidence = new SimpleBooleanProperty(true);
  private final BooleanProperty gradients = new SimpleBooleanProperty();
  private final BooleanProperty margins = new SimpleBooleanProperty();
  private final BooleanProperty ball = new SimpleBooleanProperty(true);
  private final ObjectProperty<Shown> points = new SimpleObjectProperty<>(Shown.TEST);
  private final ObjectProperty<@Nullable Point2D> pointer = new SimpleObjectProperty<>();
  private final ObjectProperty<Theme> theme;

  PlaneView(ObjectProperty<Theme> theme) {
    this.theme = theme;
  }

  /** Told of everything that asks for new frames. */
  void listen(InvalidationListener listener) {
    List.<Observable>of(region, width, height, confidence, gradients, theme)
        .forEach(each -> each.addListener(listener));
  }

  boolean hasSize() {
    return width.get() >= 2 && height.get() >= 2;
  }

  /** The part of the plane that fills a panel; before the first layout, no panel has a shape. */
  Region filled() {
    return hasSize() ? region.get().ofRatio(width.get() / height.get()) : region.get();
  }

  FrameRequest request(
      boolean coarse, AttackSpecification attack, boolean numbers, @Nullable Click click) {
    return new FrameRequest(
        filled(),
        (int) width.get(),
        (int) height.get(),
        coarse,
        new FieldPainter(ToyPalette.of(theme.get()), confidence.get()),
        attack,
        numbers,
        gradients.get(),
        click);
  }

  public ObjectProperty<Region> regionProperty() {
    return region;
  }

  /** Of a panel, in pixels. */
  DoubleProperty widthProperty() {
    return width;
  }

  DoubleProperty heightProperty() {
    return height;
  }

  /** Whether the background shows p(class) rather than the class alone. */
  public BooleanProperty confidenceProperty() {
    return confidence;
  }

  public BooleanProperty gradientsProperty() {
    return gradients;
  }

  public BooleanProperty marginsProperty() {
    return margins;
  }

  public BooleanProperty ballProperty() {
    return ball;
  }

  public ObjectProperty<Shown> pointsProperty() {
    return points;
  }

  /** The place under the pointer, the same for all panels; null where there is none. */
  ObjectProperty<@Nullable Point2D> pointerProperty() {
    return pointer;
  }

  ObjectProperty<Theme> themeProperty() {
    return theme;
  }
}
