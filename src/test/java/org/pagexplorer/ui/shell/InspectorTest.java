package org.pagexplorer.ui.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.pagexplorer.ui.support.Waiting.waitFor;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.Slider;
import javafx.scene.shape.Line;
import javafx.stage.Stage;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.pagexplorer.domain.AttackSpecification.Keep;
import org.pagexplorer.domain.Image;
import org.pagexplorer.domain.Norm;
import org.pagexplorer.domain.StartImage;
import org.pagexplorer.lab.attack.TargetGrid;
import org.pagexplorer.ui.attack.GridAttack;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.Start;

/** Whatever the inspector says is of the step whose picture it shows. */
class InspectorTest extends WindowFixture {
  private static final int STEPS = 4;

  @Start
  void start(Stage stage) {
    open(stage, STEPS);
    explore.settings().epsilonProperty().set(2);
  }

  /** Iterates of the selected tile, from an attack of the test's own. */
  private List<Image> iterates(GridAttack run, int tile) {
    List<Image> found = new ArrayList<>();
    int size = run.tiles().get(tile).image().pixels().length;
    TargetGrid.Observer observer =
        new TargetGrid.Observer() {
          @Override
          public boolean wantsIterates() {
            return true;
          }

          @Override
          public void iterate(int from, int t, float[] pixels) {
            float[] own = Arrays.copyOfRange(pixels, tile * size, (tile + 1) * size);
            found.add(new Image(run.tiles().get(tile).image().shape(), own));
          }
        };
    lane.submit(
            l ->
                new TargetGrid(
                        l.classifier(run.model().file(), run.precision()),
                        run.specification(),
                        run.batch())
                    .run(run.tiles().subList(0, run.batch()), observer))
        .join();
    return found;
  }

  private static void scrubTo(FxRobot robot, int step) {
    robot.interact(() -> robot.lookup("#scrubber").queryAs(Slider.class).setValue(step));
  }

  @Test
  void numbersBarsAndCursorAreOfTheScrubbedStep(FxRobot robot) {
    GridAttack run = waitForAttack();
    int tile = explore.selectedTileProperty().get();
    List<Image> iterates = iterates(run, tile);
    assertEquals(STEPS + 1, iterates.size());
    int[] predicted =
        lane.submit(l -> l.classifier(run.model().file(), run.precision()).predictions(iterates))
            .join();
    List<Double> cursors = new ArrayList<>();
    for (int step = 0; step <= STEPS; step++) {
      scrubTo(robot, step);
      Image original = run.tiles().get(tile).image();
      String expected =
          String.format(
              Locale.ROOT,
              "step %d: classified as %s  →  %s\n‖δ‖₂ %.3f   ‖δ‖∞ %.3f",
              step,
              run.classes().get(predicted[0]),
              run.classes().get(predicted[step]),
              Norm.L2.distance(original, iterates.get(step)),
              Norm.LINF.distance(original, iterates.get(step)));
      String shown = text(robot, "#inspector-numbers");
      assertTrue(shown.startsWith(expected), shown + " but not " + expected);
      assertEquals("probabilities, original → step " + step, text(robot, "#probability-heading"));
      int confidence = Math.round(100 * run.trajectory(tile).confidences()[step]);
      String goal = run.classes().get(run.tiles().get(tile).goal().classIndex());
      assertTrue(numberOf(robot, goal).endsWith("→ " + confidence + " %"), numberOf(robot, goal));
      cursors.add(cursor(robot).getStartX());
    }
    double unit = (cursors.getLast() - cursors.getFirst()) / STEPS;
    assertTrue(unit > 10, "the cursor moves by " + unit + " pixels a step");
    for (int step = 0; step <= STEPS; step++) {
      assertEquals(cursors.getFirst() + step * unit, cursors.get(step), 1e-6);
    }
  }

  private static Line cursor(FxRobot robot) {
    Line cursor = (Line) robot.lookup("#inspector-confidence").query().lookup(".curve-cursor");
    assertTrue(cursor.isVisible());
    return cursor;
  }

  /** What stands behind a class's bar. */
  private static String numberOf(FxRobot robot, String name) {
    Node bars = robot.lookup(".probability-bars").query();
    List<Label> labels =
        bars.lookupAll(".label").stream().map(Label.class::cast).filter(Node::isVisible).toList();
    for (Label label : labels) {
      if (label.getText().equals(name)) {
        return labels.stream()
            .filter(other -> other.getText().contains("→") && other.getText().endsWith("%"))
            .filter(other -> Math.abs(other.getLayoutY() - label.getLayoutY()) < 3)
            .findFirst()
            .orElseThrow()
            .getText();
      }
    }
    throw new AssertionError("no bar of " + name);
  }

  /** It does not ask for a click on a tile that is selected. */
  @Test
  void aGridThatStartsAgainKeepsWhatTheInspectorIsAbout(FxRobot robot) {
    waitForAttack();
    Label title = robot.lookup("#inspector-title").queryAs(Label.class);
    String before = title.getText();
    List<String> titles = new ArrayList<>();
    robot.interact(() -> title.textProperty().addListener((p, old, now) -> titles.add(now)));
    robot.interact(
        () -> {
          explore.settings().epsilonProperty().set(3);
          window.explore().restart(); // while another is due
          explore.settings().epsilonProperty().set(4);
        });
    waitForAttack();
    assertEquals(List.of(), titles, "it was about " + before + " all the time");
    robot.interact(() -> explore.rows().choice().showIndices("4, 5"));
    waitFor("two rows", PATIENCE, () -> explore.rows().images().size() == 2);
    waitForAttack();
    robot.interact(() -> explore.targets().clear());
    robot.interact(() -> {});
    assertEquals("What the attack does to the selected tile is shown here.", titles.removeLast());
    titles.removeIf(said -> said.contains("→"));
    assertTrue(
        List.of("Reading images …", "Starting the attack …").containsAll(titles),
        titles.toString());
  }

  /** Below the first of its pictures. */
  private String nameOf(FxRobot robot, int row) {
    GridAttack run = waitForAttack();
    robot.interact(() -> explore.selectedTileProperty().set(row * run.heads().size()));
    Node inspector = robot.lookup(".inspector").query();
    return ((Label) inspector.lookup(".picture-caption")).getText();
  }

  @Test
  void whatARowIsStandsBelowItWhateverItIs(FxRobot robot) throws IOException {
    waitForAttack();
    Path own = folder.resolve("somebody's.png");
    ImageIO.write(new BufferedImage(32, 32, BufferedImage.TYPE_INT_RGB), "png", own.toFile());
    List<StartImage> starts =
        List.of(
            new StartImage.Gray(),
            new StartImage.Noise(false, 3),
            new StartImage.Noise(true, 4),
            new StartImage.ClassMean("cat"));
    robot.interact(
        () -> {
          starts.forEach(explore.rows()::addStart);
          explore.addPictures(List.of(own));
        });
    waitFor("its rows", PATIENCE, () -> explore.rows().images().size() == 15);
    waitFor("their attack", PATIENCE, () -> explore.attack().orElseThrow().images().size() == 15);
    Set<String> names = new HashSet<>();
    for (int row = 0; row < 6; row++) {
      names.add(nameOf(robot, row));
    }
    assertEquals(
        Set.of(
            "gray",
            "noise, seed 3",
            "Gaussian noise, seed 4",
            "mean of cat",
            own.toFile().getName(),
            TinyHome.CLASSES.getFirst()),
        names);
  }

  @Test
  void theBestStepIsCalledWhatItIs(FxRobot robot) {
    waitForAttack();
    robot.interact(
        () -> {
          explore.settings().keepProperty().set(Keep.BEST);
          explore.settings().epsilonProperty().set(30);
          explore.settings().automaticStepSizeProperty().set(false);
          explore.settings().stepSizeProperty().set(60); // too long to get better each time
        });
    GridAttack run = waitForAttack();
    int tile = 0;
    while (run.trajectory(tile).result().keptStep() == STEPS) {
      tile++; // one that was best on its way
    }
    int kept = run.trajectory(tile).result().keptStep();
    int chosen = tile;
    robot.interact(() -> explore.selectedTileProperty().set(chosen));
    String shown = text(robot, "#inspector-numbers");
    assertTrue(shown.startsWith("step " + kept + ": classified as"), shown);
  }

  @Test
  void curvesOfAnotherRestartHaveNoCursorAtTheFirstOnes(FxRobot robot) {
    waitForAttack();
    robot.interact(
        () -> {
          explore.settings().randomStartProperty().set(true);
          explore.settings().restartsProperty().set(3);
        });
    GridAttack run = waitForAttack();
    int other = 0;
    while (run.trajectory(other).holdsResult()) {
      other++;
    }
    int first = 0;
    while (!run.trajectory(first).holdsResult()) {
      first++;
    }
    int[] tiles = {other, first};
    Line cursor = (Line) robot.lookup("#inspector-confidence").query().lookup(".curve-cursor");
    for (int i = 0; i < 2; i++) {
      int tile = tiles[i];
      robot.interact(() -> explore.selectedTileProperty().set(tile));
      scrubTo(robot, STEPS);
      assertTrue(text(robot, "#inspector-numbers").startsWith("step 4, best restart"));
      assertTrue(cursor.isVisible());
      scrubTo(robot, 1);
      assertTrue(text(robot, "#inspector-numbers").startsWith("step 1, first restart"));
      assertEquals(i == 1, cursor.isVisible());
    }
    assertFalse(run.trajectory(other).holdsResult());
  }
}
