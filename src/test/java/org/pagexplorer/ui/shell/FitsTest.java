package org.pagexplorer.ui.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.pagexplorer.ui.support.Waiting.waitFor;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import javafx.geometry.Bounds;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.Button;
import javafx.scene.control.ButtonBase;
import javafx.scene.control.DialogPane;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.ToggleButton;
import javafx.scene.text.Text;
import javafx.stage.Stage;
import org.junit.jupiter.api.Test;
import org.pagexplorer.checkpoint.ModelLabel;
import org.pagexplorer.domain.Architecture;
import org.pagexplorer.domain.Family;
import org.pagexplorer.domain.InputShape;
import org.pagexplorer.ui.control.CompactRow;
import org.pagexplorer.ui.control.TileGrid;
import org.pagexplorer.ui.shell.MainWindow.Screen;
import org.pagexplorer.ui.support.CutTexts;
import org.pagexplorer.ui.support.Theme;
import org.pagexplorer.ui.support.Tips;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.Start;

/** Every screen fits into the windows that people have. */
class FitsTest extends WindowFixture {
  /** Of 1040 × 700, 1366 × 768, 2560 × 1440 at 200 %, and 1920 × 1080. */
  private static final List<int[]> SIZES =
      List.of(
          new int[] {1040, 700},
          new int[] {1366, 768},
          new int[] {1280, 720},
          new int[] {1920, 1080});

  private static final List<String> TABS =
      List.of("#compare-measure", "#compare-alignment", "#compare-blind", "#compare-pictures");

  private Stage stage;

  @Start
  void start(Stage shown) {
    stage = shown;
    open(shown, 2);
  }

  @Test
  void nothingIsCutOnAnyScreenInAnySize(FxRobot robot) {
    waitForAttack();
    List<String> found = new ArrayList<>();
    for (int[] size : SIZES) {
      resize(robot, size);
      String wide = size[0] + "x" + size[1] + " ";
      for (Screen screen : Screen.values()) {
        robot.interact(() -> window.screenProperty().set(screen));
        look(robot, wide + screen, found);
      }
      robot.interact(() -> window.screenProperty().set(Screen.COMPARE));
      for (String tab : TABS) {
        robot.interact(() -> robot.lookup(tab).queryAs(ToggleButton.class).fire());
        look(robot, wide + tab, found);
      }
    }
    assertEquals("", String.join("\n", found));
  }

  @Test
  void nothingIsCutOrCoveredWithEverythingUnfolded(FxRobot robot) {
    waitForAttack();
    List<String> found = new ArrayList<>();
    robot.interact(() -> window.tour().offer());
    robot.interact(robot.lookup("#attack-more").queryButton()::fire);
    for (int[] size : SIZES) {
      resize(robot, size);
      String wide = size[0] + "x" + size[1] + " ";
      for (Screen screen : List.of(Screen.COMPARE, Screen.EXPLORE)) {
        robot.interact(() -> window.screenProperty().set(screen));
        look(robot, wide + screen + " with More", found);
      }
      robot.interact(() -> window.viewer().open());
      look(robot, wide + "viewer", found);
      robot.interact(robot.lookup("#viewer-paint").queryAs(ToggleButton.class)::fire);
      look(robot, wide + "painting", found);
      robot.interact(robot.lookup("#viewer-paint").queryAs(ToggleButton.class)::fire);
      robot.interact(() -> window.viewer().close());
    }
    assertEquals("", String.join("\n", found));
  }

  @Test
  void dialogsFitIntoTheSmallestWindowWithNothingCut(FxRobot robot) {
    waitForAttack();
    List<String> found = new ArrayList<>();
    robot.interact(
        () -> {
          look("help", Help.of(stage, TourStep.ROW, () -> {}).getDialogPane(), found);
          look("doctor", DoctorDialog.of(stage).getDialogPane(), found);
        });
    for (Screen screen : Screen.values()) {
      robot.interact(() -> window.screenProperty().set(screen));
      robot.interact(() -> look("export of " + screen, window.exportDialog().pane(), found));
    }
    assertEquals("", String.join("\n", found));
  }

  private static void look(String name, DialogPane pane, List<String> found) {
    Theme.LIGHT.applyTo(pane.getScene());
    pane.applyCss();
    pane.autosize();
    pane.layout();
    pane.layout();
    CutTexts.in(pane).forEach(cut -> found.add(name + ": " + cut));
    CutTexts.overlaps(pane).forEach(pair -> found.add(name + ": " + pair));
    if (pane.getHeight() > 640 || pane.getWidth() > 1000) { // and a title above it
      found.add(name + ": " + pane.getWidth() + " × " + pane.getHeight());
    }
  }

  /** As they are in other languages, too. */
  @Test
  void classesWithLongNamesAreWholeInInspectorAndViewer(FxRobot robot) {
    List<String> classes = new ArrayList<>(TinyHome.CLASSES);
    classes.set(2, "samochód ciężarowy z przyczepą");
    Path file = folder.resolve("models/polish.safetensors");
    Architecture network = Architecture.mlp(2, InputShape.CIFAR, 10);
    TinyHome.writeModel(file, "Długie nazwy", network, classes, 1);
    waitForAttack();
    robot.interact(() -> window.shelf().chosenProperty().set(window.shelf().add(file)));
    List<String> found = new ArrayList<>();
    for (int tile : List.of(11, 12)) {
      robot.interact(() -> explore.selectedTileProperty().set(tile));
      waitForAttack();
      waitFor("the gradient", PATIENCE, () -> captions(robot).stream().anyMatch(isOf(tile)));
      for (int[] size : List.of(SIZES.get(0), SIZES.get(1), SIZES.get(2))) {
        resize(robot, size);
        look(robot, size[0] + " inspector of " + tile, found);
        robot.interact(this::assertCaptionsAreBelowTheMiddle);
        robot.interact(() -> window.viewer().open());
        look(robot, size[0] + " viewer of " + tile, found);
        robot.interact(() -> window.viewer().close());
      }
    }
    found.removeIf(one -> one.contains("cut head")); // each tile says its class in whole
    assertEquals("", String.join("\n", found));
  }

  private void assertCaptionsAreBelowTheMiddle() {
    for (Node caption : window.lookupAll(".picture-caption")) {
      Bounds text = caption.lookup(".text").getBoundsInParent();
      Bounds picture = caption.getParent().getLayoutBounds();
      double middle = caption.getLayoutX() + text.getCenterX();
      assertEquals(picture.getCenterX(), middle, 2, ((Label) caption).getText());
    }
  }

  private Predicate<String> isOf(int tile) {
    String name = explore.attack().orElseThrow().heads().get(tile % 10);
    return caption -> caption.contains("f(x)_" + name);
  }

  private static List<String> captions(FxRobot robot) {
    return robot.lookup(".picture-caption").queryAllAs(Label.class).stream()
        .map(Label::getText)
        .toList();
  }

  @Test
  void theShippedModelsNamesFitInTheirList(FxRobot robot) {
    Path file = folder.resolve("models/nearest.safetensors");
    TinyHome.writeModel(file, "Nearest Neighbor", 1, 3);
    new ModelLabel("", "a note").write(ModelLabel.beside(file));
    robot.interact(() -> window.shelf().add(file));
    for (int[] size : SIZES) {
      resize(robot, size);
      robot.interact(
          () -> {
            window.applyCss();
            window.layout();
          });
      List<String> shown =
          robot.lookup("#models .model-name > .text").queryAllAs(Text.class).stream()
              .map(Text::getText)
              .toList();
      assertTrue(shown.contains("Nearest Neighbor"), shown.toString());
    }
  }

  /** One alone in a line of its own looks lost, and costs the grid a row. */
  @Test
  void theButtonsOfOtherRowsStayTogetherAndInOneLineFrom1280On(FxRobot robot) {
    waitForAttack();
    List<String> buttons = List.of("#open-dataset", "#open-pictures", "#start-images");
    for (int wide = 1040; wide <= 1400; wide += 40) {
      resize(robot, new int[] {wide, 768});
      double first = top(robot, "#image-choice");
      List<Double> tops = buttons.stream().map(id -> top(robot, id)).distinct().toList();
      assertEquals(1, tops.size(), wide + ": " + tops);
      assertTrue(wide < 1280 || Math.abs(tops.getFirst() - first) < 10, wide + ": " + tops);
    }
  }

  private static double top(FxRobot robot, String id) {
    return onFx(robot, robot.lookup(id).query()).getMinY();
  }

  @Test
  void whatIsRarelyChangedIsFoldedAndSaysWhenItIsNotAsUsual(FxRobot robot) {
    Button more = robot.lookup("#attack-more").queryButton();
    Node details = robot.lookup("#attack-details").query();
    assertFalse(details.isVisible());
    assertEquals("More", more.getText());
    robot.interact(() -> explore.settings().restartsProperty().set(2));
    robot.interact(() -> explore.settings().clipProperty().set(false));
    assertEquals("More (2 changed)", more.getText());
    robot.interact(more::fire);
    assertTrue(details.isVisible());
    assertEquals("More", more.getText());
    robot.interact(() -> window.screenProperty().set(Screen.COMPARE));
    assertTrue(robot.lookup("#attack-details").query().isVisible(), "the screens share it");
  }

  @Test
  void aMessageLiesOverTheGridAndGoesWithItsCause(FxRobot robot) {
    resize(robot, SIZES.getFirst());
    Node grid = robot.lookup("#grid").query();
    Bounds before = onFx(robot, grid);
    robot.interact(() -> explore.rows().choice().showIndices("cat"));
    assertTrue(robot.lookup("#notice").query().isVisible());
    assertEquals(before, onFx(robot, grid));
    robot.interact(() -> explore.rows().choice().showIndices("0"));
    assertEquals("", window.noticeProperty().get());
    assertFalse(robot.lookup("#notice").query().isVisible());
  }

  /** About as long as they are: two lines in the smallest window. */
  @Test
  void aMessageHidesNothingThatOneNeeds(FxRobot robot) {
    waitForAttack();
    robot.interact(
        () -> window.tell("\"A sentence of a usual length\": " + "some words that say ".repeat(6)));
    List<String> found = new ArrayList<>();
    for (int[] size : SIZES) {
      resize(robot, size);
      for (Screen screen : Screen.values()) {
        robot.interact(() -> window.screenProperty().set(screen));
        covered(robot, size[0] + " " + screen, found);
      }
      robot.interact(() -> window.screenProperty().set(Screen.EXPLORE));
      robot.interact(() -> window.viewer().open());
      covered(robot, size[0] + " viewer", found);
      robot.interact(() -> window.viewer().close());
    }
    assertEquals("", String.join("\n", found));
  }

  private void covered(FxRobot robot, String where, List<String> found) {
    Node notice = robot.lookup("#notice").query();
    robot.interact(
        () -> {
          window.applyCss();
          window.layout();
          window.layout();
          Bounds seen = notice.localToScene(notice.getLayoutBounds());
          Bounds all = window.localToScene(window.getLayoutBounds());
          if (!notice.isVisible() || seen.getHeight() < 20 || !all.contains(seen)) {
            found.add(where + ": the notice itself is at " + seen);
          }
          for (Node part : List.of(window.getCenter(), window.getLeft())) {
            CutTexts.covered((Parent) part, notice).forEach(c -> found.add(where + ": " + c));
          }
          for (String id : List.of("#task", "#cancel")) {
            if (CutTexts.overlap(window.lookup(id), notice) > 0) {
              found.add(where + ": " + id);
            }
          }
        });
  }

  @Test
  void theWholeLineOfALongArchitectureCanBeRead(FxRobot robot) {
    Path file = folder.resolve("models/long.safetensors");
    Architecture network =
        new Architecture(
            Family.of("cnn-c4k3s1p1bm2-c4k3s1p1bm2-c4k3s1p1bm2-l8-l8"), 1, InputShape.CIFAR, 10);
    TinyHome.writeModel(file, "Long", network, TinyHome.CLASSES, 1);
    robot.interact(() -> window.shelf().add(file));
    waitForAttack();
    String title = network.title();
    assertTrue(title.length() > 40, title);
    for (Screen screen : List.of(Screen.EXPLORE, Screen.COMPARE)) {
      robot.interact(() -> window.screenProperty().set(screen));
      List<String> found = new ArrayList<>();
      look(robot, screen.toString(), found);
      assertEquals(List.of(), found);
    }
    assertEquals(
        title,
        robot.lookup(".compare-models .model-kind").queryAllAs(Label.class).stream()
            .map(Label::getText)
            .filter(title::equals)
            .findFirst()
            .orElse("not there"));
    robot.interact(() -> window.screenProperty().set(Screen.EXPLORE));
    assertTrue(
        robot.lookup("#models .list-cell").queryAllAs(ListCell.class).stream()
            .anyMatch(cell -> Tips.said(cell).contains(title)));
  }

  private static Bounds onFx(FxRobot robot, Node node) {
    Bounds[] bounds = new Bounds[1];
    robot.interact(
        () -> {
          node.getScene().getRoot().layout();
          bounds[0] = node.localToScene(node.getLayoutBounds());
        });
    return bounds[0];
  }

  private static boolean isShown(Node node) {
    return node.isVisible() && (node.getParent() == null || isShown(node.getParent()));
  }

  private static boolean isSeen(Node node) {
    boolean empty = node instanceof Label label && label.getText().isEmpty();
    return node.isManaged() && node.isVisible() && !empty;
  }

  private static boolean endsInOneButton(CompactRow row) {
    List<Node> all = row.getChildren().stream().filter(FitsTest::isSeen).toList();
    double first = all.getFirst().getBoundsInParent().getCenterY();
    double last = all.getLast().getBoundsInParent().getCenterY();
    List<Node> line =
        all.stream().filter(n -> Math.abs(n.getBoundsInParent().getCenterY() - last) < 10).toList();
    return last > first + 10 && line.size() == 1 && line.getFirst() instanceof ButtonBase;
  }

  private void resize(FxRobot robot, int[] size) {
    robot.interact(
        () -> {
          stage.setWidth(size[0]);
          stage.setHeight(size[1]);
        });
  }

  private void look(FxRobot robot, String where, List<String> found) {
    robot.interact(
        () -> {
          window.applyCss();
          window.layout();
          window.layout(); // what wraps knows its height after the first
          CutTexts.in(window).forEach(cut -> found.add(where + ": " + cut));
          CutTexts.overlaps(window).forEach(pair -> found.add(where + ": " + pair));
          if (window.lookup("#grid") instanceof TileGrid grid && grid.getScene() != null) {
            grid.cutHeads().forEach(head -> found.add(where + ": cut head " + head));
          }
          for (Node row : window.lookupAll(".compact-row")) {
            if (isShown(row) && endsInOneButton((CompactRow) row)) {
              found.add(where + ": a button alone in the last line of a row");
            }
          }
          for (Node scroll : window.lookupAll(".grid-scroll")) {
            ScrollPane pane = (ScrollPane) scroll;
            double room = pane.getViewportBounds().getWidth();
            double wide = pane.getContent().getLayoutBounds().getWidth();
            if (isShown(pane) && wide > room + 1) {
              found.add(where + ": columns out of sight, " + wide + " in " + room);
            }
          }
        });
  }
}
