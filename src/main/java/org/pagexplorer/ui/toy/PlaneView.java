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

/**
 * What all panels show of the plane, and how: they zoom and pan together.
 *
 * @param regionProperty the part of the plane that is in view
 * @param widthProperty of a panel, in pixels
 * @param heightProperty of a panel, in pixels
 * @param confidenceProperty whether the background shows p(class) rather than the class alone
 * @param gradientsProperty whether arrows show the input-gradient
 * @param marginsProperty whether each test point's way to the boundary is shown
 * @param ballProperty whether the attack's ball is shown
 * @param pointsProperty which points are shown
 * @param pointerProperty the place under the pointer, the same for all panels; null where there is
 *     none
 */
public record PlaneView(
    ObjectProperty<Region> regionProperty,
    DoubleProperty widthProperty,
    DoubleProperty heightProperty,
    BooleanProperty confidenceProperty,
    BooleanProperty gradientsProperty,
    BooleanProperty marginsProperty,
    BooleanProperty ballProperty,
    ObjectProperty<Shown> pointsProperty,
    ObjectProperty<@Nullable Point2D> pointerProperty,
    ObjectProperty<Theme> themeProperty) {
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

  PlaneView(ObjectProperty<Theme> theme) {
    this(
        new SimpleObjectProperty<>(EMPTY),
        new SimpleDoubleProperty(),
        new SimpleDoubleProperty(),
        new SimpleBooleanProperty(true),
        new SimpleBooleanProperty(),
        new SimpleBooleanProperty(),
        new SimpleBooleanProperty(true),
        new SimpleObjectProperty<>(Shown.TEST),
        new SimpleObjectProperty<>(),
        theme);
  }

  /** Told of everything that asks for new frames. */
  void listen(InvalidationListener listener) {
    List.<Observable>of(
            regionProperty,
            widthProperty,
            heightProperty,
            confidenceProperty,
            gradientsProperty,
            themeProperty)
        .forEach(each -> each.addListener(listener));
  }

  boolean hasSize() {
    return widthProperty.get() >= 2 && heightProperty.get() >= 2;
  }

  /** The part of the plane that fills a panel; before the first layout, no panel has a shape. */
  Region filled() {
    return hasSize()
        ? regionProperty.get().ofRatio(widthProperty.get() / heightProperty.get())
        : regionProperty.get();
  }

  FrameRequest request(
      boolean coarse, AttackSpecification attack, boolean numbers, @Nullable Click click) {
    return new FrameRequest(
        filled(),
        (int) widthProperty.get(),
        (int) heightProperty.get(),
        coarse,
        new FieldPainter(ToyPalette.of(themeProperty.get()), confidenceProperty.get()),
        attack,
        numbers,
        gradientsProperty.get(),
        click);
  }
}
