package org.pagexplorer.ui.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.pagexplorer.ui.support.Waiting.waitFor;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javafx.geometry.Point2D;
import javafx.geometry.VerticalDirection;
import javafx.scene.Node;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.Slider;
import javafx.scene.control.ToggleButton;
import javafx.scene.image.WritableImage;
import javafx.scene.input.KeyCode;
import javafx.scene.input.MouseButton;
import javafx.scene.layout.Region;
import javafx.scene.paint.Color;
import javafx.stage.Stage;
import org.junit.jupiter.api.Test;
import org.pagexplorer.domain.Image;
import org.pagexplorer.domain.InputShape;
import org.pagexplorer.domain.SaliencyMap;
import org.pagexplorer.domain.SaliencyMethod;
import org.pagexplorer.domain.SaliencySpecification;
import org.pagexplorer.engine.AttackObserver;
import org.pagexplorer.engine.InputGradients;
import org.pagexplorer.engine.Saliency;
import org.pagexplorer.lab.attack.TargetGrid.Tile;
import org.pagexplorer.lab.saliency.SaliencyScale;
import org.pagexplorer.ui.attack.GridAttack;
import org.pagexplorer.ui.attack.Scrubber;
import org.pagexplorer.ui.control.TileGrid;
import org.pagexplorer.ui.support.CutTexts;
import org.pagexplorer.ui.support.Pictures;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.Start;

/** One looks closer: a tile of the grid, large. */
class ViewerTest extends WindowFixture {
  private static final int STEPS = 4;
  private static final List<String> PARTS =
      List.of("original", "result", "perturbation", "gradient");
  private static final int SIDE = InputShape.CIFAR.width();

  @Start
  void start(Stage stage) {
    open(stage, STEPS);
    explore.settings().epsilonProperty().set(2);
  }

  private GridAttack openTile(FxRobot robot, int row, int column) {
    GridAttack run = waitForAttack();
    TileGrid grid = robot.lookup("#grid").queryAs(TileGrid.class);
    robot.doubleClickOn(grid.localToScreen(grid.middleOf(row, column)));
    assertTrue(isOpen(robot));
    return run;
  }

  private static boolean isOpen(FxRobot robot) {
    return robot.lookup("#viewer").query().isVisible();
  }

  private static boolean isInSight(Node node) {
    return node.isVisible() && (node.getParent() == null || isInSight(node.getParent()));
  }

  private int selected() {
    return explore.selectedTileProperty().get();
  }

  /** What the four panes say of the pixel below the pointer. */
  private static String values(FxRobot robot, String part) {
    return text(robot, "#viewer-" + part + "-values");
  }

  private static Region frame(FxRobot robot, String part) {
    return (Region) robot.lookup("#viewer-" + part).query().lookup(".viewer-picture");
  }

  /** So far from the frame's middle. */
  private static Point2D place(FxRobot robot, String part, double dx, double dy) {
    Region frame = frame(robot, part);
    return frame.localToScreen(frame.getWidth() / 2 + dx, frame.getHeight() / 2 + dy);
  }

  private static int fittingScale(FxRobot robot) {
    Region frame = frame(robot, "original");
    return (int) (Math.min(frame.getWidth(), frame.getHeight()) / SIDE);
  }

  @Test
  void aDoubleClickShowsTheTileLargeArrowsGoToItsNeighborsAndEscapeGoesBack(FxRobot robot) {
    GridAttack run = openTile(robot, 1, 2);
    int columns = run.heads().size();
    assertEquals(columns + 2, selected());
    String words = text(robot, "#viewer-words");
    assertTrue(words.startsWith("automobile → bird\nstep 4: p(bird) = "), words);
    assertFalse(isInSight(robot.lookup("#grid").query()), "keys do not reach what is below");
    robot.type(KeyCode.RIGHT).type(KeyCode.DOWN);
    assertEquals(2 * columns + 3, selected());
    assertTrue(text(robot, "#viewer-words").startsWith("bird → cat\n"));
    robot.type(KeyCode.UP, 5);
    robot.type(KeyCode.LEFT, 5);
    assertEquals(0, selected(), "no further than the edges");
    robot.type(KeyCode.ESCAPE);
    assertFalse(isOpen(robot));
    Node grid = robot.lookup("#grid").query();
    assertTrue(grid.isFocused());
    robot.type(KeyCode.RIGHT).type(KeyCode.ENTER);
    assertTrue(isOpen(robot), "Enter opens it, too");
    assertTrue(text(robot, "#viewer-words").startsWith("airplane → automobile\n"));
  }

  @Test
  void theScrubberSaysTheStepOfTheTileThatIsLarge(FxRobot robot) {
    openTile(robot, 0, 3);
    robot.interact(
        () -> {
          explore.settings().stepsProperty().set(300);
          explore.selectedTileProperty().set(99); // attacked after those in sight
        });
    waitFor("tiles that are further than the large one", () -> ahead(robot) > 0);
    robot.interact(
        () -> {
          Matcher step = Pattern.compile("step (\\d+)").matcher(text(robot, "#viewer-words"));
          int large = step.find() ? Integer.parseInt(step.group(1)) : 0;
          Slider slider = robot.lookup("#viewer-scrubber").queryAs(Slider.class);
          Label words = (Label) slider.getParent().getChildrenUnmodifiable().getLast();
          assertEquals("step " + large + " / 300", words.getText());
          assertEquals(large, slider.getValue());
        });
  }

  /** By how many steps the furthest tile is further than the selected one. */
  private int ahead(FxRobot robot) {
    AtomicInteger ahead = new AtomicInteger();
    robot.interact(
        () ->
            explore
                .attack()
                .ifPresent(
                    now ->
                        ahead.set(
                            now.shownStep(Scrubber.FOLLOW)
                                - Math.max(0, now.trajectory(selected()).latest()))));
    return ahead.get();
  }

  @Test
  void valuesBelowThePointerAreThoseOfAllPictures(FxRobot robot) {
    GridAttack run = openTile(robot, 0, 3);
    Tile tile = run.tiles().get(3);
    waitFor("the gradient", () -> values(robot, "gradient").isBlank());
    int scale = fittingScale(robot);
    robot.moveTo(place(robot, "result", -5.5 * scale, 3.5 * scale)); // column 10, row 19
    Image original = tile.image();
    Image result = run.trajectory(3).result().result();
    Image gradient =
        lane.submit(
                l ->
                    InputGradients.ofLogit(
                            run.loaded(l).classifier(), List.of(original), new int[] {3})
                        .getFirst())
            .join();
    assertEquals(line("%.4f", original, null), values(robot, "original"));
    assertEquals(line("%.4f", result, null), values(robot, "result"));
    assertEquals(line("%+.4f", result, original), values(robot, "perturbation"));
    assertEquals(line("%+.3g", gradient, null), values(robot, "gradient"));
    robot.interact(() -> slider(robot, "#viewer-scrubber").setValue(0));
    assertTrue(text(robot, "#viewer-words").contains("\nstep 0: "));
    assertEquals("(10, 19)  +0.0000  +0.0000  +0.0000", values(robot, "perturbation"));
  }

  private static String line(String format, Image image, Image minus) {
    StringBuilder line = new StringBuilder("(10, 19)");
    for (int c = 0; c < 3; c++) {
      float less = minus == null ? 0 : minus.at(c, 19, 10);
      line.append("  ").append(String.format(Locale.ROOT, format, image.at(c, 19, 10) - less));
    }
    return line.toString().replace('-', '−');
  }

  private static String gradientTitle(FxRobot robot) {
    Node pane = robot.lookup("#viewer-gradient").query();
    return ((Label) pane.lookup(".picture-title")).getText();
  }

  @SuppressWarnings("unchecked") // a box of what the caller says
  private static <T> void choose(FxRobot robot, String box, T value) {
    robot.interact(() -> ((ComboBox<T>) robot.lookup(box).query()).setValue(value));
  }

  private SaliencyMap map(GridAttack run, int tile, SaliencySpecification how) {
    Tile of = run.tiles().get(tile);
    return lane.submit(
            l ->
                new Saliency(run.loaded(l).classifier(), how, 10)
                    .of(of.image(), of.goal().classIndex(), AttackObserver.NONE)
                    .orElseThrow())
        .join();
  }

  /** Of the pixel below the pointer. */
  private static String line(Image values) {
    StringBuilder line = new StringBuilder("(10, 19)");
    for (int c = 0; c < values.shape().channels(); c++) {
      line.append(String.format(Locale.ROOT, "  %+.3g", values.at(c, 19, 10)));
    }
    return line.toString().replace('-', '−');
  }

  @Test
  void theGradientsPaneShowsTheMethodThatIsChosen(FxRobot robot) {
    GridAttack run = openTile(robot, 0, 3);
    int scale = fittingScale(robot);
    for (SaliencyMethod method : SaliencyMethod.values()) {
      choose(robot, "#viewer-saliency", method);
      robot.moveTo(place(robot, "result", -5.5 * scale, 3.5 * scale)); // column 10, row 19
      if (method == SaliencyMethod.GRAD_CAM) {
        assertEquals("This model has no layer that gives images.", gradientTitle(robot));
        continue;
      }
      String line = line(map(run, 3, SaliencySpecification.of(method)).values());
      waitFor(method.id(), () -> values(robot, "gradient").equals(line));
      boolean sums = method == SaliencyMethod.INTEGRATED_GRADIENTS;
      assertEquals(sums, gradientTitle(robot).contains(", Σ "), gradientTitle(robot));
    }
    choose(robot, "#viewer-saliency", SaliencyMethod.GRADIENT); // it is remembered
  }

  @Test
  void gradCamIsOfTheLayerThatIsChosen(FxRobot robot) {
    waitForAttack();
    robot.interact(
        () -> {
          window.shelf().chosenProperty().set(window.shelf().models().getLast());
          explore.rows().choice().showIndices("0");
        });
    waitFor("one row", () -> explore.rows().images().size() == 1);
    GridAttack run = openTile(robot, 0, 3);
    int scale = fittingScale(robot);
    choose(robot, "#viewer-saliency", SaliencyMethod.GRAD_CAM);
    robot.moveTo(place(robot, "result", -5.5 * scale, 3.5 * scale)); // column 10, row 19
    SaliencySpecification last = SaliencySpecification.of(SaliencyMethod.GRAD_CAM);
    for (String layer : List.of("", "layer2.0.conv1", "conv1")) {
      choose(robot, "#viewer-saliency-layer", layer);
      SaliencyMap map = map(run, 3, last.ofLayer(layer));
      waitFor("that layer's map", () -> values(robot, "gradient").equals(line(map.values())));
      String range =
          String.format(Locale.ROOT, "0 to %.2g", SaliencyScale.of(List.of(map.values())));
      assertEquals(range, gradientTitle(robot));
    }
    assertTrue(isInSight(robot.lookup("#viewer-saliency-layer").query()));
    List<String> cut = new ArrayList<>();
    robot.interact(() -> window.getScene().getWindow().setWidth(1366));
    robot.interact(() -> cut.addAll(CutTexts.in(window)));
    assertEquals(List.of(), cut.stream().filter(text -> text.contains("0 to")).toList());
    choose(robot, "#viewer-saliency", SaliencyMethod.GRADIENT);
    assertFalse(isInSight(robot.lookup("#viewer-saliency-layer").query()));
  }

  @Test
  void theScaleIsATilesOwnUnlessItIsHeld(FxRobot robot) {
    GridAttack run = openTile(robot, 0, 3);
    SaliencySpecification how = SaliencySpecification.of(SaliencyMethod.GRADIENT);
    String third = range(map(run, 3, how));
    String fourth = range(map(run, 4, how));
    assertFalse(third.equals(fourth), "both tiles have the same scale");
    waitFor("its scale", () -> gradientTitle(robot).equals(third));
    robot.interact(() -> toggle(robot).setSelected(true));
    robot.type(KeyCode.RIGHT);
    waitFor("the next gradient", () -> !gradientTitle(robot).isEmpty());
    assertEquals(third, gradientTitle(robot));
    robot.interact(() -> toggle(robot).setSelected(false));
    assertEquals(fourth, gradientTitle(robot));
  }

  private static ToggleButton toggle(FxRobot robot) {
    return robot.lookup("#viewer-saliency-hold").queryAs(ToggleButton.class);
  }

  private static String range(SaliencyMap map) {
    return String.format(Locale.ROOT, "± %.2g", SaliencyScale.of(List.of(map.values())));
  }

  @Test
  void picturesAreZoomedAndMovedTogetherWithoutSmoothing(FxRobot robot) {
    GridAttack run = openTile(robot, 0, 3);
    waitFor("the gradient", () -> values(robot, "gradient").isBlank());
    int scale = fittingScale(robot);
    byte[] bytes = Pictures.toBytes(run.tiles().get(3).image());
    robot.moveTo(place(robot, "original", 2.5 * scale, 2.5 * scale));
    String before = values(robot, "original");
    assertTrue(before.startsWith("(18, 18)"), before);
    robot.scroll(8, VerticalDirection.UP);
    robot.moveBy(1, 0);
    assertTrue(values(robot, "original").startsWith("(18, 18)"), "zoomed where the pointer is");
    robot.moveTo(place(robot, "gradient", 0, 0));
    for (String part : PARTS) {
      assertTrue(values(robot, part).startsWith(values(robot, "original").substring(0, 8)), part);
    }
    String middle = values(robot, "original");
    robot.drag(place(robot, "result", 0, 0), MouseButton.PRIMARY);
    robot.dropTo(place(robot, "result", 40, 0));
    robot.moveTo(place(robot, "original", 40, 0));
    robot.moveBy(0, 1);
    assertEquals(middle, values(robot, "original"), "it was dragged with the pointer");
    robot.clickOn("#viewer-fit");
    robot.moveTo("#viewer-words");
    for (int[] pixel : new int[][] {{3, 4}, {28, 9}, {15, 30}}) {
      double left = (pixel[0] - SIDE / 2) * scale;
      double top = (pixel[1] - SIDE / 2) * scale;
      Color expected = color(bytes, pixel[0], pixel[1]);
      for (double inside : new double[] {1.5, scale / 2.0, scale - 1.5}) {
        assertEquals(expected, colorAt(robot, "original", left + inside, top + inside));
      }
    }
    robot.clickOn("#viewer-actual");
    robot.moveTo(place(robot, "original", 5.5, 0));
    assertTrue(values(robot, "original").startsWith("(21, 16)"), values(robot, "original"));
  }

  @Test
  void theOriginalIsLaidOverTheResult(FxRobot robot) {
    openTile(robot, 0, 3);
    robot.moveTo("#viewer-words"); // no pixel is outlined
    int scale = fittingScale(robot);
    double at = 2.5 * scale;
    Color original = colorAt(robot, "original", at, at);
    Color result = colorAt(robot, "result", at, at);
    assertFalse(original.equals(result));
    robot.interact(() -> slider(robot, "#viewer-overlay").setValue(0.5));
    Color half = colorAt(robot, "result", at, at);
    assertEquals((original.getRed() + result.getRed()) / 2, half.getRed(), 0.01);
    robot.interact(() -> slider(robot, "#viewer-overlay").setValue(1));
    assertEquals(original, colorAt(robot, "result", at, at));
    robot.type(KeyCode.ESCAPE).type(KeyCode.ENTER);
    assertEquals(result, colorAt(robot, "result", at, at), "each tile begins without");
  }

  @Test
  void allPicturesFollowTheWindowsSize(FxRobot robot) {
    GridAttack run = openTile(robot, 0, 3);
    waitFor("the gradient", () -> values(robot, "gradient").isBlank());
    robot.moveTo("#viewer-words");
    byte[] result = run.trajectory(3).pixels(STEPS);
    robot.interact(() -> window.getScene().getWindow().setWidth(1200));
    robot.interact(() -> window.getScene().getWindow().setHeight(700));
    int scale = fittingScale(robot);
    double at = 9.5 * scale;
    assertEquals(color(result, 25, 25), colorAt(robot, "result", at, at));
    assertFalse(isBackground(colorAt(robot, "gradient", at, at)), "the gradient");
    assertTrue(isBackground(colorAt(robot, "gradient", 16.5 * scale, at)), "nothing beside it");
  }

  private static boolean isBackground(Color color) {
    return color.equals(Color.web("#f6f8fa")); // the light theme's inset
  }

  private static Slider slider(FxRobot robot, String id) {
    return robot.lookup(id).queryAs(Slider.class);
  }

  private static Color color(byte[] bytes, int x, int y) {
    int plane = SIDE * SIDE;
    int at = y * SIDE + x;
    return Color.rgb(bytes[at] & 255, bytes[plane + at] & 255, bytes[2 * plane + at] & 255);
  }

  private static Color colorAt(FxRobot robot, String part, double dx, double dy) {
    Region frame = frame(robot, part);
    WritableImage[] taken = new WritableImage[1];
    robot.interact(() -> taken[0] = frame.snapshot(null, null));
    double x = Math.round(frame.getWidth() / 2) + dx;
    double y = Math.round(frame.getHeight() / 2) + dy;
    return taken[0].getPixelReader().getColor((int) x, (int) y);
  }

  @Test
  void aTileBelowThePointerSaysWhatItShows(FxRobot robot) {
    GridAttack run = waitForAttack();
    TileGrid grid = robot.lookup("#grid").queryAs(TileGrid.class);
    robot.moveTo(grid.localToScreen(grid.middleOf(0, 4)));
    var last = run.trajectory(4).result();
    assertEquals(
        String.format(
            Locale.ROOT,
            "airplane → deer\nstep 4: p(deer) = %.1f %%, classified as %s\n‖δ‖₂ %.3f   ‖δ‖∞ %.3f",
            100 * last.after(),
            run.classes().get(last.predicted()),
            last.l2(),
            last.linf()),
        grid.described());
    robot.interact(() -> slider(robot, "#scrubber").setValue(0));
    assertTrue(
        grid.described().startsWith("airplane → deer\nstep 0: p(deer) = "), grid.described());
    assertTrue(grid.described().endsWith("\n‖δ‖₂ 0.000   ‖δ‖∞ 0.000"), grid.described());
  }
}
