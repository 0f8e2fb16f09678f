package org.pagexplorer.ui.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import java.util.Random;
import javafx.geometry.BoundingBox;
import javafx.geometry.Bounds;
import javafx.geometry.Side;
import org.junit.jupiter.api.Test;

class TourPlaceTest {
  private static final Bounds ROOM = new BoundingBox(10, 10, 800, 600);

  @Test
  void theCardStandsOnThePreferredSideWhereThereIsRoom() {
    Bounds middle = new BoundingBox(350, 280, 100, 40);
    for (Side side : Side.values()) {
      TourPlace place = TourPlace.of(middle, 200, 150, ROOM, side);
      assertEquals(Optional.of(side), place.side());
    }
    assertEquals(
        new TourPlace(300, 336, Optional.of(Side.BOTTOM)),
        TourPlace.of(middle, 200, 150, ROOM, Side.BOTTOM));
  }

  @Test
  void outsideOfTheRoomItStandsBeside() {
    Bounds near = new BoundingBox(-180, 560, 150, 30);
    TourPlace place = TourPlace.of(near, 200, 150, ROOM, Side.BOTTOM);
    assertEquals(new TourPlace(10, 460, Optional.of(Side.RIGHT)), place);
    Bounds far = new BoundingBox(-300, 560, 150, 30);
    assertEquals(Optional.empty(), TourPlace.of(far, 200, 150, ROOM, Side.BOTTOM).side());
  }

  @Test
  void whereverItStandsItIsInTheRoomAndCoversNothing() {
    Random random = new Random(1);
    int beside = 0;
    for (int i = 0; i < 2000; i++) {
      Bounds target =
          new BoundingBox(
              random.nextInt(-100, 800),
              random.nextInt(-100, 600),
              random.nextInt(10, 700),
              random.nextInt(10, 500));
      Side preferred = Side.values()[random.nextInt(4)];
      TourPlace place = TourPlace.of(target, 350, 170, ROOM, preferred);
      Bounds card = new BoundingBox(place.x(), place.y(), 350, 170);
      assertTrue(ROOM.contains(card), card + " in " + ROOM);
      if (place.side().isPresent()) {
        beside++;
        assertFalse(card.intersects(target), card + " over " + target);
      }
    }
    assertTrue(beside > 1000, beside + " have room");
  }
}
