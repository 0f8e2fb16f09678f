package org.pagexplorer.ui.shell;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.pagexplorer.ui.support.Waiting.hold;
import static org.pagexplorer.ui.support.Waiting.waitFor;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import javafx.geometry.Point2D;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Label;
import javafx.scene.control.Slider;
import javafx.scene.image.WritableImage;
import javafx.scene.input.KeyCode;
import javafx.scene.input.MouseButton;
import javafx.scene.layout.GridPane;
import javafx.stage.Stage;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.pagexplorer.checkpoint.NumpyFile;
import org.pagexplorer.checkpoint.catalogue.ModelFile;
import org.pagexplorer.domain.Architecture;
import org.pagexplorer.domain.InputShape;
import org.pagexplorer.domain.TensorShape;
import org.pagexplorer.lab.alignment.ModelAlignment;
import org.pagexplorer.lab.attack.TargetGrid;
import org.pagexplorer.lab.figure.CurveFigure;
import org.pagexplorer.lab.figure.FigureMaker;
import org.pagexplorer.lab.figure.FigureSpecification;
import org.pagexplorer.lab.figure.FigureText;
import org.pagexplorer.lab.figure.Palette;
import org.pagexplorer.lab.measure.Cell;
import org.pagexplorer.lab.measure.Comparison;
import org.pagexplorer.lab.measure.Integrity.Finding;
import org.pagexplorer.lab.measure.IntegrityCheck;
import org.pagexplorer.lab.measure.TableTexts;
import org.pagexplorer.ui.attack.Scrubber;
import org.pagexplorer.ui.compare.AlignmentViewModel;
import org.pagexplorer.ui.compare.BlindTestViewModel;
import org.pagexplorer.ui.compare.CompareViewModel;
import org.pagexplorer.ui.compare.MeasureViewModel;
import org.pagexplorer.ui.compare.SteppedWork.State;
import org.pagexplorer.ui.control.IntervalChart;
import org.pagexplorer.ui.control.TileGrid;
import org.pagexplorer.ui.support.CutTexts;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.Start;

class CompareTest extends WindowFixture {
  private CompareViewModel compare;
  private MeasureViewModel measure;

  @Start
  void start(Stage stage) {
    open(stage, 3);
    compare = window.compare();
    measure = window.measure();
  }

  private void openCompare(FxRobot robot) {
    waitFor("images", PATIENCE, () -> !window.explore().rows().images().isEmpty());
    robot.clickOn("#screen-compare");
    waitFor("both models' pictures", PATIENCE, this::isFinished);
  }

  /** It would hide a row that one wants to see. */
  @Test
  void adviceIsBesideThePicturesAndNotOverThem(FxRobot robot) {
    openCompare(robot);
    assertFalse(robot.lookup("#compare-hint").query().getParent().isVisible());
    Label advice = robot.lookup("#compare-advice").queryAs(Label.class);
    assertTrue(advice.getText().startsWith("Hold the pointer down on a picture"));
    robot.interact(
        () -> assertTrue(CutTexts.overlap(advice, robot.lookup("#compare-grid").query()) <= 0));
  }

  private boolean isFinished() {
    int last = 10 * 10 - 1;
    return compare.result(0, last).isPresent() && compare.result(1, last).isPresent();
  }

  private static TileGrid grid(FxRobot robot) {
    return robot.lookup("#compare-grid").queryAs(TileGrid.class);
  }

  @Test
  void modelsAreInterleavedOnTheSameImages(FxRobot robot) {
    openCompare(robot);
    assertEquals(2, compare.compared().size());
    for (int tile : new int[] {0, 33, 69}) {
      var first = compare.result(0, tile).orElseThrow();
      var second = compare.result(1, tile).orElseThrow();
      assertEquals(first.goal(), second.goal());
      assertFalse(first.result().equals(second.result()), "each model has pictures of its own");
    }
    // Row 0 and row 1 are the first image; one row lower is the same image by the other model.
    Point2D upper = grid(robot).middleOf(0, 2);
    Point2D lower = grid(robot).middleOf(1, 2);
    assertTrue(lower.getY() > upper.getY() && lower.getX() == upper.getX());
    assertFalse(window.explore().busyProperty().get(), "Explore rests meanwhile");
  }

  @Test
  void whatIsComparedStaysOnShowWhileAnotherModelJoins(FxRobot robot) {
    openCompare(robot);
    Path third = folder.resolve("third.safetensors");
    TinyHome.writeModel(third, "Third", 1, 5);
    List<String> lost = new ArrayList<>();
    robot.interact(
        () -> {
          compare
              .revisionProperty()
              .addListener(
                  (property, old, now) -> {
                    if (compare.attacks().size() == 3 && compare.result(1, 0).isEmpty()) {
                      lost.add("at " + now);
                    }
                  });
          compare.toggle(window.shelf().add(third));
        });
    waitFor("its pictures", PATIENCE, () -> compare.result(2, 99).isPresent());
    assertEquals(List.of(), lost);
    robot.interact(() -> compare.toggle(compare.compared().getLast()));
  }

  @Test
  void spacePlaysTheAttack(FxRobot robot) {
    openCompare(robot);
    robot.interact(() -> grid(robot).requestFocus());
    assertEquals(Scrubber.FOLLOW, compare.scrubbedStepProperty().get());
    robot.type(KeyCode.SPACE);
    waitFor("an earlier step", () -> compare.scrubbedStepProperty().get() != Scrubber.FOLLOW);
  }

  @Test
  void theScrubberMovesAllModels(FxRobot robot) {
    openCompare(robot);
    Slider scrubber = robot.lookup("#scrubber").queryAs(Slider.class);
    WritableImage end = picture(robot);
    robot.interact(() -> scrubber.setValue(1));
    assertEquals(1, compare.scrubbedStepProperty().get());
    WritableImage earlier = picture(robot);
    for (int row = 0; row < 2; row++) { // the first image by either model
      Point2D tile = grid(robot).middleOf(row, 3);
      assertTrue(differ(earlier, tile, end, tile), "an earlier step of model " + row);
    }
    robot.interact(() -> scrubber.setValue(0));
    WritableImage start = picture(robot);
    for (int row = 0; row < 2; row++) {
      Point2D tile = grid(robot).middleOf(row, 3);
      assertFalse(
          differ(start, tile, start, grid(robot).middleOf(row, 4)), "all begin at the original");
    }
    robot.interact(() -> scrubber.setValue(3));
    assertEquals(-1, compare.scrubbedStepProperty().get());
    Point2D tile = grid(robot).middleOf(0, 3);
    assertFalse(differ(picture(robot), tile, end, tile), "the end again");
  }

  @Test
  void holdingATileShowsTheNextModelInItsPlace(FxRobot robot) {
    openCompare(robot);
    Point2D middle = grid(robot).localToScreen(grid(robot).middleOf(0, 3));
    WritableImage before = picture(robot);
    robot.moveTo(middle).press(MouseButton.PRIMARY);
    assertEquals(3, compare.heldTileProperty().get());
    WritableImage during = picture(robot);
    robot.release(MouseButton.PRIMARY);
    assertEquals(-1, compare.heldTileProperty().get());
    Point2D upper = grid(robot).middleOf(0, 4);
    Point2D lower = grid(robot).middleOf(1, 4);
    assertTrue(differ(before, upper, during, upper), "the row shows another model's pictures");
    assertFalse(differ(before, lower, during, upper), "namely those of the next row");
    assertFalse(differ(before, upper, picture(robot), upper), "and its own again afterward");
  }

  private static WritableImage picture(FxRobot robot) {
    WritableImage[] taken = new WritableImage[1];
    robot.interact(() -> taken[0] = grid(robot).snapshot(null, null));
    return taken[0];
  }

  /** Whether the pixels around two middles differ. */
  private static boolean differ(WritableImage a, Point2D at, WritableImage b, Point2D there) {
    for (int dy = -12; dy <= 12; dy++) {
      for (int dx = -12; dx <= 12; dx++) {
        int own = a.getPixelReader().getArgb((int) at.getX() + dx, (int) at.getY() + dy);
        int other = b.getPixelReader().getArgb((int) there.getX() + dx, (int) there.getY() + dy);
        if (own != other) {
          return true;
        }
      }
    }
    return false;
  }

  @Test
  void twoModelsAreTheLeast(FxRobot robot) {
    openCompare(robot);
    CheckBox box =
        robot
            .lookup(
                (javafx.scene.Node n) ->
                    n instanceof CheckBox && String.valueOf(n.getId()).startsWith("compare-"))
            .queryAs(CheckBox.class);
    robot.clickOn(box);
    assertEquals(2, compare.compared().size());
    waitFor(
        "a sentence",
        () -> window.noticeProperty().get().startsWith("A comparison needs two models"));
  }

  @Test
  void theFigureIsExportedWithItsModels(FxRobot robot) throws IOException {
    openCompare(robot);
    Path file = folder.resolve("comparison.png");
    dialogs.saved = Optional.of(file);
    robot.clickOn("#export").clickOn("#export-save");
    waitFor("the file", PATIENCE, () -> Files.exists(folder.resolve("comparison.png.json")));
    String json = Files.readString(folder.resolve("comparison.png.json"));
    // Two models and the data set.
    assertEquals(4, json.split("sha256", -1).length);
    assertTrue(Files.size(file) > 10_000);
    // As pag figure --from makes it again.
    FigureSpecification specification = FigureText.read(folder.resolve("comparison.png.json"));
    Path again = folder.resolve("again.png");
    lane.submit(
            l ->
                FigureMaker.make(specification, l.engine(), new TargetGrid.Observer() {})
                    .orElseThrow())
        .join()
        .write(again);
    assertArrayEquals(Files.readAllBytes(file), Files.readAllBytes(again));
  }

  @Test
  void theTableFillsInPausesAndGoesOnWithMoreImages(FxRobot robot) throws IOException {
    openCompare(robot);
    robot.clickOn("#compare-measure");
    robot.interact(
        () -> {
          measure.imagesProperty().set(60);
          measure.curveProperty().set(false);
          measure.integrityProperty().set(false);
        });
    robot.clickOn("#measure-start");
    waitFor(
        "a first number",
        PATIENCE,
        () -> measure.study().map(c -> c.table().cell(0, 1).n() > 0).orElse(false));
    robot.interact(measure::pause);
    assertEquals(State.PAUSED, measure.stateProperty().get());
    int n = cell(1, 2).n();
    assertTrue(n < 60, "it was not finished yet");
    robot.clickOn("#measure-resume");
    waitFor("the end", PATIENCE, () -> measure.stateProperty().get() == State.DONE);
    assertEquals(60, cell(1, 2).n());
    assertTrue(cell(1, 2).correct() <= cell(1, 0).correct());
    GridPane table = robot.lookup("#measure-table").queryAs(GridPane.class);
    String shown = String.format(java.util.Locale.ROOT, "%.1f %%", 100 * cell(1, 0).accuracy());
    assertTrue(
        table.lookupAll(".measure-number").stream()
            .anyMatch(label -> ((Label) label).getText().equals(shown)));
    robot.interact(() -> measure.imagesProperty().set(80));
    waitFor("Go on", () -> !robot.lookup("#measure-resume").queryAs(Button.class).isDisabled());
    robot.clickOn("#measure-resume");
    waitFor("more images", PATIENCE, () -> cell(1, 2).n() == 80);
    waitFor("the end", PATIENCE, () -> measure.stateProperty().get() == State.DONE);
    Path csv = folder.resolve("robustness.csv");
    dialogs.saved = Optional.of(csv);
    robot.clickOn("#measure-export").clickOn("#export-save");
    waitFor("the table", () -> Files.exists(csv));
    List<String> lines = Files.readAllLines(csv);
    assertEquals("# " + TableTexts.COUNTED, lines.getFirst());
    assertTrue(lines.get(1).startsWith("model,clean"), lines.get(1));
    assertEquals(4, lines.size());
    assertTrue(lines.getLast().contains(",80,"), lines.getLast());
  }

  private Cell cell(int model, int column) {
    return measure.study().orElseThrow().table().cell(model, column);
  }

  @Test
  void alignmentIsMeasuredAndShown(FxRobot robot) throws IOException {
    openCompare(robot);
    robot.clickOn("#compare-alignment");
    AlignmentViewModel alignment = window.alignment();
    robot.interact(() -> alignment.imagesProperty().set(24));
    int samples = 120; // twelve of each class
    Path scores = folder.resolve("scores.npy");
    float[] ones = new float[InputShape.CIFAR.size()];
    Arrays.fill(ones, 1);
    NumpyFile.write(scores, TensorShape.of(samples, 3, 32, 32), Collections.nCopies(samples, ones));
    dialogs.opened = List.of(scores);
    robot.clickOn("#alignment-gradients");
    assertEquals("scores.npy", robot.lookup("#alignment-gradients").queryButton().getText());
    robot.clickOn("#alignment-start");
    waitFor("the end", PATIENCE, () -> alignment.stateProperty().get() == State.DONE);
    ModelAlignment found = alignment.study().orElseThrow().of(1);
    assertEquals(24, found.n());
    assertEquals(24, found.pictures());
    assertEquals(24, found.score().n(), "compared with the scores, too");
    // The samples have no training images, from which representatives could be made.
    assertTrue(alignment.study().orElseThrow().realizations().isEmpty());
    String etmann = String.format(java.util.Locale.ROOT, "%.3f", found.etmann().value());
    assertTrue(
        robot.lookup("#alignment-tables").query().lookupAll(".measure-number").stream()
            .anyMatch(label -> ((Label) label).getText().equals(etmann)));
    Path csv = folder.resolve("alignment.csv");
    dialogs.saved = Optional.of(csv);
    robot.clickOn("#alignment-export").clickOn("#export-save");
    waitFor("the table", () -> Files.exists(csv));
    assertTrue(Files.readString(csv).contains("Etmann alignment"));
  }

  @Test
  void theBlindTestTellsTheModelsAtItsEndAndKeepsTheAnswers(FxRobot robot) throws IOException {
    openCompare(robot);
    Path log = folder.resolve("user").resolve("blind-tests.jsonl");
    Files.deleteIfExists(log);
    robot.clickOn("#compare-blind");
    BlindTestViewModel blind = window.blindTest();
    robot.interact(
        () -> {
          blind.picturesProperty().set(2);
          blind.start(4);
        });
    waitFor("pictures", PATIENCE, () -> blind.test().isPresent());
    robot.clickOn("#blind-class-3");
    robot.clickOn("#blind-class-0");
    assertEquals(2, blind.test().orElseThrow().answered());
    assertTrue(blind.results().isEmpty(), "nothing is told before the end");
    robot.clickOn("#blind-class-5");
    robot.interact(
        () -> {
          blind.answer(5);
          assertEquals(2, blind.results().size());
          assertEquals(2, blind.results().getFirst().now().n());
          assertEquals(
              Optional.empty(), blind.results().getFirst().ever(), "no file is read in between");
        });
    waitFor("the scores of all tests", () -> blind.results().getFirst().ever().isPresent());
    assertEquals(2, blind.results().getFirst().ever().orElseThrow().n());
    waitFor(
        "the answers",
        () -> {
          try {
            return Files.exists(log) && Files.readAllLines(log).size() == 4;
          } catch (IOException e) {
            return false;
          }
        });
    assertTrue(Files.readString(log).contains("\"answer\":\"cat\""));
  }

  @Test
  void anotherSetOfTenClassesHasButtonsOfItsOwn(FxRobot robot) throws IOException {
    openCompare(robot);
    robot.clickOn("#compare-blind");
    BlindTestViewModel blind = window.blindTest();
    beginBlindTest(robot, blind);
    assertEquals("4  cat", robot.lookup("#blind-class-3").queryButton().getText());
    List<String> others = IntStream.range(0, 10).mapToObj(i -> "other" + i).toList();
    Path images = folder.resolve("others");
    List<ModelFile> models = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      Path own = Files.createDirectories(images.resolve("test").resolve(others.get(i)));
      BufferedImage picture = new BufferedImage(32, 32, BufferedImage.TYPE_INT_RGB);
      picture.setRGB(i, i, 0xFFFFFF);
      ImageIO.write(picture, "png", own.resolve("a.png").toFile());
    }
    for (String name : List.of("Third", "Fourth")) {
      Path file = folder.resolve(name + ".safetensors");
      TinyHome.writeModel(
          file, name, Architecture.resNet18(2, InputShape.CIFAR, 10), others, name.length());
      robot.interact(() -> models.add(window.shelf().add(file)));
    }
    robot.interact(
        () -> {
          compare.compared().setAll(models);
          compare.setup().rows().openDataset(images);
        });
    waitFor(
        "the images",
        PATIENCE,
        () -> compare.setup().rows().sourceProperty().get().classes().equals(others));
    beginBlindTest(robot, blind);
    assertEquals("4  other3", robot.lookup("#blind-class-3").queryButton().getText());
    robot.clickOn("#blind-class-3");
    Path log = folder.resolve("user").resolve("blind-tests.jsonl");
    waitFor(
        "the answer",
        () -> Files.exists(log) && Files.readString(log).contains("\"answer\":\"other3\""));
  }

  private static void beginBlindTest(FxRobot robot, BlindTestViewModel blind) {
    robot.interact(
        () -> {
          blind.picturesProperty().set(1);
          blind.start(4);
          assertTrue(blind.preparingProperty().get());
        });
    assertTrue(robot.lookup("#cancel").query().isVisible(), "it can be stopped");
    waitFor("pictures", PATIENCE, () -> blind.test().isPresent());
  }

  /** The lane is held before the other models' second batches, so that they cannot be done. */
  @Test
  void oneFailedModelLeavesTheOthersGoingAndStopInSight(FxRobot robot) throws IOException {
    openCompare(robot);
    Path file = folder.resolve("broken.safetensors");
    TinyHome.writeModel(file, "Broken", 4, 3);
    CountDownLatch beforeFirst = new CountDownLatch(1);
    CountDownLatch beforeSecond = new CountDownLatch(1);
    robot.interact(
        () -> {
          ModelFile broken = window.shelf().add(file);
          var _ =
              lane.submit(
                  l -> {
                    hold(beforeFirst);
                    return Files.deleteIfExists(file);
                  });
          compare.compared().addFirst(broken);
        });
    waitFor("three models", () -> compare.busyProperty().get());
    var _ =
        lane.submit(
            l -> {
              hold(beforeSecond);
              return "";
            });
    beforeFirst.countDown();
    waitFor("the sentence", () -> window.noticeProperty().get().startsWith("\"Broken\": "));
    assertTrue(compare.busyProperty().get(), "the others go on");
    assertTrue(robot.lookup("#cancel").query().isVisible());
    beforeSecond.countDown();
    int last = 7 * 10 - 1;
    waitFor(
        "the others' pictures",
        PATIENCE,
        () -> compare.result(1, last).isPresent() && compare.result(2, last).isPresent());
    waitFor("the end", () -> !compare.busyProperty().get());
    assertFalse(robot.lookup("#cancel").query().isVisible());
    AtomicBoolean settled = new AtomicBoolean();
    robot.interact(() -> compare.settle(() -> settled.set(true)));
    assertTrue(settled.get(), "nobody waits for a model that has failed");
  }

  @Test
  void emptiedWhileHiddenItPaintsNoRowsThatAreGone(FxRobot robot) {
    openCompare(robot);
    TileGrid grid = grid(robot);
    robot.clickOn("#screen-explore");
    robot.interact(
        () -> {
          window.explore().settings().stepsProperty().set(4);
          grid.paint(); // as a change of theme does
        });
    robot.interact(grid::paint);
    robot.clickOn("#screen-compare");
    waitFor("pictures again", PATIENCE, this::isFinished);
  }

  private static void haveTheColorsOfTheirMethods(FxRobot robot, Comparison measured) {
    List<String> methods =
        measured.table().models().stream().map(model -> model.card().method()).toList();
    robot.clickOn("#compare-measure");
    IntervalChart chart = robot.lookup("#measure-chart-l2").queryAs(IntervalChart.class);
    assertEquals(
        Palette.ofModels(methods),
        chart.figure().curves().stream().map(CurveFigure.Curve::color).toList());
  }

  @Test
  void goingOnTakesCurvesAndSanityChecksAlong(FxRobot robot) {
    openCompare(robot);
    robot.interact(
        () -> {
          measure.imagesProperty().set(10);
          measure.start();
        });
    waitFor("the end", PATIENCE, () -> measure.stateProperty().get() == State.DONE);
    robot.interact(
        () -> {
          measure.imagesProperty().set(11);
          assertTrue(measure.wantsMore());
          measure.resume();
        });
    waitFor("the end again", PATIENCE, () -> measure.stateProperty().get() == State.DONE);
    Comparison measured = measure.study().orElseThrow();
    assertEquals(11, cell(1, 2).n());
    assertFalse(measured.curves().isEmpty());
    measured.curves().values().forEach(curve -> assertEquals(11, curve.points().getFirst().n()));
    haveTheColorsOfTheirMethods(robot, measured);
    assertEquals(4, measured.findings().size());
    for (List<Finding> findings : measured.findings().values()) {
      assertTrue(
          findings.stream()
              .anyMatch(f -> f.check() == IntegrityCheck.FEW_IMAGES && f.survived() == 11));
    }
  }
}
