package org.pagexplorer.ui.shell;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javafx.geometry.BoundingBox;
import javafx.geometry.Bounds;
import javafx.geometry.Side;

/**
 * Where the tour's card stands: beside what it is about, without covering it.
 *
 * @param x of its left edge
 * @param y of its upper edge
 * @param side of what it is about; empty where there is room on none, and the card is in the corner
 */
record TourPlace(double x, double y, Optional<Side> side) {
  /** Between the card and what it is about. */
  static final double GAP = 16;

  /** What is outside of the room, as what is left of the screens, may be farther away. */
  private static final double FARTHEST = 120;

  /** As much of the card has to be beside what it is about, so that its arrow hits that. */
  private static final double LEAST_OVERLAP = 24;

  /**
   * @param target what the card is about
   * @param width of the card
   * @param height of the card
   * @param room in which it has to be, whole
   * @param preferred tried first
   */
  static TourPlace of(Bounds target, double width, double height, Bounds room, Side preferred) {
    List<Side> sides = new ArrayList<>(List.of(Side.BOTTOM, Side.TOP, Side.RIGHT, Side.LEFT));
    sides.remove(preferred);
    sides.addFirst(preferred);
    return sides.stream()
        .map(side -> beside(target, width, height, room, side))
        .filter(place -> place.fits(target, width, height, room))
        .findFirst()
        .orElseGet(() -> corner(width, height, room));
  }

  /** The lower right one. */
  static TourPlace corner(double width, double height, Bounds room) {
    return new TourPlace(room.getMaxX() - width, room.getMaxY() - height, Optional.empty());
  }

  private static TourPlace beside(
      Bounds target, double width, double height, Bounds room, Side side) {
    double x = within(target.getCenterX() - width / 2, room.getMinX(), room.getMaxX() - width);
    double y = within(target.getCenterY() - height / 2, room.getMinY(), room.getMaxY() - height);
    Optional<Side> there = Optional.of(side);
    return switch (side) {
      case TOP -> {
        double above = Math.min(target.getMinY() - GAP, room.getMaxY());
        yield new TourPlace(x, above - height, there);
      }
      case BOTTOM -> new TourPlace(x, Math.max(target.getMaxY() + GAP, room.getMinY()), there);
      case LEFT -> {
        double before = Math.min(target.getMinX() - GAP, room.getMaxX());
        yield new TourPlace(before - width, y, there);
      }
      case RIGHT -> new TourPlace(Math.max(target.getMaxX() + GAP, room.getMinX()), y, there);
    };
  }

  private boolean fits(Bounds target, double width, double height, Bounds room) {
    double shared =
        side.orElseThrow().isVertical()
            ? Math.min(y + height, target.getMaxY()) - Math.max(y, target.getMinY())
            : Math.min(x + width, target.getMaxX()) - Math.max(x, target.getMinX());
    double least =
        Math.min(
            LEAST_OVERLAP,
            side.orElseThrow().isVertical() ? target.getHeight() : target.getWidth());
    Bounds card = new BoundingBox(x, y, width, height);
    return room.contains(card) && shared >= least && distance(card, target) <= FARTHEST;
  }

  private static double distance(Bounds card, Bounds target) {
    double across = Math.max(card.getMinX() - target.getMaxX(), target.getMinX() - card.getMaxX());
    double along = Math.max(card.getMinY() - target.getMaxY(), target.getMinY() - card.getMaxY());
    return Math.max(across, along);
  }

  private static double within(double value, double low, double high) {
    return Math.max(low, Math.min(high, value));
  }
}
