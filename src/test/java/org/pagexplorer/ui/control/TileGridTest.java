package org.pagexplorer.ui.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import javafx.geometry.Point2D;
import javafx.scene.Scene;
import javafx.scene.canvas.Canvas;
import javafx.scene.image.WritableImage;
import javafx.scene.paint.Color;
import javafx.stage.Stage;
import org.junit.jupiter.api.Test;
import org.pagexplorer.ui.support.FxTest;
import org.pagexplorer.ui.support.Pictures.Picture;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.Start;

/** Counted, not timed: what is painted of a thousand columns. */
@FxTest
class TileGridTest {
  private static final int ROWS = 50;
  private static final int COLUMNS = 1000;
  private static final int WIDTH = 1000;
  private static final int HEIGHT = 600;

  private final Thousand content = new Thousand();
  private final List<Integer> selected = new ArrayList<>();
  private TileGrid grid;
  private GridScroll scroll;

  /** Every tile has its own color, and who asks for it is noted. */
  private static final class Thousand implements TileContent {
    private final List<String> heads =
        IntStream.range(0, COLUMNS).mapToObj(c -> "class number " + c).toList();
    private final Picture picture = Picture.of(1, 1);
    private final Set<Integer> asked = new HashSet<>();
    private int rows = ROWS;
    private TileState other = TileState.EMPTY;
    private int changed = -1;

    @Override
    public int rows() {
      return rows;
    }

    @Override
    public List<String> heads() {
      return heads;
    }

    @Override
    public int leastSide() {
      return 64;
    }

    @Override
    public Picture original(int row, int pixels) {
      assertEquals(64, pixels);
      return picture;
    }

    @Override
    public TileState tile(int row, int column, int pixels) {
      int tile = row * COLUMNS + column;
      asked.add(tile);
      return tile == changed ? other : TileState.EMPTY;
    }
  }

  /** One with these heads. */
  private record Named(List<String> heads) implements TileContent {
    @Override
    public int rows() {
      return 1;
    }

    @Override
    public Picture original(int row, int pixels) {
      return Picture.of(1, 1);
    }

    @Override
    public TileState tile(int row, int column, int pixels) {
      return TileState.EMPTY;
    }
  }

  @Start
  void start(Stage stage) {
    grid = new TileGrid(content, selected::add);
    scroll = new GridScroll(grid);
    stage.setScene(new Scene(scroll, WIDTH, HEIGHT));
    stage.setWidth(WIDTH);
    stage.setHeight(HEIGHT);
    stage.show();
  }

  /** The window may be larger than was asked for, until its system knows better. */
  private int most() {
    return columnsInSight() * rowsInSight();
  }

  private int columnsInSight() {
    return (int) scroll.getWidth() / 70 + 2;
  }

  private int rowsInSight() {
    return (int) scroll.getHeight() / 80 + 2;
  }

  private void scrollTo(FxRobot robot, double x, double y) {
    robot.interact(
        () -> {
          content.asked.clear();
          scroll.setHvalue(x);
          scroll.setVvalue(y);
          scroll.layout();
        });
  }

  @Test
  void onlyWhatIsInSightIsPaintedWhereverOneScrolls(FxRobot robot) {
    Canvas canvas = (Canvas) grid.getChildrenUnmodifiable().getFirst();
    assertTrue(grid.getWidth() > 70_000, "all columns have a place: " + grid.getWidth());
    for (double part : new double[] {0.3, 0.7, 1, 0}) {
      scrollTo(robot, part, part);
      // Two paintings, since it is scrolled first in one direction and then in the other.
      assertTrue(content.asked.size() <= 2 * most(), content.asked.size() + " tiles");
      robot.interact(content.asked::clear);
      robot.interact(grid::paint);
      assertTrue(content.asked.size() <= most(), content.asked.size() + " tiles");
      assertTrue(content.asked.size() > 40, content.asked.size() + " tiles");
      assertTrue(canvas.getWidth() <= scroll.getWidth() + 1);
      assertTrue(canvas.getHeight() <= scroll.getHeight() + 1);
    }
    assertTrue(content.asked.contains(0));
    scrollTo(robot, 1, 1);
    assertTrue(content.asked.contains(ROWS * COLUMNS - 1), "the last one");
    TileRange seen = grid.shownTilesProperty().get();
    assertEquals(ROWS - 1, seen.lastRow());
    assertEquals(COLUMNS - 1, seen.lastColumn());
    assertTrue(seen.firstColumn() >= COLUMNS - columnsInSight(), "" + seen);
    assertTrue(seen.firstRow() >= ROWS - rowsInSight(), "" + seen);
  }

  @Test
  void aChangedTileIsPaintedAndNoOther(FxRobot robot) {
    scrollTo(robot, 0.5, 0.5);
    TileRange seen = grid.shownTilesProperty().get();
    int row = seen.firstRow() + 3;
    int column = seen.firstColumn() + 3;
    List<Color> before = colors(robot, row, column);
    robot.interact(
        () -> {
          content.changed = row * COLUMNS + column;
          content.other = new TileState(content.picture, 1, true, true);
          grid.tilesChanged();
        });
    List<Color> after = colors(robot, row, column);
    assertEquals(Color.BLACK, after.getFirst());
    assertNotEquals(Color.BLACK, before.getFirst());
    assertEquals(before.getLast(), after.getLast());
  }

  /** Of a tile's middle and its neighbor's, in one go: the window may still find its size. */
  private List<Color> colors(FxRobot robot, int row, int column) {
    List<Color> colors = new ArrayList<>();
    robot.interact(
        () -> {
          WritableImage picture = scroll.snapshot(null, null);
          colors.add(colorAt(picture, row, column));
          colors.add(colorAt(picture, row, column + 1));
        });
    return colors;
  }

  private WritableImage picture(FxRobot robot) {
    WritableImage[] taken = new WritableImage[1];
    robot.interact(() -> taken[0] = scroll.snapshot(null, null));
    return taken[0];
  }

  private Color colorAt(WritableImage picture, int row, int column) {
    Point2D place = scroll.sceneToLocal(grid.localToScene(grid.middleOf(row, column)));
    return picture.getPixelReader().getColor((int) place.getX(), (int) place.getY());
  }

  @Test
  void originalsAndHeadsStayInSightAndCoverNoClicks(FxRobot robot) {
    scrollTo(robot, 0.5, 0.5);
    Point2D original = scroll.localToScene(20, HEIGHT / 2.0);
    WritableImage picture = picture(robot);
    assertEquals(
        Color.BLACK, picture.getPixelReader().getColor(20, HEIGHT / 2 - HEIGHT / 2 % 80 + 40));
    robot.clickOn(grid.localToScreen(grid.sceneToLocal(original)));
    assertEquals(List.of(), selected, "a tile below the originals");
    TileRange seen = grid.shownTilesProperty().get();
    int row = seen.firstRow() + 3;
    int column = seen.firstColumn() + 4;
    robot.clickOn(grid.localToScreen(grid.middleOf(row, column)));
    assertEquals(List.of(row * COLUMNS + column), selected);
  }

  @Test
  void whatIsRevealedIsNotBelowHeadsOrOriginals(FxRobot robot) {
    for (int tile : new int[] {49_999, 25_500, 20_480, 0, 999}) {
      robot.interact(() -> scroll.reveal(tile));
      Point2D place =
          scroll.sceneToLocal(grid.localToScene(grid.middleOf(tile / COLUMNS, tile % COLUMNS)));
      assertTrue(
          place.getX() > 80 + 30
              && place.getX() < scroll.getWidth() - 30
              && place.getY() > 20 + 30
              && place.getY() < scroll.getHeight() - 30,
          tile + " at " + place);
    }
  }

  @Test
  void rowsThatAreGoneAreNotPainted(FxRobot robot) {
    scrollTo(robot, 1, 1);
    robot.interact(
        () -> {
          content.rows = 2;
          content.asked.clear();
          grid.contentChanged();
        });
    assertTrue(content.asked.stream().allMatch(tile -> tile < 2 * COLUMNS));
    assertFalse(content.asked.isEmpty());
  }

  @Test
  void headsThatNeedAllOfTheirRoomStandApartAndEndWithThePictures() {
    Named named = new Named(Collections.nCopies(10, "a very long name of a class of images"));
    for (int side : new int[] {40, 64, 96}) {
      TileGeometry places = TileGeometry.of(named, side);
      double[] free = {0, 0};
      for (int column = 0; column < 10; column++) {
        double width = places.headWidth(column);
        double begins = places.headMiddle(column, width) - width / 2;
        assertTrue(width >= 1.4 * side, "there are two lines for them");
        assertTrue(begins >= free[column % 2], side + ": " + column + " touches another one");
        free[column % 2] = begins + width + TileGeometry.GAP;
      }
      double end = TileGeometry.width(named, side);
      assertTrue(Math.max(free[0], free[1]) - TileGeometry.GAP <= end, "cut by the grid's edge");
      assertEquals(
          places.tileLeft(9) + side / 2.0, places.headMiddle(9, side), "a short one is centered");
    }
  }
}
