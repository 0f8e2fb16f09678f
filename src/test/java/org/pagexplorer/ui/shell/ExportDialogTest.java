package org.pagexplorer.ui.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.pagexplorer.ui.support.Waiting.waitFor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.Labeled;
import javafx.scene.control.skin.ComboBoxListViewSkin;
import javafx.scene.image.ImageView;
import javafx.stage.Stage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.pagexplorer.dataset.ImageFiles;
import org.pagexplorer.lab.figure.FigureSpecification.Pictures;
import org.pagexplorer.lab.figure.FigureText;
import org.pagexplorer.ui.support.CutTexts;
import org.pagexplorer.ui.support.ExportChoice;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.Start;

/** One dialog for all that is saved: what, format, scale, and a look at it before. */
class ExportDialogTest extends WindowFixture {
  private static final int TILE = 13;

  private final CountDownLatch release = new CountDownLatch(1);

  @Start
  void start(Stage stage) {
    open(stage, 2);
  }

  @AfterEach
  void release() {
    release.countDown();
  }

  private void choose(FxRobot robot, String what, String format, int scale) {
    robot.interact(
        () -> {
          ComboBox<ExportChoice> choices = combo(robot, "#export-what");
          choices.setValue(
              choices.getItems().stream().filter(c -> c.title().equals(what)).findFirst().get());
          this.<String>combo(robot, "#export-format").setValue(format);
          this.<Integer>combo(robot, "#export-scale").setValue(scale);
        });
  }

  @SuppressWarnings("unchecked")
  private <T> ComboBox<T> combo(FxRobot robot, String id) {
    return robot.lookup(id).queryAs(ComboBox.class);
  }

  private static boolean isOpen(FxRobot robot) {
    return robot.lookup("#export-what").tryQuery().isPresent();
  }

  private void waitForSaying(String words) {
    waitFor(words, PATIENCE, () -> window.noticeProperty().get().contains(words));
  }

  @Test
  void theGridIsLookedAtAndSavedAsPngAlsoWhereNoEndingIsTyped(FxRobot robot) {
    waitForAttack();
    robot.clickOn("#export");
    assertEquals("png", combo(robot, "#export-format").getValue());
    ImageView preview = robot.lookup("#export-preview").queryAs(ImageView.class);
    waitFor("the preview", () -> preview.getImage() != null);
    assertTrue(text(robot, "#export-size").endsWith(" pixels"));
    dialogs.saved = Optional.empty();
    robot.clickOn("#export-save");
    assertTrue(isOpen(robot), "no file was chosen");
    dialogs.saved = Optional.of(folder.resolve("mine"));
    robot.clickOn("#export-save");
    waitForSaying("Saved " + folder.resolve("mine.png") + " and mine.png.json.");
    assertTrue(Files.exists(folder.resolve("mine.png.json")));
    assertFalse(isOpen(robot));
  }

  @Test
  void whateverIsChosenIsNamedAndWhole(FxRobot robot) {
    waitForAttack();
    robot.clickOn("#export");
    ComboBox<ExportChoice> what = combo(robot, "#export-what");
    ComboBox<String> format = combo(robot, "#export-format");
    Parent dialog = what.getScene().getRoot();
    List<String> wrong = new ArrayList<>();
    for (ExportChoice choice : what.getItems()) {
      robot.interact(() -> what.setValue(choice));
      while (true) {
        String chosen = format.getValue();
        String where = choice.title() + " as " + chosen + ": ";
        robot.interact(
            () -> {
              dialog.layout();
              CutTexts.in(dialog).forEach(cut -> wrong.add(where + cut));
              var skin = (ComboBoxListViewSkin<?>) format.getSkin();
              String shown = ((Labeled) skin.getDisplayNode()).getText();
              if (!format.getConverter().toString(chosen).equals(shown)) {
                wrong.add(where + "it says " + shown);
              }
              if (combo(robot, "#export-scale").isDisabled() == chosen.equals("png")) {
                wrong.add(where + "the scale");
              }
              if (chosen.equals("csv") && text(robot, "#export-size").endsWith("pixels")) {
                wrong.add(where + text(robot, "#export-size"));
              }
            });
        int next = format.getItems().indexOf(chosen) + 1;
        if (next == format.getItems().size()) {
          break;
        }
        robot.interact(() -> format.setValue(format.getItems().get(next)));
      }
    }
    assertEquals(List.of(), wrong);
  }

  @Test
  void aTileIsSavedInItsScaleWithTheSpecificationOfItAlone(FxRobot robot) throws IOException {
    waitForAttack();
    robot.interact(() -> explore.selectedTileProperty().set(TILE));
    int[] widths = new int[2];
    for (int scale = 1; scale <= 2; scale++) {
      Path file = folder.resolve("tile" + scale + ".png");
      dialogs.saved = Optional.of(file);
      robot.clickOn("#export");
      choose(robot, "Selected tile", "png", scale);
      robot.clickOn("#export-save");
      waitForSaying("Saved " + file);
      widths[scale - 1] = ImageFiles.read(file, 1 << 24).getWidth();
    }
    assertEquals(2 * widths[0], widths[1]);
    Pictures made = (Pictures) FigureText.read(folder.resolve("tile1.png.json"));
    var attack = explore.attack().orElseThrow();
    assertEquals(List.of(attack.heads().get(TILE % 10)), made.columns());
    assertEquals(1, made.subjects().size());
    assertEquals(attack.images().get(TILE / 10).image(), made.subjects().getFirst().image());
  }

  @Test
  void curvesAreSavedAsNumbersThatTheDialogShowsBefore(FxRobot robot) throws IOException {
    waitForAttack();
    Path file = folder.resolve("confidence.csv");
    dialogs.saved = Optional.of(file);
    robot.clickOn("#export");
    choose(robot, "Confidence over the steps", "csv", 2);
    String shown = text(robot, "#export-preview-text");
    assertTrue(shown.startsWith("step,confidence\n0,"), shown);
    robot.clickOn("#export-save");
    waitForSaying("Saved " + file);
    assertEquals(shown.lines().toList(), Files.readAllLines(file));
    assertEquals(4, Files.readAllLines(file).size(), "a head and steps 0 to 2");
  }

  /** The attack has begun and waits behind something else. */
  private void holdTheAttack(FxRobot robot) {
    waitForAttack();
    var _ = lane.submit(l -> release.await(1, java.util.concurrent.TimeUnit.MINUTES));
    robot.interact(() -> explore.settings().epsilonProperty().set(3));
    waitFor("an attack", () -> explore.busyProperty().get());
  }

  private void saveLater(FxRobot robot, Path file) {
    dialogs.saved = Optional.of(file);
    robot.clickOn("#export");
    assertTrue(
        text(robot, "#export-state").startsWith("It is not finished yet (attacking: 0 of 100"),
        text(robot, "#export-state"));
    robot.clickOn("#export-save");
    assertFalse(isOpen(robot));
    assertTrue(window.noticeProperty().get().contains("will be saved when"));
  }

  @Test
  void anExportOfARunningGridIsListedAndSavedWhenItIsFinished(FxRobot robot) throws IOException {
    holdTheAttack(robot);
    Path file = folder.resolve("later.png");
    saveLater(robot, file);
    robot.clickOn("#activities");
    waitFor("the list", () -> names(robot).contains("Export of later.png"));
    release.countDown();
    waitForSaying("Saved " + file);
    assertTrue(Files.readString(folder.resolve("later.png.json")).contains("\"epsilon\": 3.0"));
    waitFor("an empty list", () -> !names(robot).contains("Export of later.png"));
  }

  private static List<String> names(FxRobot robot) {
    return robot.lookup(".activity-name").queryAllAs(Label.class).stream()
        .map(Label::getText)
        .toList();
  }

  @Test
  void anExportThatWaitsSaysSoWhenTheGridIsAnotherOne(FxRobot robot) {
    holdTheAttack(robot);
    Path file = folder.resolve("never.png");
    saveLater(robot, file);
    robot.interact(() -> explore.settings().epsilonProperty().set(4));
    waitForSaying("The grid was changed before it was finished. never.png was not saved.");
    release.countDown();
    waitForAttack();
    assertFalse(Files.exists(file));
  }

  @Test
  void whatIsThereOfARunningGridIsSavedIfAsked(FxRobot robot) {
    waitForAttack();
    robot.interact(() -> explore.settings().stepsProperty().set(3000));
    waitFor(
        "steps of the first row",
        PATIENCE,
        () -> explore.attack().map(attack -> attack.trajectory(9).latest() > 1).orElse(false));
    Path file = folder.resolve("part.png");
    dialogs.saved = Optional.of(file);
    robot.clickOn("#export");
    Node unfinished = robot.lookup("#export-unfinished").query();
    assertTrue(unfinished.isVisible());
    robot.clickOn(unfinished).clickOn("#export-save");
    waitForSaying("Saved " + file + ".");
    assertFalse(Files.exists(folder.resolve("part.png.json")), "nothing would make it again");
    robot.interact(explore::cancel);
  }
}
