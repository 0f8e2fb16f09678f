package org.pagexplorer.ui.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import javafx.geometry.Bounds;
import javafx.scene.Node;
import javafx.scene.layout.Region;
import org.junit.jupiter.api.Test;

class FoldingBarTest {
  private final Region first = region(100, 0);
  private final Region second = region(200, 200);
  private final Region last = region(150, 150);
  private final Bar bar = new Bar();

  private final class Bar extends FoldingBar {
    Bar() {
      super(10);
      setParts(List.of(first), List.of(second), List.of(last));
    }
  }

  private static Region region(double width, double least) {
    Region region = new Region();
    region.setPrefSize(width, 30);
    region.setMinWidth(least);
    return region;
  }

  private void layOut(double width) {
    bar.resize(width, bar.prefHeight(width));
    bar.layout();
    bar.getChildrenUnmodifiable().forEach(part -> ((Region) part).layout());
  }

  private Bounds placeOf(Node node) {
    return bar.sceneToLocal(node.localToScene(node.getBoundsInLocal()));
  }

  @Test
  void inAWideWindowEverythingIsInOneRow() {
    layOut(600);
    assertEquals(30, bar.getHeight());
    assertEquals(0, placeOf(first).getMinX());
    assertEquals(110, placeOf(second).getMinX());
    assertEquals(600, placeOf(last).getMaxX());
    assertEquals(0, placeOf(second).getMinY());
  }

  @Test
  void inANarrowOneTheMiddleIsBelow() {
    layOut(469); // a pixel less than 100 + 10 + 200 + 10 + 150
    assertEquals(68, bar.getHeight());
    assertEquals(0, placeOf(first).getMinY());
    assertEquals(0, placeOf(second).getMinX());
    assertEquals(38, placeOf(second).getMinY());
    assertEquals(469, placeOf(last).getMaxX());
    layOut(470);
    assertEquals(30, bar.getHeight());
  }

  @Test
  void inTheNarrowestTheStartGivesWay() {
    layOut(220);
    assertEquals(60, placeOf(first).getWidth());
    assertEquals(150, placeOf(last).getWidth());
    assertTrue(bar.minWidth(-1) < 1, "it never makes the window wider");
  }
}
