package org.pagexplorer.ui.shell;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import javafx.geometry.BoundingBox;
import javafx.geometry.Bounds;
import javafx.geometry.Side;
import javafx.scene.Node;
import javafx.scene.layout.Pane;
import javafx.scene.layout.Region;
import javafx.scene.shape.Polygon;

/**
 * Over the screen, which stays usable below it: the tour's card, a frame around what it is about,
 * and an arrow between them. They follow where that moves to.
 */
final class TourLayer extends Pane {
  private static final double EDGE = 10;
  private static final double FRAME = 4;
  private static final double ARROW = 9;

  private final TourCard card;
  private final Supplier<Optional<Bounds>> target;
  private final Region frame = new Region();
  private final Polygon arrow = new Polygon();
  private final Runnable place = this::place;
  private Side preferred = Side.BOTTOM;

  /**
   * @param target where it is in the scene that the card is about; nothing while it is out of sight
   */
  TourLayer(TourCard card, Supplier<Optional<Bounds>> target) {
    this.card = card;
    this.target = target;
    setPickOnBounds(false);
    frame.setId("tour-frame");
    frame.getStyleClass().add("tour-frame");
    arrow.getStyleClass().add("tour-arrow");
    for (Node part : List.of(frame, arrow)) {
      part.setMouseTransparent(true);
    }
    for (Node part : List.of(frame, card, arrow)) {
      part.setManaged(false);
      getChildren().add(part);
    }
    setVisible(false);
  }

  /**
   * @param side of what the card is about, where there is room
   */
  void show(Side side) {
    preferred = side;
    if (!isVisible()) {
      setVisible(true);
      getScene().addPostLayoutPulseListener(place);
    }
    requestLayout();
  }

  void hide() {
    if (isVisible()) {
      setVisible(false);
      getScene().removePostLayoutPulseListener(place);
    }
  }

  /** What is laid out before it may have moved. */
  @Override
  protected void layoutChildren() {
    place();
  }

  private void place() {
    if (!isVisible() || getWidth() <= 0) {
      return;
    }
    Optional<Bounds> around = target.get().map(this::sceneToLocal);
    frame.setVisible(around.isPresent());
    card.setLost(around.isEmpty());
    double height = Math.ceil(card.prefHeight(TourCard.WIDTH));
    Bounds room = new BoundingBox(EDGE, EDGE, getWidth() - 2 * EDGE, getHeight() - 2 * EDGE);
    TourPlace at =
        around
            .map(bounds -> TourPlace.of(bounds, TourCard.WIDTH, height, room, preferred))
            .orElseGet(() -> TourPlace.corner(TourCard.WIDTH, height, room));
    card.resizeRelocate(Math.rint(at.x()), Math.rint(at.y()), TourCard.WIDTH, height);
    around.ifPresent(
        bounds ->
            frame.resizeRelocate(
                bounds.getMinX() - FRAME,
                bounds.getMinY() - FRAME,
                bounds.getWidth() + 2 * FRAME,
                bounds.getHeight() + 2 * FRAME));
    arrow.setVisible(at.side().isPresent());
    at.side().ifPresent(side -> point(side, around.orElseThrow()));
  }

  /** From the card's edge to the frame. */
  private void point(Side side, Bounds around) {
    Bounds own = box(card);
    double x = Math.clamp(around.getCenterX(), own.getMinX() + 20, own.getMaxX() - 20);
    double y = Math.clamp(around.getCenterY(), own.getMinY() + 20, own.getMaxY() - 20);
    double reach = TourPlace.GAP - FRAME - 1;
    List<Double> points =
        switch (side) {
          case BOTTOM -> upright(x, own.getMinY() + 1, -reach);
          case TOP -> upright(x, own.getMaxY() - 1, reach);
          case RIGHT -> level(own.getMinX() + 1, y, -reach);
          case LEFT -> level(own.getMaxX() - 1, y, reach);
        };
    if (!points.equals(arrow.getPoints())) { // a change asks for the next pulse, which places again
      arrow.getPoints().setAll(points);
    }
  }

  private static Bounds box(Region region) {
    return new BoundingBox(
        region.getLayoutX(), region.getLayoutY(), region.getWidth(), region.getHeight());
  }

  private static List<Double> upright(double x, double base, double reach) {
    return List.of(x - ARROW, base, x + ARROW, base, x, base + reach);
  }

  private static List<Double> level(double base, double y, double reach) {
    return List.of(base, y - ARROW, base, y + ARROW, base + reach, y);
  }
}
