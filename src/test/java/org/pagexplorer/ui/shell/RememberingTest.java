package org.pagexplorer.ui.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.pagexplorer.ui.support.Waiting.waitFor;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javafx.geometry.Rectangle2D;
import javafx.scene.control.ComboBox;
import javafx.scene.control.SplitPane;
import javafx.scene.control.TextField;
import javafx.scene.input.Clipboard;
import javafx.scene.input.KeyCode;
import javafx.stage.Screen;
import javafx.stage.Stage;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pagexplorer.dataset.Fit;
import org.pagexplorer.domain.InputShape;
import org.pagexplorer.domain.Mask;
import org.pagexplorer.domain.Norm;
import org.pagexplorer.lab.attack.OriginalImage;
import org.pagexplorer.lab.attack.PaintedRegion;
import org.pagexplorer.lab.model.EngineLane;
import org.pagexplorer.ui.control.TileGrid;
import org.pagexplorer.ui.support.FxTest;
import org.pagexplorer.ui.support.ModelOrder;
import org.pagexplorer.ui.support.Theme;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.Start;

/** Windows one after another, each as a start of the program opens it. */
@FxTest
class RememberingTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir Path folder;

  private final List<EngineLane> lanes = new ArrayList<>();
  private Stage stage;
  private CountDownLatch ended;

  @Start
  void start(Stage unused) throws IOException {
    TinyHome.makeIn(folder);
    for (String name : TinyHome.CLASSES) {
      Path own = Files.createDirectories(folder.resolve("images/test").resolve(name));
      Path other = Files.createDirectories(folder.resolve("images/train").resolve(name));
      Files.copy(Path.of("assets/icon.png"), other.resolve("c.png"));
      Files.copy(Path.of("assets/icon.png"), other.resolve("d.png"));
      Files.copy(Path.of("assets/icon.png"), own.resolve("a.png"));
      Files.copy(Path.of("assets/icon.png"), own.resolve("b.png"));
    }
  }

  @AfterEach
  void close(FxRobot robot) throws InterruptedException {
    closeWindow(robot);
    lanes.forEach(EngineLane::close);
  }

  private MainWindow open(FxRobot robot, String... words) {
    TinyHome.use(folder);
    ended = new CountDownLatch(1);
    EngineLane lane = new EngineLane("cpu");
    lanes.add(lane);
    List<String> all = new ArrayList<>(List.of(words));
    all.addFirst("cpu");
    robot.interact(
        () -> {
          stage = new Stage();
          PagApplication.show(stage, all, lane, ended::countDown);
        });
    return (MainWindow) stage.getScene().getRoot();
  }

  private void closeWindow(FxRobot robot) throws InterruptedException {
    robot.interact(stage::hide);
    assertTrue(ended.await(1, TimeUnit.MINUTES));
  }

  private Path settings() {
    return folder.resolve("user/settings.json");
  }

  /** A slow file system may still have been at it when the window gave up waiting. */
  private String written(String text) throws IOException {
    waitFor("settings", PATIENCE, () -> Files.exists(settings()) && read().contains(text));
    return read();
  }

  private String read() throws IOException {
    return Files.readString(settings());
  }

  @Test
  void theNextWindowBeginsAsThisOneHasEnded(FxRobot robot) throws Exception {
    MainWindow first = open(robot);
    waitFor("rows", PATIENCE, () -> !first.explore().rows().images().isEmpty());
    robot.interact(() -> first.explore().rows().openDataset(folder.resolve("images")));
    waitFor("the dataset", PATIENCE, () -> first.explore().rows().folder().isPresent());
    var test = first.explore().rows().sourceProperty().get();
    robot.interact(() -> split(first).getSelectionModel().select("train"));
    waitFor("its split", PATIENCE, () -> first.explore().rows().sourceProperty().get() != test);
    robot.interact(
        () -> {
          stage.setWidth(1234);
          stage.setHeight(777);
          first.shelf().chosenProperty().set(first.shelf().models().getLast());
          first.explore().settings().normProperty().set(Norm.LINF);
          first.explore().settings().epsilonProperty().set(0.031372549);
          first.explore().settings().stepsProperty().set(3);
          first.explore().targets().setAll(2, 5);
          first.explore().rows().choice().showIndices("4, 1");
          first.themeProperty().set(Theme.DARK);
          first.toy().change(setup -> setup.withHidden(17));
          first.measure().imagesProperty().set(40);
          first.screenProperty().set(MainWindow.Screen.TRAIN);
        });
    waitFor("typed rows", PATIENCE, () -> first.explore().rows().images().size() == 2);
    robot.interact(
        () -> {
          ((TextField) first.lookup("#run-epochs")).setText("12");
          // Steps of the usual width take seconds to measure, here and in the next window.
          ((TextField) first.lookup("#run-width")).setText("2");
          ((SplitPane) first.lookup("#training-split")).setDividerPositions(0.6);
        });
    closeWindow(robot);
    written("0.031372549");

    MainWindow second = open(robot);
    assertEquals(1234, stage.getWidth());
    assertEquals(777, stage.getHeight());
    assertEquals(Theme.DARK, second.themeProperty().get());
    assertEquals(MainWindow.Screen.TRAIN, second.screenProperty().get());
    assertEquals("second.safetensors", chosen(second));
    assertEquals(0.031372549, second.explore().settings().epsilonProperty().get());
    assertEquals(3, second.explore().settings().stepsProperty().get());
    assertEquals(List.of(2, 5), second.explore().targets());
    assertEquals(17, second.toy().setupProperty().get().hidden());
    assertTrue(second.toy().panels().isEmpty(), "the playground waits to be looked at");
    assertEquals(40, second.measure().imagesProperty().get());
    assertEquals("12", ((TextField) second.lookup("#run-epochs")).getText());
    double divider = ((SplitPane) second.lookup("#training-split")).getDividerPositions()[0];
    assertEquals(0.6, divider, 0.02);
    waitFor("rows", PATIENCE, () -> second.explore().rows().images().size() == 2);
    assertTrue(second.explore().rows().images().getFirst().origin().endsWith("#4"));
    robot.interact(() -> assertEquals("train", split(second).getValue()));
    assertEquals(folder.resolve("images"), second.explore().rows().folder().orElseThrow());
    assertFalse(second.noticeProperty().get().contains("settings"));
  }

  /** Explore's, which is shown at first. */
  @SuppressWarnings("unchecked")
  private static ComboBox<String> split(MainWindow window) {
    window.screenProperty().set(MainWindow.Screen.EXPLORE);
    window.applyCss(); // what is in a pane is found once it has been dressed
    window.layout();
    return (ComboBox<String>) window.lookup("#image-split");
  }

  private static String chosen(MainWindow window) {
    return window.shelf().chosen().orElseThrow().file().getFileName().toString();
  }

  /** Of another process, as a second start of the program is. */
  @Test
  void aWindowStandsBesideThoseThatAreOpenAndStaysOnTheScreen(FxRobot robot) throws Exception {
    open(robot);
    robot.interact(
        () -> {
          stage.setX(40);
          stage.setY(30);
        });
    closeWindow(robot);
    written("\"x\": 40.0");
    open(robot);
    assertEquals(40, stage.getX(), "alone, it is where it was");
    double width = stage.getWidth();
    closeWindow(robot);
    String other = String.valueOf(ProcessHandle.current().parent().orElseThrow().pid());
    Files.writeString(folder.resolve("user/open").resolve(other), "");
    for (String words : List.of("", "--fresh")) {
      open(robot, words.isEmpty() ? new String[0] : new String[] {words});
      Rectangle2D screen = Screen.getPrimary().getVisualBounds();
      assertTrue(stage.getX() + stage.getWidth() <= screen.getMaxX() + 1, "on the screen");
      assertTrue(stage.getY() + stage.getHeight() <= screen.getMaxY() + 1, "on the screen");
      if (words.isEmpty()) {
        assertEquals(72, stage.getX());
        assertEquals(62, stage.getY());
        assertTrue(stage.getWidth() <= width);
      } else {
        double middle = Math.max(0, (screen.getWidth() - WindowStart.WIDTH) / 2);
        assertEquals(screen.getMinX() + middle + 32, stage.getX(), 1e-6, "beside a fresh one");
      }
      closeWindow(robot);
    }
    assertTrue(read().contains("\"x\": 40.0"), "the shift is not remembered");
  }

  @Test
  void aFreshOneIsAsAtFirstAndForgetsNothing(FxRobot robot) throws Exception {
    MainWindow first = open(robot);
    robot.interact(() -> first.explore().settings().stepsProperty().set(3));
    closeWindow(robot);
    String before = written("\"steps\": 3");
    MainWindow fresh = open(robot, PagApplication.FRESH);
    assertEquals(50, fresh.explore().settings().stepsProperty().get());
    robot.interact(() -> fresh.explore().settings().stepsProperty().set(4));
    closeWindow(robot);
    assertEquals(before, read());
    assertEquals(3, open(robot).explore().settings().stepsProperty().get());
  }

  @Test
  void aScreenThatNobodyLookedAtForgetsNothing(FxRobot robot) throws Exception {
    MainWindow first = open(robot);
    robot.interact(() -> first.screenProperty().set(MainWindow.Screen.TRAIN));
    robot.interact(() -> ((TextField) first.lookup("#run-epochs")).setText("12"));
    robot.interact(() -> first.screenProperty().set(MainWindow.Screen.EXPLORE));
    closeWindow(robot);
    written("12");
    MainWindow second = open(robot);
    robot.interact(() -> second.explore().settings().stepsProperty().set(3));
    closeWindow(robot);
    written("\"steps\": 3");
    MainWindow third = open(robot);
    robot.interact(() -> third.screenProperty().set(MainWindow.Screen.TRAIN));
    robot.interact(() -> assertEquals("12", ((TextField) third.lookup("#run-epochs")).getText()));
  }

  @Test
  void afterACrashWhatWasSetIsOffered(FxRobot robot) throws Exception {
    MainWindow first = open(robot);
    robot.interact(() -> first.explore().settings().stepsProperty().set(3));
    written("\"steps\": 3"); // late, but long before it closes
    closeWindow(robot);
    Path left = folder.resolve("user/open/" + ProcessHandle.current().pid());
    assertFalse(Files.exists(left), "it has come to its end");
    Files.writeString(left, "1999-01-01T00:00:00Z\n1999-01-01T00:00:03Z\n" + folder + "\n");

    MainWindow second = open(robot);
    assertEquals(50, second.explore().settings().stepsProperty().get());
    assertTrue(second.lookup("#crash-text").isVisible());
    robot.clickOn(second.lookup("#crash-copy"));
    waitFor(
        "the details",
        () ->
            String.valueOf(Clipboard.getSystemClipboard().getString())
                .contains("did not end normally"));
    robot.clickOn(second.lookup("#crash-restore"));
    assertEquals(3, second.explore().settings().stepsProperty().get());
    assertFalse(second.lookup("#crash").isVisible());
    closeWindow(robot);
    MainWindow third = open(robot);
    assertNull(third.lookup("#crash"), "it is told once");
    assertEquals(3, third.explore().settings().stepsProperty().get());
  }

  @Test
  void whatIsGoneIsSaidAndTheRestIsThere(FxRobot robot) throws Exception {
    Files.createDirectories(settings().getParent());
    Files.writeString(
        settings(),
        """
        {"version": 1, "model": {"file": "/gone/best.safetensors"}, "attack": {"steps": 6},
         "rows": {"shown": {"dataset": "/gone/images", "split": "", "choice": "cat", "page": 0, "indices": []}}}
        """);
    MainWindow window = open(robot);
    waitFor("samples", PATIENCE, () -> !window.explore().rows().images().isEmpty());
    assertEquals(6, window.explore().settings().stepsProperty().get());
    assertEquals("first.safetensors", chosen(window));
    waitFor("a word", PATIENCE, () -> window.noticeProperty().get().contains("/gone/"));
  }

  @Test
  void ctrlZTakesBackAndShiftMakesAgain(FxRobot robot) {
    MainWindow window = open(robot);
    waitFor("rows", PATIENCE, () -> window.explore().rows().images().size() == 10);
    robot.interact(
        () -> {
          window.explore().settings().stepsProperty().set(5);
          window.lookup("#grid").requestFocus();
        });
    robot.push(KeyCode.SHORTCUT, KeyCode.Z);
    assertEquals(50, window.explore().settings().stepsProperty().get());
    robot.push(KeyCode.SHORTCUT, KeyCode.SHIFT, KeyCode.Z);
    assertEquals(5, window.explore().settings().stepsProperty().get());
    robot.interact(() -> window.explore().rows().choice().showIndices("7"));
    waitFor("one row", () -> window.explore().rows().images().size() == 1);
    robot.interact(() -> window.lookup("#grid").requestFocus());
    robot.push(KeyCode.SHORTCUT, KeyCode.Z);
    waitFor("the rows before", () -> window.explore().rows().images().size() == 10);
    assertEquals(5, window.explore().settings().stepsProperty().get());
  }

  @Test
  void theTourIsOfferedOnceAndComesBackToItsStep(FxRobot robot) throws Exception {
    MainWindow first = open(robot);
    assertTrue(first.lookup("#tour-offer").isVisible());
    assertFalse(first.tour().isOpen());
    robot.interact(
        () -> {
          first.tour().begin();
          first.tour().go(1);
          first.tour().leave();
        });
    closeWindow(robot);
    written("\"step\": 1");
    MainWindow second = open(robot);
    assertNull(second.lookup("#tour-offer"));
    assertEquals(TourStep.EPSILON, second.tour().step());
    closeWindow(robot);
    MainWindow fresh = open(robot, PagApplication.FRESH);
    assertNull(fresh.lookup("#tour-offer"), "who has settings has been here");
    assertEquals(TourStep.ROW, fresh.tour().step());
    closeWindow(robot);
    Files.delete(settings());
    assertTrue(open(robot, PagApplication.FRESH).lookup("#tour-offer").isVisible());
  }

  @Test
  void earlierSettingsKeepTheirDividersAndTilesAndAreOfferedNoTour(FxRobot robot) throws Exception {
    Files.createDirectories(settings().getParent());
    Files.writeString(
        settings(),
        """
        {"version": 1, "splits": {"training-split": 0.6}, "tiles": {"explore": 60, "compare": 90}}
        """);
    MainWindow window = open(robot);
    assertNull(window.lookup("#tour-offer"));
    robot.interact(() -> window.screenProperty().set(MainWindow.Screen.COMPARE));
    assertEquals(90, ((TileGrid) window.lookup("#compare-grid")).zoomedSideProperty().get());
    robot.interact(() -> window.screenProperty().set(MainWindow.Screen.TRAIN));
    SplitPane split = (SplitPane) window.lookup("#training-split");
    assertEquals(0.6, split.getDividerPositions()[0], 0.02);
  }

  @Test
  void earlierSettingsOfScreensNotOpenedYetOutliveAChangeOfExplore(FxRobot robot) throws Exception {
    Files.createDirectories(settings().getParent());
    Files.writeString(
        settings(),
        """
        {"version": 1, "splits": {"explore-split": 0.7, "training-split": 0.6},
         "tiles": {"explore": 60, "compare": 90}}
        """);
    MainWindow window = open(robot);
    robot.interact(() -> ((SplitPane) window.lookup("#explore-split")).setDividerPositions(0.6));
    robot.interact(() -> ((TileGrid) window.lookup("#grid")).zoomedSideProperty().set(70));
    closeWindow(robot);
    MainWindow again = open(robot);
    robot.interact(() -> again.screenProperty().set(MainWindow.Screen.COMPARE));
    assertEquals(90, ((TileGrid) again.lookup("#compare-grid")).zoomedSideProperty().get());
    robot.interact(() -> again.screenProperty().set(MainWindow.Screen.TRAIN));
    SplitPane split = (SplitPane) again.lookup("#training-split");
    assertEquals(0.6, split.getDividerPositions()[0], 0.02);
  }

  private Path picture(String name, java.awt.Color color) throws IOException {
    BufferedImage picture = new BufferedImage(64, 32, BufferedImage.TYPE_INT_RGB);
    picture.setRGB(0, 0, color.getRGB());
    Path file = folder.resolve(name);
    ImageIO.write(picture, "png", file.toFile());
    return file;
  }

  private static List<String> origins(MainWindow window) {
    return window.explore().rows().images().stream().limit(2).map(OriginalImage::origin).toList();
  }

  private MainWindow openWithRows(FxRobot robot) {
    MainWindow window = open(robot);
    waitFor("rows", PATIENCE, () -> window.explore().rows().images().size() == 10);
    return window;
  }

  @Test
  void ownPicturesHowTheyFitAndTheListOfModelsAreThereAgain(FxRobot robot) throws Exception {
    Path red = picture("red.png", java.awt.Color.RED);
    Path blue = picture("blue.png", java.awt.Color.BLUE);
    MainWindow first = openWithRows(robot);
    robot.interact(
        () -> {
          first.explore().rows().fitProperty().set(Fit.SQUASH);
          first.shelf().arrangement().orderProperty().set(ModelOrder.CLEAN);
          first.shelf().arrangement().hide(first.shelf().models().getLast(), true);
        });
    robot.interact(() -> first.explore().addPictures(List.of(blue, red)));
    waitFor("own ones", PATIENCE, () -> first.explore().rows().images().size() == 12);
    assertEquals(List.of("red.png", "blue.png"), origins(first));
    closeWindow(robot);
    written("red.png");

    MainWindow second = open(robot);
    waitFor("own ones", PATIENCE, () -> second.explore().rows().images().size() == 12);
    assertEquals(List.of("red.png", "blue.png"), origins(second));
    assertEquals(Fit.SQUASH, second.explore().rows().fitProperty().get());
    assertTrue(second.explore().rows().images().getFirst().note().contains("squashed"));
    assertEquals(ModelOrder.CLEAN, second.shelf().arrangement().orderProperty().get());
    assertEquals(List.of("second.safetensors"), second.shelf().arrangement().hidden());
    closeWindow(robot);

    Files.delete(red);
    MainWindow third = open(robot);
    waitFor("the other", PATIENCE, () -> third.explore().rows().images().size() == 11);
    assertEquals("blue.png", origins(third).getFirst());
    assertTrue(third.noticeProperty().get().contains("red.png"), third.noticeProperty().get());
    robot.interact(() -> third.explore().rows().choice().showIndices("7"));
    waitFor("one row", PATIENCE, () -> third.explore().rows().images().size() == 1);
    closeWindow(robot);
    waitFor("no own one", PATIENCE, () -> !read().contains("blue.png"));
  }

  @Test
  void whatIsPaintedIsThereAgain(FxRobot robot) throws Exception {
    byte[] levels = new byte[InputShape.CIFAR.height() * InputShape.CIFAR.width()];
    Arrays.fill(levels, 100, 400, (byte) 200);
    List<PaintedRegion> regions =
        List.of(
            new PaintedRegion(
                new Mask(InputShape.CIFAR.height(), InputShape.CIFAR.width(), levels),
                Optional.of("dog"),
                OptionalDouble.of(0.25)));
    MainWindow first = open(robot);
    waitFor("rows", PATIENCE, () -> first.explore().rows().images().size() > 2);
    robot.interact(() -> first.explore().rows().paint(2, regions));
    closeWindow(robot);
    MainWindow second = open(robot);
    waitFor("rows", PATIENCE, () -> second.explore().rows().images().size() > 2);
    assertEquals(regions, second.explore().rows().images().get(2).regions());
    assertEquals(List.of(), second.explore().rows().images().get(1).regions());
  }

  @Test
  void anOwnPictureThatWasRemovedStaysAwayAndMovedRowsStayMoved(FxRobot robot) throws Exception {
    List<Path> own =
        List.of(
            picture("kept.png", java.awt.Color.BLUE), picture("removed.png", java.awt.Color.RED));
    MainWindow first = openWithRows(robot);
    robot.interact(() -> first.explore().addPictures(own));
    waitFor("own ones", PATIENCE, () -> first.explore().rows().images().size() == 12);
    robot.interact(
        () -> {
          first.explore().rows().choice().remove(0);
          first.explore().rows().choice().move(0, 1);
        });
    List<String> arranged = origins(first);
    assertEquals("kept.png", arranged.get(1));
    assertEquals(11, first.explore().rows().images().size());
    closeWindow(robot);
    written("kept.png");

    MainWindow second = open(robot);
    waitFor("what was kept", PATIENCE, () -> origins(second).equals(arranged));
    assertEquals(11, second.explore().rows().images().size());
    closeWindow(robot);
  }
}
