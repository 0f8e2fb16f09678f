package org.pagexplorer.ui.viewer;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javafx.beans.property.DoubleProperty;
import javafx.beans.property.IntegerProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyIntegerProperty;
import javafx.beans.property.ReadOnlyIntegerWrapper;
import javafx.beans.property.SimpleDoubleProperty;
import org.jspecify.annotations.Nullable;
import org.pagexplorer.domain.AttackedImage;
import org.pagexplorer.domain.Image;
import org.pagexplorer.domain.InputShape;
import org.pagexplorer.domain.LayerTap;
import org.pagexplorer.domain.SaliencyMap;
import org.pagexplorer.domain.SaliencyMethod;
import org.pagexplorer.domain.SaliencySpecification;
import org.pagexplorer.lab.attack.TargetGrid.Tile;
import org.pagexplorer.ui.attack.GridAttack;
import org.pagexplorer.ui.attack.TileWords;
import org.pagexplorer.ui.attack.Trajectory;
import org.pagexplorer.ui.attack.Trajectory.Step;
import org.pagexplorer.ui.support.Pictures;

/**
 * The large view of the selected tile: its pictures at the step that is shown, and what part of
 * them is in sight, the same of all. On the FX thread.
 */
public final class ViewerViewModel {
  private final Supplier<Optional<GridAttack>> attack;
  private final IntegerProperty tile;
  private final IntegerProperty scrubbed;
  private final Saliencies saliencies;
  private final SaliencyChoice saliency = new SaliencyChoice();
  private final ReadOnlyBooleanWrapper open = new ReadOnlyBooleanWrapper();
  private final ReadOnlyIntegerWrapper revision = new ReadOnlyIntegerWrapper();
  private final DoubleProperty overlay = new SimpleDoubleProperty();
  private final Map<Part, Image> values = new EnumMap<>(Part.class);
  private final Map<Part, Image> pictures = new EnumMap<>(Part.class);
  private @Nullable GridAttack shownAttack;
  private @Nullable Step shownStep;
  private boolean shownResult;
  private int shownTile = -1;
  private List<String> layers = List.of();
  private @Nullable SaliencySpecification shownMethod;
  private @Nullable SaliencyMap shownMap;
  private String gradientWords = "";
  private InputShape shape = InputShape.CIFAR;
  private Viewport viewport = Viewport.actualSize(shape);
  private boolean fitted = true;
  private double width = 1;
  private double height = 1;
  private @Nullable Pixel pointed;

  /** The pictures, in the order in which they are shown. */
  public enum Part {
    ORIGINAL("original"),
    RESULT("result"),
    PERTURBATION("perturbation δ"),
    GRADIENT("input-gradient");

    private final String words;

    Part(String words) {
      this.words = words;
    }

    String words() {
      return words;
    }
  }

  /** Computes saliency maps of a tile's original and its goal's class. */
  public interface Saliencies {
    /** What was asked for before is dropped; the answer comes on the FX thread. */
    void ask(GridAttack attack, Tile tile, SaliencySpecification how, Consumer<SaliencyMap> answer);

    /** Nobody waits for the latest anymore. */
    void cancel();
  }

  /** A pixel of the pictures, from their upper left corner. */
  record Pixel(int x, int y) {}

  /**
   * @param attack what is on the screen
   * @param tile the selected one, row by row; −1 for none
   * @param scrubbed the step that all tiles show
   */
  public ViewerViewModel(
      Supplier<Optional<GridAttack>> attack,
      IntegerProperty tile,
      IntegerProperty scrubbed,
      Saliencies saliencies) {
    this.attack = attack;
    this.tile = tile;
    this.scrubbed = scrubbed;
    this.saliencies = saliencies;
    tile.addListener((property, old, now) -> update());
    overlay.addListener((property, old, now) -> changed());
    saliency.methodProperty().addListener((property, old, now) -> askAgain());
    saliency.layerProperty().addListener((property, old, now) -> askAgain());
    saliency
        .heldProperty()
        .addListener(
            (property, old, now) -> {
              showGradient();
              changed();
            });
  }

  /** Opens on the selected tile, if there is one. */
  public void open() {
    if (selected().isPresent()) {
      open.set(true);
      overlay.set(0);
      update();
      fit();
    }
  }

  public void close() {
    open.set(false);
    if (shownMap == null) {
      saliencies.cancel();
      forget(); // asked for again when it opens
    }
    pointed = null;
  }

  /** The attack, if it has the selected tile. */
  private Optional<GridAttack> selected() {
    int index = tile.get();
    return attack.get().filter(now -> index >= 0 && index < now.tiles().size());
  }

  /** Takes over what the attack and the scrubber have become. */
  public void update() {
    if (!open.get()) {
      return;
    }
    Optional<GridAttack> found = selected();
    if (found.isEmpty() || found.get() != shownAttack || tile.get() != shownTile) {
      forget();
      found.ifPresent(this::begin);
    }
    found.ifPresent(this::showStep);
    changed();
  }

  private void forget() {
    shownAttack = null;
    shownStep = null;
    shownTile = -1;
    values.clear();
    pictures.clear();
    forgetGradient();
  }

  private void forgetGradient() {
    shownMap = null;
    gradientWords = "";
    values.remove(Part.GRADIENT);
    pictures.remove(Part.GRADIENT);
  }

  private void begin(GridAttack now) {
    shownAttack = now;
    shownTile = tile.get();
    Tile shown = now.tiles().get(shownTile);
    put(Part.ORIGINAL, shown.image(), shown.image());
    if (!shown.image().shape().equals(shape)) {
      shape = shown.image().shape();
      fit();
    }
    layers =
        LayerTap.of(now.model().card().architecture()).stream().map(LayerTap.Layer::name).toList();
    ask(now, shown);
  }

  private void ask(GridAttack now, Tile shown) {
    int index = shownTile;
    SaliencySpecification how = saliency.specification(layers);
    shownMethod = how;
    if (how.method() == SaliencyMethod.GRAD_CAM && layers.isEmpty()) {
      saliencies.cancel();
      gradientWords = "This model has no layer that gives images.";
      return;
    }
    saliencies.ask(
        now,
        shown,
        how,
        map -> {
          if (shownAttack == now && shownTile == index && how.equals(shownMethod)) {
            shownMap = map;
            showGradient();
            changed();
          }
        });
  }

  /** Something else of the same tile. */
  private void askAgain() {
    GridAttack now = shownAttack;
    if (now == null || saliency.specification(layers).equals(shownMethod)) {
      return;
    }
    forgetGradient();
    if (open.get()) {
      ask(now, now.tiles().get(shownTile));
    } else {
      forget();
    }
    changed();
  }

  private void showGradient() {
    SaliencyMap map = shownMap;
    SaliencySpecification how = shownMethod;
    Image original = values.get(Part.ORIGINAL);
    if (map != null && how != null && original != null) {
      double scale = saliency.scale(how, map);
      gradientWords = SaliencyChoice.words(how, map, scale);
      put(Part.GRADIENT, map.values(), SaliencyChoice.picture(how, map, original, scale));
    }
  }

  private void showStep(GridAttack now) {
    Trajectory trajectory = now.trajectory(shownTile);
    Step step = trajectory.at(scrubbed.get());
    AttackedImage result = trajectory.result();
    if (step == shownStep && shownResult == (result != null)) {
      return;
    }
    shownStep = step;
    shownResult = result != null;
    if (step == null) {
      values.remove(Part.RESULT);
      values.remove(Part.PERTURBATION);
      pictures.remove(Part.RESULT);
      pictures.remove(Part.PERTURBATION);
      return;
    }
    boolean last = step.number() == now.specification().steps();
    Image image =
        result != null && last ? result.result() : new Image(shape, fractions(step.pixels()));
    float[] delta = image.pixels().clone();
    float[] original = now.tiles().get(shownTile).image().pixels();
    for (int i = 0; i < delta.length; i++) {
      delta[i] -= original[i];
    }
    put(Part.RESULT, image, image);
    putAroundGray(Part.PERTURBATION, new Image(shape, delta));
  }

  private static float[] fractions(byte[] pixels) {
    float[] values = new float[pixels.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = (pixels[i] & 255) / 255f;
    }
    return values;
  }

  private void put(Part part, Image exact, Image shown) {
    values.put(part, exact);
    pictures.put(part, shown);
  }

  private void putAroundGray(Part part, Image exact) {
    double scale = 0.5 / Math.max(1e-12, Pictures.largest(exact.pixels()));
    put(part, exact, Pictures.aroundGrey(exact.shape(), exact.pixels(), scale));
  }

  private void changed() {
    revision.set(revision.get() + 1);
  }

  /** To a neighbor in the grid; nowhere beyond its edges. */
  void walk(int rows, int columns) {
    int across = selected().map(now -> Math.max(1, now.heads().size())).orElse(0);
    if (across == 0) {
      return;
    }
    int column = tile.get() % across + columns;
    int next = tile.get() + rows * across + columns;
    int count = selected().map(now -> now.tiles().size()).orElse(0);
    if (column >= 0 && column < across && next >= 0 && next < count) {
      tile.set(next);
    }
  }

  /** Each pane is this large, in screen pixels. */
  void resize(double newWidth, double newHeight) {
    width = newWidth;
    height = newHeight;
    if (fitted) {
      fit();
    }
  }

  void fit() {
    fitted = true;
    viewport = Viewport.fitting(shape, width, height);
    changed();
  }

  void actualSize() {
    look(Viewport.actualSize(shape));
  }

  /**
   * @param dx the pointer's distance from the pane's middle, in screen pixels
   */
  void zoom(double factor, double dx, double dy) {
    double fitting = Viewport.fitting(shape, width, height).scale();
    look(viewport.zoomed(factor, dx, dy, shape, fitting));
  }

  void move(double dx, double dy) {
    look(viewport.moved(dx, dy, shape));
  }

  private void look(Viewport now) {
    fitted = false;
    viewport = now;
    changed();
  }

  /** The pointer is there; the same distances as of {@link #zoom}. */
  void point(double dx, double dy) {
    Pixel pixel = new Pixel(viewport.column(dx), viewport.row(dy));
    boolean inside =
        pixel.x() >= 0 && pixel.y() >= 0 && pixel.x() < shape.width() && pixel.y() < shape.height();
    pointed = inside ? pixel : null;
    changed();
  }

  void pointAway() {
    pointed = null;
    changed();
  }

  Optional<Pixel> pointed() {
    return Optional.ofNullable(pointed);
  }

  Viewport viewport() {
    return viewport;
  }

  /** What is painted of a part; nothing where it is not computed yet. */
  Optional<Image> picture(Part part) {
    return Optional.ofNullable(pictures.get(part));
  }

  /** The values themselves, not scaled for the screen. */
  Optional<Image> values(Part part) {
    return Optional.ofNullable(values.get(part));
  }

  /** Number of the step whose picture is shown; 0 before the first. */
  public int shownStep() {
    Step step = shownStep;
    return step == null ? 0 : step.number();
  }

  /** The tile and its numbers, in a line or two. */
  String words() {
    GridAttack now = shownAttack;
    return now == null ? "" : TileWords.of(now, shownTile, scrubbed.get());
  }

  /** What the gradient's picture shows. */
  public SaliencyChoice saliency() {
    return saliency;
  }

  /** The scale of the gradient's picture; empty before it is there. */
  String gradientWords() {
    return gradientWords;
  }

  /** The model's layers for Grad-CAM. */
  List<String> layers() {
    return layers;
  }

  /** Opacity of the original over the result, from 0 to 1. */
  DoubleProperty overlayProperty() {
    return overlay;
  }

  /** Whether it covers the screen. */
  public ReadOnlyBooleanProperty openProperty() {
    return open.getReadOnlyProperty();
  }

  /** Grows with everything that should be repainted. */
  ReadOnlyIntegerProperty revisionProperty() {
    return revision.getReadOnlyProperty();
  }
}
