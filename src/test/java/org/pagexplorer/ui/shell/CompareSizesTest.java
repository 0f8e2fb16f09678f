package org.pagexplorer.ui.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.pagexplorer.ui.support.Waiting.waitFor;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javafx.scene.control.Button;
import javafx.scene.control.Spinner;
import javafx.scene.input.KeyCode;
import javafx.stage.Stage;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.pagexplorer.checkpoint.catalogue.ModelFile;
import org.pagexplorer.dataset.Datasets;
import org.pagexplorer.dataset.Fit;
import org.pagexplorer.dataset.Split;
import org.pagexplorer.domain.Architecture;
import org.pagexplorer.domain.AttackedImage;
import org.pagexplorer.domain.Image;
import org.pagexplorer.domain.InputShape;
import org.pagexplorer.domain.Precision;
import org.pagexplorer.lab.attack.LikelyClasses;
import org.pagexplorer.lab.attack.OriginalImage;
import org.pagexplorer.lab.attack.TargetGrid;
import org.pagexplorer.lab.figure.FigureMaker;
import org.pagexplorer.lab.figure.FigureSpecification;
import org.pagexplorer.lab.figure.FigureText;
import org.pagexplorer.ui.compare.CompareViewModel;
import org.pagexplorer.ui.compare.MeasureViewModel;
import org.pagexplorer.ui.control.TileGrid;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.Start;

/** Models of other sizes, and of other classes, side by side. */
class CompareSizesTest extends WindowFixture {
  private static final InputShape SMALL = new InputShape(3, 16, 16);

  private CompareViewModel compare;

  @Start
  void start(Stage stage) {
    open(stage, 1);
    compare = window.compare();
  }

  private ModelFile model(FxRobot robot, String name, InputShape input, List<String> classes) {
    Path file = folder.resolve(name + ".safetensors");
    Architecture mlp = Architecture.mlp(2, input, classes.size());
    TinyHome.writeModel(file, name, mlp, classes, name.length());
    List<ModelFile> added = new ArrayList<>();
    robot.interact(() -> added.add(window.shelf().add(file)));
    return added.getFirst();
  }

  private void compare(FxRobot robot, ModelFile... models) {
    waitFor("images", PATIENCE, () -> !explore.rows().images().isEmpty());
    robot.interact(
        () -> {
          explore.rows().choice().showIndices("0, 1");
          compare.compared().setAll(models);
        });
    waitFor("two rows", PATIENCE, () -> explore.rows().images().size() == 2);
    robot.clickOn("#screen-compare");
  }

  private void waitForPictures(int columns) {
    int last = 2 * columns - 1;
    waitFor(
        "all pictures",
        PATIENCE,
        () ->
            compare.compared().size() == 2
                && !compare.busyProperty().get()
                && compare.result(0, last).isPresent()
                && compare.result(1, last).isPresent());
  }

  private ModelFile first() {
    return window.shelf().models().getFirst();
  }

  private List<String> reversedAndLion() {
    return Stream.concat(TinyHome.CLASSES.reversed().stream(), Stream.of("lion")).toList();
  }

  @Test
  void eachTakesTheImagesInItsSizeTowardTheClassesThatAllKnow(FxRobot robot) {
    ModelFile small = model(robot, "Small", SMALL, reversedAndLion());
    compare(robot, first(), small);
    waitForPictures(10);
    TileGrid grid = robot.lookup("#compare-grid").queryAs(TileGrid.class);
    assertEquals(TinyHome.CLASSES, grid.heads());
    for (int tile : new int[] {0, 3, 19}) {
      AttackedImage own = compare.result(0, tile).orElseThrow();
      AttackedImage others = compare.result(1, tile).orElseThrow();
      assertEquals(InputShape.CIFAR, own.result().shape());
      assertEquals(SMALL, others.result().shape());
      assertEquals(
          TinyHome.CLASSES.get(own.goal().classIndex()),
          small.card().classes().get(others.goal().classIndex()));
    }
    assertEquals(
        "Columns are among the 10 classes that all of these models know; left out: 1 of \"Small\".",
        text(robot, "#compare-hint"));
    String notice = window.noticeProperty().get();
    assertTrue(notice.startsWith("Images of another size than the model's are resized"), notice);
    assertTrue(robot.lookup("#image-fit").query().isVisible(), "how can be chosen");
    robot.clickOn("#export");
    String why = text(robot, "#export-state");
    assertTrue(why.startsWith("A figure has images of one size: "), why);
    robot.press(KeyCode.ESCAPE).release(KeyCode.ESCAPE);
    MeasureViewModel measure = window.measure();
    robot.interact(measure::start);
    waitFor(
        "why they are not measured together",
        PATIENCE,
        () -> window.noticeProperty().get().contains("choose models that take the same images"));
  }

  /** Explore reads its rows again in that model's size, and the tile's only then has a place. */
  @Test
  void aTileOfAModelOfAnotherSizeIsShownOnExplore(FxRobot robot) {
    ModelFile small = model(robot, "Small elsewhere", SMALL, TinyHome.CLASSES);
    compare(robot, first(), small);
    waitForPictures(10);
    TileGrid grid = robot.lookup("#compare-grid").queryAs(TileGrid.class);
    choose(robot, grid.localToScreen(grid.middleOf(3, 2)), "tile-compare");
    assertEquals(small, waitForAttack().model());
    assertEquals(10 + 2, explore.selectedTileProperty().get(), "the second image's");
  }

  /** Each model's rows are arranged as the user has arranged them. */
  @Test
  void rowsThatAreMovedAndRemovedAreSoInEverySize(FxRobot robot) throws IOException {
    ModelFile small = model(robot, "Small rows", SMALL, TinyHome.CLASSES);
    Path own = folder.resolve("own.png");
    ImageIO.write(new BufferedImage(40, 40, BufferedImage.TYPE_INT_RGB), "png", own.toFile());
    waitFor("images", PATIENCE, () -> !explore.rows().images().isEmpty());
    robot.interact(
        () -> {
          explore.rows().choice().showIndices("0, 1, 2");
          compare.compared().setAll(List.of(first(), small));
        });
    waitFor("three rows", PATIENCE, () -> explore.rows().images().size() == 3);
    robot.interact(() -> explore.addPictures(List.of(own)));
    waitFor("four rows", PATIENCE, () -> explore.rows().images().size() == 4);
    robot.interact(
        () -> {
          explore.rows().choice().move(0, 2); // the picture stands third
          explore.rows().choice().remove(0);
        });
    List<String> arranged = explore.rows().images().stream().map(OriginalImage::origin).toList();
    assertEquals("own.png", arranged.get(1));
    robot.clickOn("#screen-compare");
    waitForPictures(15);
    for (int model = 0; model < 2; model++) {
      assertEquals(
          arranged,
          compare.attacks().get(model).images().stream().map(OriginalImage::origin).toList());
    }
    assertEquals(SMALL, originals(1).get(1).shape());
  }

  @Test
  void imagesThatOnlyOneTakesAreCutAsTheRowsAre(FxRobot robot) throws IOException {
    Path pictures = Files.createDirectories(folder.resolve("wide/test/cat"));
    BufferedImage wide = new BufferedImage(64, 32, BufferedImage.TYPE_INT_RGB);
    for (int x = 0; x < 64; x++) {
      for (int y = 0; y < 32; y++) {
        wide.setRGB(x, y, 4 * x << 16 | 8 * y);
      }
    }
    ImageIO.write(wide, "png", pictures.resolve("a.png").toFile());
    ModelFile small = model(robot, "Small too", SMALL, TinyHome.CLASSES);
    waitFor("images", PATIENCE, () -> !explore.rows().images().isEmpty());
    robot.interact(
        () -> {
          explore.rows().openDataset(folder.resolve("wide"));
          compare.compared().setAll(List.of(first(), small));
        });
    waitFor("the picture", PATIENCE, () -> explore.rows().images().size() == 1);
    robot.clickOn("#screen-compare");
    waitFor("its tiles", PATIENCE, () -> compare.result(1, 9).isPresent());
    assertEquals(List.of(original(SMALL, Fit.CROP)), originals(1));
    robot.interact(() -> explore.rows().fitProperty().set(Fit.SQUASH));
    Image squashed = original(SMALL, Fit.SQUASH);
    waitFor(
        "all of it",
        PATIENCE,
        () -> compare.result(1, 9).isPresent() && originals(1).equals(List.of(squashed)));
    robot.interact(
        () -> {
          compare.compared().setAll(window.shelf().models().subList(0, 2));
          window.measure().imagesProperty().set(10);
          window.measure().integrityProperty().set(false);
          window.measure().curveProperty().set(false);
          window.measure().start();
        });
    waitFor("a table", PATIENCE, () -> window.measure().study().isPresent());
    assertEquals(
        original(InputShape.CIFAR, Fit.SQUASH),
        window.measure().study().orElseThrow().table().dataset().image(0));
  }

  private static Image original(InputShape input, Fit fit) {
    return Datasets.open(folder.resolve("wide"), Split.ANY).fitted(input, fit, _ -> {}).image(0);
  }

  @Test
  void ofManyClassesTheLikeliestOfAllModelsAreColumns(FxRobot robot) {
    List<String> kinds = IntStream.range(0, 300).mapToObj("kind %03d"::formatted).toList();
    ModelFile many = model(robot, "Many", SMALL, kinds);
    ModelFile others = model(robot, "The others", SMALL, kinds.reversed());
    compare(robot, many, others);
    waitForPictures(10);
    assertEquals("", window.noticeProperty().get().replaceFirst("Images of another size.*", ""));
    double[] sums =
        lane.submit(
                l -> {
                  double[] all = new double[300];
                  List<Image> images = originals(0);
                  double[] one =
                      LikelyClasses.probabilities(
                          l.classifier(many.file(), Precision.EXACT), images);
                  double[] other =
                      LikelyClasses.probabilities(
                          l.classifier(others.file(), Precision.EXACT), images);
                  for (int c = 0; c < all.length; c++) {
                    all[c] = one[c] + other[299 - c];
                  }
                  return all;
                })
            .join();
    List<String> likeliest = LikelyClasses.likeliest(sums, 10).stream().map(kinds::get).toList();
    TileGrid grid = robot.lookup("#compare-grid").queryAs(TileGrid.class);
    assertEquals(likeliest, grid.heads());
    assertFalse(likeliest.equals(kinds.subList(0, 10)));
    assertEquals("10 of 300", targets(robot).getText());
    robot.clickOn("#targets");
    robot.clickOn("#target-search").write("kind 01");
    robot.clickOn("#targets-none").clickOn("#targets-all");
    List<String> listed = kinds.subList(10, 20);
    waitFor("those listed, too", PATIENCE, () -> grid.heads().containsAll(listed));
    robot.interact(() -> robot.lookup("#targets-count").queryAs(Spinner.class).increment(-7));
    robot.clickOn("#targets-likely");
    waitFor("the three likeliest", PATIENCE, () -> grid.heads().equals(likeliest.subList(0, 3)));
    waitFor("their number", PATIENCE, () -> targets(robot).getText().equals("3 of 300"));
    assertEquals(10, explore.setup().targets().size(), "Explore's are what they were");
    robot.press(KeyCode.ESCAPE).release(KeyCode.ESCAPE);
    robot.interact(() -> compare.compared().setAll(window.shelf().models().subList(0, 2)));
    waitFor("Explore's", PATIENCE, () -> targets(robot).getText().equals("all 10"));
    waitFor("its columns", PATIENCE, () -> grid.heads().equals(TinyHome.CLASSES));
  }

  private static Button targets(FxRobot robot) {
    return robot.lookup("#targets").queryButton();
  }

  private List<Image> originals(int model) {
    return compare.attacks().get(model).images().stream().map(OriginalImage::image).toList();
  }

  @Test
  void aModelWithoutACommonClassBeginsAnotherComparisonIfThereIsOne(FxRobot robot)
      throws IOException {
    ModelFile other = model(robot, "Other", InputShape.CIFAR, List.of("lion", "tiger"));
    List<ModelFile> before = List.of(first(), window.shelf().models().get(1));
    compare(robot, before.get(0), before.get(1));
    robot.interact(() -> compare.toggle(other));
    assertEquals(before, compare.compared());
    waitFor("a sentence", () -> said().startsWith("There is nothing to compare \"Other\" with"));
    ModelFile more = model(robot, "More", InputShape.CIFAR, List.of("lion", "bear"));
    robot.interact(() -> compare.toggle(other));
    assertEquals(List.of(other, more), compare.compared());
    waitFor("another sentence", () -> said().startsWith("\"Other\" has no class in common"));
    waitForPictures(1);
    assertEquals("all 1", targets(robot).getText());
  }

  @Test
  void targetsAreThereAgainWithTheirClasses(FxRobot robot) {
    ModelFile wild = model(robot, "Wild", InputShape.CIFAR, List.of("lion", "tiger", "bear"));
    waitFor("images", PATIENCE, () -> !explore.rows().images().isEmpty());
    robot.interact(
        () -> {
          explore.targets().setAll(5, 2);
          window.shelf().chosenProperty().set(wild);
          assertEquals(List.of(0, 1, 2), explore.targets());
          explore.targets().setAll(1);
          window.shelf().chosenProperty().set(first());
          assertEquals(List.of(5, 2), explore.targets());
          window.shelf().chosenProperty().set(wild);
          assertEquals(List.of(1), explore.targets());
        });
  }

  private String said() {
    return window.noticeProperty().get();
  }

  /** As {@code pag figure --from} makes it again. */
  @Test
  void aFigureOfModelsOfOtherClassesIsMadeAgain(FxRobot robot) throws IOException {
    ModelFile reversed = model(robot, "Reversed", InputShape.CIFAR, reversedAndLion());
    compare(robot, first(), reversed);
    waitForPictures(10);
    Path file = folder.resolve("classes.png");
    dialogs.saved = Optional.of(file);
    robot.clickOn("#export").clickOn("#export-save");
    Path specification = folder.resolve("classes.png.json");
    waitFor("the file", PATIENCE, () -> Files.exists(specification));
    FigureSpecification read = FigureText.read(specification);
    Path again = folder.resolve("classes-again.png");
    lane.submit(l -> FigureMaker.make(read, l.engine(), new TargetGrid.Observer() {}).orElseThrow())
        .join()
        .write(again);
    assertEquals(-1, Files.mismatch(file, again));
  }
}
