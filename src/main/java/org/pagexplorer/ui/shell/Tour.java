package org.pagexplorer.ui.shell;

import java.util.Optional;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.IntegerProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleIntegerProperty;
import javafx.geometry.BoundingBox;
import javafx.geometry.Bounds;
import javafx.scene.Node;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.ToggleButton;
import org.jspecify.annotations.Nullable;
import org.pagexplorer.ui.control.TileGrid;
import org.pagexplorer.ui.settings.Part;

/**
 * Five steps on the real screen, which stays usable meanwhile. One can leave at any of them, and
 * comes back to it. On the FX thread.
 */
final class Tour {
  private static final int LAST = TourStep.values().length - 1;

  private final MainWindow window;
  private final IntegerProperty step = new SimpleIntegerProperty(0);
  private final BooleanProperty offered = new SimpleBooleanProperty(false);
  private final TourCard card = new TourCard(this);
  private final TourLayer layer = new TourLayer(card, this::target);
  private @Nullable Node offer;
  private @Nullable TourStep sought;
  private @Nullable Node control;

  Tour(MainWindow window) {
    this.window = window;
  }

  /** To be laid over the screens. */
  Node layer() {
    return layer;
  }

  /** Where one left, and that it needs no other offer. */
  Part part() {
    return new Part("tour").whole("step", step, 0, LAST).truth("offered", offered);
  }

  /** What is read, for tests. */
  TourCard card() {
    return card;
  }

  boolean isOpen() {
    return layer.isVisible();
  }

  /** What it is at, or comes back to. */
  TourStep step() {
    return TourStep.values()[step.get()];
  }

  /** Once, to who has never been offered it. */
  void offer() {
    if (!offered.get()) {
      offered.set(true);
      TourOffer bar = new TourOffer(this);
      offer = bar;
      window.offer(bar);
    }
  }

  /** Begins, or comes back to where one left. */
  void begin() {
    if (offer != null) {
      offer.setVisible(false);
    }
    show();
    card.takeFocus();
  }

  /** Shows what the step is about. */
  void show() {
    TourStep now = step();
    window.viewer().close();
    window.screenProperty().set(now.screen());
    if (window.lookup("#compare-pictures") instanceof ToggleButton pictures) {
      pictures.setSelected(true);
    }
    card.show(now);
    layer.show(now.side());
  }

  /** To a later or an earlier step; after the last one the tour ends, and starts over next time. */
  void go(int by) {
    int to = step.get() + by;
    if (to > LAST) {
      step.set(0);
      leave();
    } else if (to >= 0) {
      step.set(to);
      show();
    }
  }

  void leave() {
    layer.hide();
  }

  /** Where the step's control is in the scene; nothing while it is out of sight. */
  private Optional<Bounds> target() {
    return Optional.ofNullable(control())
        .filter(Tour::isShown)
        .map(this::bounds)
        .filter(bounds -> bounds.getWidth() > 0 && bounds.getHeight() > 0);
  }

  /** Asked for at each pulse, and so looked up once per step, and again where it was replaced. */
  private @Nullable Node control() {
    if (sought != step() || control == null || control.getScene() == null) {
      sought = step();
      control = window.lookup(step().target());
    }
    return control;
  }

  private static boolean isShown(Node node) {
    for (Node each = node; each != null; each = each.getParent()) {
      if (!each.isVisible()) {
        return false;
      }
    }
    return true;
  }

  private Bounds bounds(Node node) {
    Bounds own = node instanceof TileGrid grid ? firstImage(grid) : node.getLayoutBounds();
    Bounds seen = node.localToScene(own);
    for (Node each = node.getParent(); each != null; each = each.getParent()) {
      if (each instanceof ScrollPane) {
        seen = shared(seen, each.localToScene(each.getLayoutBounds()));
      }
    }
    return seen;
  }

  /** The heads, and the rows of the first image: one, or one per compared model. */
  private Bounds firstImage(TileGrid grid) {
    int columns = Math.max(1, grid.heads().size());
    int rows = step() == TourStep.ALIGNED ? Math.max(1, window.compare().attacks().size()) : 1;
    Bounds last = grid.boundsOf(rows * columns - 1);
    double names = step() == TourStep.ALIGNED ? grid.middleOf(0).getX() : grid.side() / 2.0;
    double left = grid.middleOf(0).getX() - names;
    double top = 0; // a frame between them would cut the heads
    return new BoundingBox(left, top, last.getMaxX() - left, last.getMaxY() - top);
  }

  private static Bounds shared(Bounds one, Bounds other) {
    double left = Math.max(one.getMinX(), other.getMinX());
    double top = Math.max(one.getMinY(), other.getMinY());
    return new BoundingBox(
        left,
        top,
        Math.min(one.getMaxX(), other.getMaxX()) - left,
        Math.min(one.getMaxY(), other.getMaxY()) - top);
  }
}
