package org.pagexplorer.ui.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.pagexplorer.ui.support.Waiting.waitFor;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javafx.geometry.Point2D;
import javafx.scene.Node;
import javafx.scene.control.CheckBox;
import javafx.scene.control.ListView;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.Slider;
import javafx.scene.control.Spinner;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.stage.Stage;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.pagexplorer.domain.Norm;
import org.pagexplorer.ui.attack.ImageSource;
import org.pagexplorer.ui.control.TileGrid;
import org.pagexplorer.ui.explore.ExploreViewModel;
import org.pagexplorer.ui.support.FileDrag;
import org.pagexplorer.ui.support.Theme;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.Start;

class MainWindowTest extends WindowFixture {
  private static final int STEPS = 5;

  @Start
  void start(Stage stage) {
    open(stage, STEPS);
  }

  private List<String> classesOfRows() {
    return explore.rows().images().stream().map(row -> row.className().orElse("?")).toList();
  }

  /** With more steps than anybody waits for, on the slower model. */
  private void attackForLong(FxRobot robot) {
    robot.interact(
        () -> {
          window.shelf().chosenProperty().set(window.shelf().models().getLast());
          explore.settings().stepsProperty().set(1000);
        });
    waitFor("an attack to be under way", PATIENCE, () -> explore.stepOf(0) > 0);
  }

  private TileGrid grid(FxRobot robot) {
    return robot.lookup("#grid").queryAs(TileGrid.class);
  }

  private void clickTile(FxRobot robot, int row, int column) {
    Point2D middle = grid(robot).localToScreen(grid(robot).middleOf(row, column));
    robot.clickOn(middle);
  }

  @Test
  void opensOnModelsAndSamplesAlreadyUnderAttack(FxRobot robot) {
    waitFor("the first pictures", PATIENCE, () -> explore.stepOf(0) > 0);
    assertEquals(2, robot.lookup("#models").queryAs(ListView.class).getItems().size());
    assertEquals(TinyHome.CLASSES, classesOfRows(), "one of each class");
    assertEquals(10, explore.targets().size());
    waitForAttack();
    assertTrue(explore.lastResult(0).orElseThrow().l2() > 0);
  }

  @Test
  void clickingATileShowsItInTheInspectorAndArrowsWalk(FxRobot robot) {
    waitForAttack();
    clickTile(robot, 0, 3);
    waitFor("the tile", () -> text(robot, "#inspector-title").endsWith("cat"));
    waitFor("the numbers", () -> text(robot, "#inspector-numbers").contains("‖δ‖₂"));
    robot.type(KeyCode.RIGHT);
    waitFor("the next tile", () -> text(robot, "#inspector-title").endsWith("deer"));
    robot.type(KeyCode.DOWN);
    assertEquals(14, explore.selectedTileProperty().get());
  }

  @Test
  void movingEpsilonDuringAnAttackCancelsItAndTheLatestWins(FxRobot robot) {
    attackForLong(robot);
    Slider epsilon = robot.lookup("#epsilon").queryAs(Slider.class);
    robot.interact(
        () -> {
          epsilon.setValue(Math.log10(2));
          epsilon.setValue(Math.log10(1));
          epsilon.setValue(Math.log10(0.5));
          explore.settings().stepsProperty().set(STEPS);
        });
    waitForAttack();
    assertEquals(0.5, explore.settings().epsilonProperty().get());
    for (int tile = 0; tile < 100; tile++) {
      double l2 = explore.lastResult(tile).orElseThrow().l2();
      assertTrue(l2 <= 0.5 * (1 + 1e-5) && l2 > 0.25, "tile " + tile + " moved by " + l2);
    }
  }

  @Test
  void aNormBringsItsOwnEpsilon(FxRobot robot) {
    waitForAttack();
    robot.clickOn("#norm-linf");
    waitFor("the new attack", PATIENCE, () -> explore.settings().normProperty().get() == Norm.LINF);
    waitForAttack();
    double linf = explore.lastResult(5).orElseThrow().linf();
    assertTrue(linf <= 0.18 * (1 + 1e-5) && linf > 0.1, "moved by " + linf);
  }

  @Test
  void anUntargetedAttackHasOneColumn(FxRobot robot) {
    waitForAttack();
    robot.interact(() -> explore.settings().targetedProperty().set(false));
    waitFor("the new grid", PATIENCE, () -> grid(robot).heads().size() == 1);
    waitForAttack();
    assertFalse(explore.lastResult(0).orElseThrow().goal().targeted());
  }

  @Test
  void fewerTargetsAreFewerColumnsAndOfNoneThatIsSaid(FxRobot robot) {
    waitForAttack();
    robot.clickOn("#targets");
    tick(robot, "airplane");
    waitFor("nine columns", PATIENCE, () -> grid(robot).heads().size() == 9);
    assertEquals("automobile", grid(robot).heads().getFirst());
    robot.clickOn("#targets-none");
    waitFor("no column", () -> grid(robot).heads().isEmpty());
    waitFor("the hint", () -> text(robot, "#hint").startsWith("No target is chosen"));
    tick(robot, "cat");
    waitFor("one column", PATIENCE, () -> grid(robot).heads().equals(List.of("cat")));
    waitForAttack();
    assertEquals(3, explore.lastResult(0).orElseThrow().goal().classIndex());
    assertFalse(text(robot, "#hint").startsWith("No target"), text(robot, "#hint"));
  }

  /** In the list of targets, which is open. */
  private static void tick(FxRobot robot, String name) {
    Node list = robot.lookup("#target-list").query();
    CheckBox box =
        list.lookupAll(".check-box").stream()
            .map(CheckBox.class::cast)
            .filter(found -> found.getText().equals(name))
            .findFirst()
            .orElseThrow();
    robot.interact(box::fire);
  }

  @Test
  void scrubbingShowsAnEarlierStepInEveryTile(FxRobot robot) {
    waitForAttack();
    clickTile(robot, 1, 2);
    Slider scrubber = robot.lookup("#scrubber").queryAs(Slider.class);
    int[] end = pixels(robot);
    robot.interact(() -> scrubber.setValue(0));
    assertEquals(0, explore.scrubbedStepProperty().get());
    int[] start = pixels(robot);
    assertNotEquals(java.util.Arrays.hashCode(end), java.util.Arrays.hashCode(start));
    robot.interact(() -> scrubber.setValue(STEPS));
    assertEquals(ExploreViewModel.FOLLOW, explore.scrubbedStepProperty().get());
    assertEquals(java.util.Arrays.hashCode(end), java.util.Arrays.hashCode(pixels(robot)));
  }

  private int[] pixels(FxRobot robot) {
    int[][] found = new int[1][];
    robot.interact(
        () -> {
          BufferedImage picture = NodePictures.toBuffered(NodePictures.of(grid(robot), 1));
          found[0] =
              picture.getRGB(
                  0, 0, picture.getWidth(), picture.getHeight(), null, 0, picture.getWidth());
        });
    return found[0];
  }

  @Test
  void escapeStopsTheAttack(FxRobot robot) {
    attackForLong(robot);
    robot.interact(() -> grid(robot).requestFocus());
    robot.type(KeyCode.ESCAPE);
    waitFor("the attack to stop", () -> !explore.busyProperty().get());
    assertFalse(explore.attack().orElseThrow().isFinished(), "it was stopped, it did not end");
  }

  @Test
  void aDroppedFileThatIsNoImageIsAnsweredInASentenceAndLosesNothing(FxRobot robot)
      throws IOException {
    waitForAttack();
    Path file = Files.writeString(folder.resolve("notes.png"), "no picture");
    FileDrag.dropOnto(robot.lookup(".grid-scroll").query(), file);
    waitFor("the sentence", () -> text(robot, "#notice-text").contains("notes.png"));
    assertEquals(10, explore.rows().images().size());
    assertFalse(text(robot, "#notice-text").contains("Exception"), text(robot, "#notice-text"));
    robot.clickOn("#notice-close");
    assertFalse(robot.lookup("#notice").query().isVisible());
  }

  @Test
  void aDroppedPictureBecomesTheFirstRow(FxRobot robot) throws IOException {
    waitForAttack();
    Path file = folder.resolve("own.png");
    ImageIO.write(new BufferedImage(64, 48, BufferedImage.TYPE_INT_RGB), "png", file.toFile());
    FileDrag.dropOnto(robot.lookup(".grid-scroll").query(), file);
    waitFor("the new row", () -> explore.rows().images().size() == 11);
    assertTrue(text(robot, "#notice-text").contains("64×48"), text(robot, "#notice-text"));
    waitForAttack();
  }

  @Test
  void aDroppedCheckpointIsChosenAndABrokenOneRefused(FxRobot robot) throws IOException {
    waitForAttack();
    Path third = folder.resolve("third.safetensors");
    TinyHome.writeModel(third, "Third", 2, 3);
    FileDrag.dropOnto(robot.lookup(".grid-scroll").query(), third);
    waitFor(
        "the model",
        PATIENCE,
        () -> robot.lookup("#models").queryAs(ListView.class).getItems().size() == 3);
    waitForAttack();
    Path broken = Files.write(folder.resolve("broken.safetensors"), new byte[20]);
    FileDrag.dropOnto(robot.lookup(".grid-scroll").query(), broken);
    waitFor("the refusal", () -> !robot.lookup("#import-problem").queryAll().isEmpty());
    String problem = text(robot, "#import-problem");
    assertTrue(problem.contains("broken.safetensors cannot be used"), problem);
    robot.type(KeyCode.ESCAPE);
    waitFor("the card to close", () -> robot.lookup("#import-problem").queryAll().isEmpty());
    assertEquals(3, robot.lookup("#models").queryAs(ListView.class).getItems().size());
  }

  @Test
  void typedIndicesBecomeRowsAndBadOnesASentence(FxRobot robot) {
    waitForAttack();
    robot.clickOn("#image-index").write("0, 7").type(KeyCode.ENTER);
    waitFor("two rows", () -> explore.rows().images().size() == 2);
    robot.clickOn("#image-index").write("x").type(KeyCode.ENTER);
    waitFor("the sentence", () -> text(robot, "#notice-text").contains("not an index"));
    assertEquals(2, explore.rows().images().size());
  }

  @Test
  void theGridIsExportedAsAPicture(FxRobot robot) throws IOException {
    waitForAttack();
    Path file = folder.resolve("exported.png");
    dialogs.saved = Optional.of(file);
    robot.clickOn("#export").clickOn("#export-save");
    waitFor("the file", () -> Files.exists(file));
    waitFor("the notice", () -> text(robot, "#notice-text").contains("exported.png"));
    assertTrue(Files.readString(folder.resolve("exported.png.json")).contains("\"epsilon\": 10.0"));
    BufferedImage picture = ImageIO.read(file.toFile());
    Set<Integer> colours =
        IntStream.range(0, picture.getWidth())
            .mapToObj(x -> picture.getRGB(x, x * picture.getHeight() / picture.getWidth()))
            .collect(Collectors.toSet());
    assertTrue(colours.size() > 100, "only " + colours.size() + " colours along the diagonal");
  }

  @Test
  void epsilonStaysWhatWasTypedAndWhatIsNoRadiusIsASentence(FxRobot robot) {
    waitForAttack();
    TextField field = robot.lookup("#epsilon-text").queryAs(TextField.class);
    robot.interact(() -> field.setText("0.031372549"));
    robot.clickOn(field).type(KeyCode.ENTER).type(KeyCode.TAB);
    assertEquals(0.031372549, explore.settings().epsilonProperty().get());
    assertEquals("0.03137", field.getText());
    robot.interact(() -> field.setText("-1"));
    robot.clickOn(field).type(KeyCode.ENTER);
    assertEquals(0.031372549, explore.settings().epsilonProperty().get());
    assertTrue(text(robot, "#notice-text").startsWith("ε is a number from 0 to"));
  }

  @Test
  void anEmptiedNumberComesBack(FxRobot robot) {
    waitForAttack();
    Spinner<?> steps = robot.lookup("#steps").queryAs(Spinner.class);
    robot.clickOn(steps.getEditor());
    robot.interact(() -> steps.getEditor().setText(""));
    robot.type(KeyCode.TAB);
    waitFor("the old number", () -> steps.getEditor().getText().equals("5"));
    assertEquals(STEPS, explore.settings().stepsProperty().get());
    robot.clickOn(steps.getEditor());
    robot.interact(() -> steps.getEditor().setText("7"));
    robot.type(KeyCode.TAB);
    waitFor("the new number", () -> explore.settings().stepsProperty().get() == 7);
    assertEquals("7", steps.getEditor().getText());
  }

  @Test
  void whatIsWalkedToComesIntoSight(FxRobot robot) {
    waitForAttack();
    robot.interact(() -> window.getScene().getWindow().setWidth(900));
    robot.interact(() -> window.getScene().getWindow().setHeight(760));
    ScrollPane scroll = robot.lookup(".grid-scroll").queryAs(ScrollPane.class);
    for (int tile : new int[] {99, 0, 9, 90}) {
      robot.interact(() -> explore.selectedTileProperty().set(tile));
      Point2D middle =
          scroll.sceneToLocal(grid(robot).localToScene(grid(robot).middleOf(tile / 10, tile % 10)));
      assertTrue(scroll.getLayoutBounds().contains(middle), "tile " + tile + " at " + middle);
    }
  }

  @Test
  void theLastOfQuickChoicesIsShown(FxRobot robot) {
    waitForAttack();
    robot.clickOn("#next-images").clickOn("#next-images").clickOn("#next-images");
    ImageSource source = new ImageSource(explore.rows().sourceProperty().get());
    waitFor("the third page", () -> explore.rows().images().equals(source.onePerClass(100, 3)));
  }

  @Test
  void theThemeIsSwitched(FxRobot robot) {
    robot.clickOn("#theme");
    assertEquals(Theme.DARK, window.themeProperty().get());
    robot.clickOn("#theme");
    assertEquals(Theme.LIGHT, window.themeProperty().get());
  }

  /** Looked at, not timed: what is seen there is there for long, however busy the machine is. */
  @Test
  void nothingIsComputedOrReadOnTheFxThreadWhileAnAttackRuns(FxRobot robot) {
    waitForAttack();
    clickTile(robot, 0, 0);
    try (ThreadWatch fx = ThreadWatch.ofFx(robot)) {
      attackForLong(robot);
      waitFor("enough looks", PATIENCE, () -> fx.looks() > 100);
      assertTrue(explore.busyProperty().get());
      assertEquals(
          List.of(),
          fx.seen(
              "org.pagexplorer.engine.",
              "org.pagexplorer.checkpoint.CheckpointFiles",
              "org.pagexplorer.checkpoint.Safetensors",
              "org.pagexplorer.checkpoint.pytorch."));
      assertEquals(
          List.of(), fx.seen("ai.djl.", "java.io.FileInputStream", "sun.nio.ch.FileChann"));
      assertFalse(fx.seen("com.sun.").isEmpty(), "it is JavaFX's thread");
    }
  }
}
