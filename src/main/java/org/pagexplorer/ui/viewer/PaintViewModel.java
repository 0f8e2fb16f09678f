package org.pagexplorer.ui.viewer;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.DoubleProperty;
import javafx.beans.property.IntegerProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyIntegerProperty;
import javafx.beans.property.ReadOnlyIntegerWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleDoubleProperty;
import javafx.beans.property.SimpleIntegerProperty;
import javafx.beans.property.SimpleObjectProperty;
import org.jspecify.annotations.Nullable;
import org.pagexplorer.dataset.MaskFile;
import org.pagexplorer.domain.InputShape;
import org.pagexplorer.domain.Mask;
import org.pagexplorer.lab.attack.Brush;
import org.pagexplorer.lab.attack.OriginalImage;
import org.pagexplorer.lab.attack.PaintedRegion;

/**
 * Painting regions on the original of the tile that is enlarged: a stroke is shown while it is
 * made, and attacked when it ends. On the FX thread.
 */
public final class PaintViewModel {
  /** Regions of an image that one can tell apart. */
  static final int MOST = 6;

  private final Supplier<Optional<OriginalImage>> image;
  private final Consumer<List<PaintedRegion>> painted;
  private final BooleanProperty on = new SimpleBooleanProperty();
  private final ObjectProperty<Tool> tool = new SimpleObjectProperty<>(Tool.BRUSH);
  private final DoubleProperty radius = new SimpleDoubleProperty(0.15);
  private final DoubleProperty softness = new SimpleDoubleProperty(0.2);
  private final IntegerProperty selected = new SimpleIntegerProperty();
  private final ReadOnlyIntegerWrapper revision = new ReadOnlyIntegerWrapper();
  private List<PaintedRegion> regions = List.of();
  private List<PaintedRegion> given = List.of();
  private @Nullable OriginalImage shown;
  private @Nullable Stroke stroke;

  /** What the mouse does. */
  enum Tool {
    BRUSH,
    RECTANGLE,
    ERASER
  }

  /** One that is being made: where it began, where it is, and the mask before it. */
  private record Stroke(double x, double y, Mask before) {}

  /**
   * @param image the original of the tile that is enlarged
   * @param painted told of its regions after each stroke
   */
  public PaintViewModel(
      Supplier<Optional<OriginalImage>> image, Consumer<List<PaintedRegion>> painted) {
    this.image = image;
    this.painted = painted;
    on.addListener(
        (property, old, now) -> {
          release(); // a stroke that nobody ended counts as far as it went
          update();
        });
    selected.addListener((property, old, now) -> changed());
  }

  /** Takes over another image, and what has become of its regions. */
  void update() {
    OriginalImage now = image.get().orElse(null);
    if (now == null) {
      return; // while rows or attacks change, none is selected for a moment
    }
    boolean another = shown == null || !isSame(now, shown);
    if (another || !now.regions().equals(given)) {
      shown = now;
      given = now.regions();
      regions = given;
      stroke = null;
      int last = Math.max(0, regions.size() - 1);
      selected.set(another ? 0 : Math.min(selected.get(), last));
      changed();
    }
  }

  private static boolean isSame(OriginalImage one, OriginalImage other) {
    return one.origin().equals(other.origin()) && shape(one).equals(shape(other));
  }

  private static InputShape shape(OriginalImage image) {
    return image.image().shape();
  }

  private void changed() {
    revision.set(revision.get() + 1);
  }

  private double pixels() {
    OriginalImage now = shown;
    return now == null ? 1 : Math.max(0.5, radius.get() * shape(now).width());
  }

  private Mask mask() {
    OriginalImage now = shown;
    if (selected.get() < regions.size()) {
      return regions.get(selected.get()).mask();
    }
    InputShape shape = now == null ? InputShape.CIFAR : shape(now);
    return new Mask(shape.height(), shape.width(), new byte[shape.height() * shape.width()]);
  }

  /** Begins a stroke at a place of the picture, in its pixels. */
  void press(double x, double y) {
    if (shown != null) {
      stroke = new Stroke(x, y, mask());
      if (tool.get() != Tool.RECTANGLE) {
        paint(brush().stroke(mask(), x, y, x, y));
        stroke = new Stroke(x, y, mask());
      }
    }
  }

  void drag(double x, double y) {
    Stroke begun = stroke;
    if (begun == null) {
      return;
    }
    if (tool.get() == Tool.RECTANGLE) {
      paint(brush().rectangle(begun.before(), begun.x(), begun.y(), x, y));
    } else {
      paint(brush().stroke(begun.before(), begun.x(), begun.y(), x, y));
      stroke = new Stroke(x, y, mask());
    }
  }

  /** Ends the stroke: from now on only what is painted may change. */
  void release() {
    if (stroke != null) {
      stroke = null;
      give();
      if (tool.get() == Tool.ERASER) {
        regions = given; // what is wiped is gone; one that was added is yet to be painted
        selected.set(Math.clamp(selected.get(), 0, Math.max(0, regions.size() - 1)));
        changed();
      }
    }
  }

  private Brush brush() {
    boolean isOfEdges = tool.get() == Tool.RECTANGLE;
    double soft = softness.get();
    return new Brush(isOfEdges ? Math.min(4, pixels()) : pixels(), soft, tool.get() == Tool.ERASER);
  }

  private void paint(Mask mask) {
    replace(region -> new PaintedRegion(mask, region.target(), region.epsilon()));
  }

  private void replace(UnaryOperator<PaintedRegion> change) {
    List<PaintedRegion> next = new ArrayList<>(regions);
    int index = Math.min(selected.get(), next.size());
    if (index == next.size()) {
      next.add(PaintedRegion.of(mask()));
    }
    next.set(index, change.apply(next.get(index)));
    regions = List.copyOf(next);
    changed();
  }

  /** A region without anything painted is none. */
  private void give() {
    given = regions.stream().filter(region -> !region.mask().isEmpty()).toList();
    painted.accept(given);
  }

  /** The class of the selected region; none for the picture's own. */
  void target(Optional<String> target) {
    if (!target().equals(target)) {
      replace(region -> new PaintedRegion(region.mask(), target, region.epsilon()));
      give();
    }
  }

  /** The radius of the selected region; none for the attack's. */
  void epsilon(OptionalDouble epsilon) {
    if (!epsilon().equals(epsilon)) {
      replace(region -> new PaintedRegion(region.mask(), region.target(), epsilon));
      give();
    }
  }

  /** One more region, over the others. */
  void add() {
    if (regions.size() < MOST && shown != null) {
      selected.set(regions.size());
      replace(region -> region);
    }
  }

  /** Takes the selected region away. */
  void remove() {
    if (selected.get() < regions.size()) {
      List<PaintedRegion> next = new ArrayList<>(regions);
      next.remove(selected.get());
      regions = List.copyOf(next);
      selected.set(Math.max(0, Math.min(selected.get(), regions.size() - 1)));
      changed();
      give();
    }
  }

  /** What a mask has to fit; nothing where no image is shown. */
  Optional<InputShape> shape() {
    return Optional.ofNullable(shown).map(PaintViewModel::shape);
  }

  /** Makes a mask that of the selected region, if it still fits. */
  void take(Mask mask) {
    OriginalImage now = shown;
    if (now != null && mask.fits(shape(now))) {
      paint(mask);
      give();
    }
  }

  /**
   * Writes the selected region's mask as a picture.
   *
   * @throws org.pagexplorer.domain.UserException if it cannot be written
   */
  void save(Path file) {
    MaskFile.write(file, mask());
  }

  Optional<String> target() {
    return chosen().flatMap(PaintedRegion::target);
  }

  OptionalDouble epsilon() {
    return chosen().map(PaintedRegion::epsilon).orElse(OptionalDouble.empty());
  }

  /** The selected region; none where nothing is painted yet. */
  Optional<PaintedRegion> chosen() {
    return selected.get() < regions.size()
        ? Optional.of(regions.get(selected.get()))
        : Optional.empty();
  }

  /** From the lowest to the top, with the stroke that is being made. */
  List<PaintedRegion> regions() {
    return regions;
  }

  /** The brush's radius, in the picture's pixels. */
  double brushRadius() {
    return pixels();
  }

  /** Whether the mouse paints. */
  BooleanProperty onProperty() {
    return on;
  }

  ObjectProperty<Tool> toolProperty() {
    return tool;
  }

  /** The brush's radius as a share of the picture's width. */
  DoubleProperty radiusProperty() {
    return radius;
  }

  /** From 0, hard edges, to 1. */
  DoubleProperty softnessProperty() {
    return softness;
  }

  /** The region that is painted, from the lowest. */
  IntegerProperty selectedProperty() {
    return selected;
  }

  /** Grows with every change that has to be drawn. */
  ReadOnlyIntegerProperty revisionProperty() {
    return revision.getReadOnlyProperty();
  }
}
