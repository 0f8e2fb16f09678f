package org.pagexplorer.ui.viewer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.pagexplorer.domain.InputShape;

/** Where pixels are when one zooms and drags. */
class ViewportTest {
  private static final InputShape SHAPE = InputShape.CIFAR;

  private static Viewport fitting() {
    return Viewport.fitting(SHAPE, 500, 330);
  }

  @Test
  void fittingShowsAllOfThePictureAtAWholeScale() {
    assertEquals(new Viewport(10, 16, 16), fitting());
    assertEquals(0.5, Viewport.fitting(new InputShape(3, 200, 224), 112, 300).scale());
  }

  @Test
  void thePlaceBelowThePointerStaysThereWhileOneZooms() {
    Viewport near = fitting();
    for (int i = 0; i < 3; i++) {
      near = near.zoomed(1.3, -47, 33, SHAPE, 10);
      assertEquals(16 - 47 / 10.0, near.centerX() - 47 / near.scale(), 1e-9);
      assertEquals(16 + 33 / 10.0, near.centerY() + 33 / near.scale(), 1e-9);
    }
    assertEquals(10 * Math.pow(1.3, 3), near.scale(), 1e-9);
    assertEquals(11, near.column(-47));
    assertEquals(19, near.row(33));
  }

  @Test
  void zoomEndsBeforeThePictureIsLost() {
    assertEquals(64, fitting().zoomed(1e9, 0, 0, SHAPE, 10).scale());
    assertEquals(0.5, fitting().zoomed(1e-9, 0, 0, SHAPE, 10).scale());
    Viewport dragged = fitting().moved(-1e6, 1e6, SHAPE);
    assertEquals(new Viewport(10, 32, 0), dragged);
    assertTrue(fitting().moved(30, 0, SHAPE).column(30) == 16, "it follows the pointer");
  }
}
