package org.pagexplorer.ui.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.pagexplorer.ui.support.Waiting.waitFor;

import java.awt.image.BufferedImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import javafx.geometry.Point2D;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.Label;
import javafx.scene.control.MenuItem;
import javafx.scene.image.WritableImage;
import javafx.scene.input.Clipboard;
import javafx.scene.input.KeyCode;
import javafx.stage.Stage;
import javafx.stage.Window;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pagexplorer.lab.figure.Palette;
import org.pagexplorer.ui.control.LinesChart.Line;
import org.pagexplorer.ui.support.AnsweringDialogs;
import org.pagexplorer.ui.support.FxTest;
import org.pagexplorer.ui.support.Theme;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.Start;

/** Values under the pointer, and what is copied and saved. */
@FxTest
class ChartTest {
  @TempDir Path folder;

  private final AnsweringDialogs dialogs = new AnsweringDialogs();
  private volatile String said = "";
  private LinesChart chart;

  @Start
  void start(Stage stage) {
    chart = new LinesChart("loss", "epoch", "loss", "Losses will be here");
    chart.offer(chart.choice("Losses", "Train first."), dialogs);
    stage.setScene(new Scene(chart, 500, 300));
    stage.show();
  }

  @Test
  void aTitleLongerThanItsAxisStandsAboveItAndGoesBack(FxRobot robot) {
    robot.interact(
        () -> {
          LinesChart narrow =
              new LinesChart("accuracy", "epoch", "accuracy in training, in %", "Here they come");
          Stage stage = (Stage) chart.getScene().getWindow();
          stage.setScene(new Scene(narrow, 300, 110));
          narrow.resize(300, 110);
          narrow.show(List.of(new Line("a", new double[] {1, 2}, new double[] {1, 0.5}, 0)));
          narrow.applyCss();
          narrow.layout();
          assertTrue(narrow.isTitleAbove());
          narrow.resize(300, 400);
          narrow.layout();
          assertFalse(narrow.isTitleAbove());
          narrow.putTitleAbove();
          narrow.resize(300, 401);
          narrow.layout();
          assertTrue(narrow.isTitleAbove(), "as those beside it");
        });
  }

  private void showTwoRuns(FxRobot robot) {
    robot.interact(
        () ->
            chart.show(
                List.of(
                    new Line("a", new double[] {1, 2, 3}, new double[] {1, 0.5, 0.25}, 0),
                    new Line("b", new double[] {1, 2}, new double[] {2, 4}, 1))));
  }

  private Label promise(FxRobot robot) {
    return robot.lookup(".chart-promise").queryAs(Label.class);
  }

  @Test
  void anEmptyChartSaysWhatWillBeThere(FxRobot robot) {
    assertTrue(promise(robot).isVisible());
    assertEquals("Losses will be here", promise(robot).getText());
    assertEquals(List.of("exhibit-nothing"), ids(menu(robot)));
    showTwoRuns(robot);
    assertFalse(promise(robot).isVisible());
  }

  @Test
  void thePointerIsToldTheValuesOfTheNearestEpoch(FxRobot robot) {
    showTwoRuns(robot);
    assertTrue(robot.lookup(".chart-hover").tryQuery().isEmpty());
    robot.moveTo(chart.localToScreen(chart.getWidth() / 2, chart.getHeight() / 2));
    Label words = robot.lookup(".chart-hover").queryAs(Label.class);
    assertTrue(words.getParent().isVisible());
    assertEquals("epoch 2\na  0.5000\nb  4", words.getText());
    robot.moveTo(chart.localToScreen(chart.getWidth() - 20, chart.getHeight() / 2));
    assertEquals("epoch 3\na  0.2500", words.getText());
    robot.moveTo(chart.localToScreen(5, 5)); // beside the curves
    assertFalse(words.getParent().isVisible());
  }

  @Test
  void smoothedCurvesHaveTheMeasuredOnesFaintBehindThem(FxRobot robot) {
    showTwoRuns(robot);
    robot.interact(() -> chart.set(true, 0.5));
    var curves = chart.figure().curves();
    assertEquals(
        List.of("a", "a, smoothed", "b", "b, smoothed"),
        curves.stream().map(curve -> curve.name()).toList());
    assertEquals(
        List.of(true, false, true, false), curves.stream().map(curve -> curve.faint()).toList());
    assertEquals(0.25, curves.get(0).y()[2]);
    assertTrue(curves.get(1).y()[2] > 0.3, "drawn toward what came before");
    assertTrue(chart.figure().y().log());
    robot.interact(() -> chart.set(false, 0));
    assertEquals(2, chart.figure().curves().size());
  }

  private static BufferedImage picture(Node node) {
    WritableImage seen = node.snapshot(null, null);
    int width = (int) seen.getWidth();
    int height = (int) seen.getHeight();
    BufferedImage picture = new BufferedImage(width, height, BufferedImage.TYPE_INT_ARGB);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        picture.setRGB(x, y, seen.getPixelReader().getArgb(x, y));
      }
    }
    return picture;
  }

  private static long pixelsOf(java.awt.Color color, BufferedImage picture) {
    return IntStream.range(0, picture.getWidth() * picture.getHeight())
        .map(i -> picture.getRGB(i % picture.getWidth(), i / picture.getWidth()))
        .filter(rgb -> rgb == color.getRGB())
        .count();
  }

  @Test
  void curvesHaveTheSameColorsInTheWindowAndInAFile(FxRobot robot) {
    showTwoRuns(robot);
    BufferedImage file = chart.figure().drawing().pixels(1, 1 << 22);
    BufferedImage[] light = new BufferedImage[1];
    BufferedImage[] dark = new BufferedImage[1];
    robot.interact(
        () -> {
          light[0] = picture(chart);
          chart.dress(Theme.DARK);
          dark[0] = picture(chart);
        });
    for (int color = 0; color < 2; color++) {
      assertTrue(pixelsOf(Palette.LIGHT.of(color), file) > 20, "file, " + color);
      assertTrue(pixelsOf(Palette.LIGHT.of(color), light[0]) > 20, "light, " + color);
      assertTrue(pixelsOf(Palette.DARK.of(color), dark[0]) > 20, "dark, " + color);
    }
  }

  private ContextMenu menu(FxRobot robot) {
    Point2D middle = chart.localToScreen(chart.getWidth() / 2, chart.getHeight() / 2);
    robot.rightClickOn(middle);
    return Window.getWindows().stream()
        .filter(ContextMenu.class::isInstance)
        .map(ContextMenu.class::cast)
        .findFirst()
        .orElseThrow();
  }

  private static List<String> ids(ContextMenu menu) {
    return menu.getItems().stream().map(MenuItem::getId).filter(id -> id != null).toList();
  }

  private void choose(FxRobot robot, String id) {
    ContextMenu menu = menu(robot);
    MenuItem item =
        menu.getItems().stream().filter(i -> id.equals(i.getId())).findFirst().orElseThrow();
    robot.interact(
        () -> {
          item.fire();
          menu.hide();
        });
  }

  @Test
  void numbersAndPictureAreCopiedByMenuAndKey(FxRobot robot) {
    showTwoRuns(robot);
    String numbers = "epoch\ta\tb\n1\t1\t2\n2\t0.5\t4\n3\t0.25\t\n";
    choose(robot, "exhibit-copy-numbers");
    robot.interact(
        () -> {
          assertEquals(numbers, Clipboard.getSystemClipboard().getString());
          assertFalse(Clipboard.getSystemClipboard().hasImage());
        });
    choose(robot, "exhibit-copy-picture");
    robot.interact(() -> assertEquals(1120, Clipboard.getSystemClipboard().getImage().getWidth()));
    robot.clickOn(chart).push(KeyCode.CONTROL, KeyCode.C);
    robot.interact(
        () -> {
          assertNotNull(Clipboard.getSystemClipboard().getImage());
          assertEquals(numbers, Clipboard.getSystemClipboard().getString());
        });
  }

  private void export(FxRobot robot, String format) {
    choose(robot, "exhibit-export");
    robot.interact(() -> dialogs.export("Losses", format, sentence -> said = sentence));
  }

  @Test
  void itIsSavedInEachFormatAndANameWithoutEndingGetsOne(FxRobot robot) throws Exception {
    showTwoRuns(robot);
    assertEquals(
        List.of("exhibit-copy", "exhibit-copy-picture", "exhibit-copy-numbers", "exhibit-export"),
        ids(menu(robot)));
    dialogs.saved = Optional.of(folder.resolve("curve"));
    for (String format : List.of("png", "svg", "pdf", "csv")) {
      Path file = folder.resolve("curve." + format);
      export(robot, format);
      waitFor(format, () -> said.equals("Saved " + file + "."));
      assertTrue(Files.size(file) > 20);
    }
    assertTrue(Files.readString(folder.resolve("curve.csv")).startsWith("epoch,a,b\r\n1,1,2\r\n"));
    // Nobody was asked whether this name may be replaced.
    Files.writeString(folder.resolve("curve.csv"), "mine");
    export(robot, "csv");
    waitFor("the refusal", () -> said.contains("is there already"));
    assertEquals("mine", Files.readString(folder.resolve("curve.csv")));
  }
}
