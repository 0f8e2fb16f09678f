package org.pagexplorer.ui.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.pagexplorer.ui.support.Waiting.waitFor;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.CheckMenuItem;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.Label;
import javafx.scene.control.Labeled;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.control.TextArea;
import javafx.scene.control.TextField;
import javafx.scene.input.Clipboard;
import javafx.scene.input.KeyCode;
import javafx.scene.paint.Color;
import javafx.scene.shape.Shape;
import javafx.stage.Stage;
import javafx.stage.Window;
import org.junit.jupiter.api.Test;
import org.pagexplorer.checkpoint.Checkpoint;
import org.pagexplorer.checkpoint.CheckpointFiles;
import org.pagexplorer.checkpoint.Dtype;
import org.pagexplorer.checkpoint.ModelLabel;
import org.pagexplorer.checkpoint.catalogue.ModelFile;
import org.pagexplorer.domain.Architecture;
import org.pagexplorer.domain.InputShape;
import org.pagexplorer.domain.ModelCard;
import org.pagexplorer.domain.ModelCard.Measurement;
import org.pagexplorer.domain.Normalization;
import org.pagexplorer.engine.Initialization;
import org.pagexplorer.ui.support.Garbage;
import org.pagexplorer.ui.support.ModelOrder;
import org.pagexplorer.ui.support.Theme;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.Start;

/** Two shipped models and one of the user's. */
class ModelsTest extends WindowFixture {
  private static final String COMMAND = "pag train --method rigd --lambda 0.4 --out mine";

  private Stage stage;
  private Path mine;

  @Start
  void start(Stage newStage) throws java.io.IOException {
    stage = newStage;
    mine = Files.createDirectories(folder.resolve("user/models")).resolve("mine.safetensors");
    Files.deleteIfExists(ModelLabel.beside(mine));
    Architecture architecture = Architecture.mlp(8, InputShape.CIFAR, TinyHome.CLASSES.size());
    ModelCard card =
        new ModelCard(
            "Mine",
            architecture,
            TinyHome.CLASSES,
            Normalization.CIFAR10,
            "rigd",
            Map.of("lambda", "0.4", "targets-per-step", "2", "epochs", "7", "batch", "64"),
            3,
            "CIFAR-10",
            "",
            "a test",
            COMMAND,
            List.of(new Measurement("clean", "CIFAR-10", 0.5, 1000)));
    CheckpointFiles.write(
        mine, new Checkpoint(card, Initialization.of(architecture, 4)), Dtype.F32);
    open(stage, 3);
  }

  private static List<String> shown(FxRobot robot) {
    @SuppressWarnings("unchecked")
    ListView<ModelFile> list = robot.lookup("#models").queryAs(ListView.class);
    return list.getItems().stream().map(model -> model.card().name()).toList();
  }

  private String chosen() {
    return window.shelf().chosen().orElseThrow().card().name();
  }

  private static Node cell(FxRobot robot, String name) {
    return robot
        .lookup(
            node ->
                node instanceof ListCell<?> cell
                    && cell.getItem() instanceof ModelFile model
                    && model.card().name().equals(name))
        .query();
  }

  private static ContextMenu menu(FxRobot robot, String model) {
    robot.rightClickOn(cell(robot, model));
    return (ContextMenu)
        Window.getWindows().stream()
            .filter(ContextMenu.class::isInstance)
            .filter(Window::isShowing)
            .findFirst()
            .orElseThrow();
  }

  private static MenuItem item(List<MenuItem> items, String id) {
    return items.stream().filter(one -> id.equals(one.getId())).findFirst().orElseThrow();
  }

  private static void choose(FxRobot robot, String model, String id) {
    ContextMenu menu = menu(robot, model);
    MenuItem item = item(menu.getItems(), id);
    assertFalse(item.isDisable(), id);
    robot.interact(
        () -> {
          item.fire();
          menu.hide();
        });
  }

  private static void arrange(FxRobot robot, String menu, String id) {
    robot.interact(
        () -> {
          MenuButton button = robot.lookup("#model-arrangement").queryAs(MenuButton.class);
          button.show();
          List<MenuItem> items =
              menu.isEmpty()
                  ? button.getItems()
                  : ((javafx.scene.control.Menu) item(button.getItems(), menu)).getItems();
          MenuItem item = item(items, id);
          if (item instanceof CheckMenuItem check) {
            check.setSelected(!check.isSelected()); // as a click does, before it fires
          }
          item.fire();
          button.hide();
        });
  }

  private static void answer(FxRobot robot, String button) {
    waitFor("the question", () -> robot.lookup(".dialog-pane").tryQuery().isPresent());
    Parent pane = robot.lookup(".dialog-pane").queryAs(Parent.class);
    Button found =
        robot.from(pane).lookup(".button").queryAllAs(Button.class).stream()
            .filter(one -> one.getText().equals(button))
            .findFirst()
            .orElseThrow();
    robot.interact(found::fire);
    waitFor("an answer", () -> robot.lookup(".dialog-pane").tryQuery().isEmpty());
  }

  private String copied(FxRobot robot) {
    String[] text = new String[1];
    robot.interact(() -> text[0] = Clipboard.getSystemClipboard().getString());
    return text[0];
  }

  @Test
  void aRightClickStartsNothingAndOffersWhatMayBeDone(FxRobot robot) {
    var run = waitForAttack();
    String before = chosen();
    String other = before.equals("First") ? "Second" : "First";
    ContextMenu shipped = menu(robot, other);
    Set<String> disabled =
        shipped.getItems().stream()
            .filter(MenuItem::isDisable)
            .map(MenuItem::getId)
            .collect(Collectors.toSet());
    assertEquals(Set.of("model-rename", "model-remove", "model-copy-command"), disabled);
    robot.interact(shipped::hide);
    ContextMenu own = menu(robot, "Mine");
    assertTrue(own.getItems().stream().noneMatch(MenuItem::isDisable));
    assertTrue(own.getItems().stream().noneMatch(one -> "model-hide".equals(one.getId())));
    robot.interact(own::hide);
    choose(robot, "Mine", "model-copy-command");
    assertEquals(COMMAND, copied(robot));
    assertEquals(before, chosen());
    assertSame(run, explore.attack().orElseThrow());
    robot.clickOn(cell(robot, other));
    assertEquals(other, chosen());
  }

  @Test
  void aModelIsRenamedAndNotedWithoutAChangeOfItsFile(FxRobot robot) {
    waitForAttack();
    String sha256 = CheckpointFiles.sha256(mine);
    robot.clickOn(cell(robot, "Mine"));
    robot.push(KeyCode.F2);
    waitFor("the question", () -> robot.lookup("#model-new-name").tryQuery().isPresent());
    robot.interact(
        () -> robot.lookup("#model-new-name").queryAs(TextField.class).setText(" Best one\t"));
    answer(robot, "Rename");
    waitFor("the new name", () -> shown(robot).equals(List.of("Best one", "First", "Second")));
    assertEquals("Best one", chosen());
    assertEquals(sha256, CheckpointFiles.sha256(mine));
    assertEquals("Best one", CheckpointFiles.read(mine).card().name(), "commands say it, too");
    choose(robot, "Best one", "model-notes");
    waitFor("the notes", () -> robot.lookup("#model-notes-text").tryQuery().isPresent());
    robot.interact(
        () -> robot.lookup("#model-notes-text").queryAs(TextArea.class).setText("Keep\nfor talk"));
    answer(robot, "Save");
    choose(robot, "First", "model-notes");
    robot.interact(
        () -> robot.lookup("#model-notes-text").queryAs(TextArea.class).setText("shipped talk"));
    answer(robot, "Save");
    waitFor(
        "the note", () -> Files.exists(folder.resolve("user/notes/first.safetensors.pag.json")));
    assertEquals(
        new ModelLabel("Best one", "Keep\nfor talk"), ModelLabel.read(ModelLabel.beside(mine)));
    assertFalse(Files.exists(ModelLabel.beside(folder.resolve("models/first.safetensors"))));
    robot.interact(() -> robot.lookup("#model-search").queryAs(TextField.class).setText("TALK"));
    assertEquals(List.of("Best one", "First"), shown(robot));
  }

  @Test
  void shippedModelsHideAndComeBack(FxRobot robot) {
    waitForAttack();
    choose(robot, "Second", "model-hide");
    assertEquals(List.of("First", "Mine"), shown(robot));
    assertEquals("Models (2/3)", text(robot, "#models-title"));
    Garbage.collect();
    arrange(robot, "", "model-show-hidden");
    assertEquals(List.of("First", "Mine", "Second"), shown(robot));
    arrange(robot, "", "model-show-hidden");
    robot.interact(() -> window.screenProperty().set(MainWindow.Screen.COMPARE));
    assertEquals(List.of("First", "Mine"), columns(robot), "Compare begins without it");
    robot.interact(() -> window.screenProperty().set(MainWindow.Screen.EXPLORE));
    arrange(robot, "", "model-show-hidden");
    choose(robot, "Second", "model-hide");
    assertEquals(List.of(), window.shelf().arrangement().hidden());
    robot.clickOn(cell(robot, "First"));
    robot.push(KeyCode.DELETE);
    waitFor("a word", () -> window.noticeProperty().get().contains("hidden, not removed"));
    assertTrue(Files.exists(folder.resolve("models/first.safetensors")));
  }

  @Test
  void aRemovedModelIsInTheTrashOnceThatWasAskedAndAnswered(FxRobot robot) {
    waitForAttack();
    new ModelLabel("", "a note").write(ModelLabel.beside(mine));
    robot.clickOn(cell(robot, "Mine"));
    robot.push(KeyCode.DELETE);
    answer(robot, "Cancel");
    assertTrue(Files.exists(mine));
    robot.push(KeyCode.DELETE);
    answer(robot, "Move to trash");
    waitFor("the list", () -> shown(robot).equals(List.of("First", "Second")));
    assertFalse(Files.exists(mine) || Files.exists(ModelLabel.beside(mine)));
    Path trash = Path.of(System.getProperty("pag.trash"));
    assertTrue(Files.exists(trash.resolve("files/mine.safetensors")));
    assertTrue(Files.exists(trash.resolve("files/mine.safetensors.pag.json")));
    assertTrue(List.of("First", "Second").contains(chosen()));
  }

  @Test
  void searchingAndFilteringChooseNothing(FxRobot robot) {
    waitForAttack();
    String before = chosen();
    robot.clickOn("#grid");
    robot.push(KeyCode.SHORTCUT, KeyCode.F);
    robot.write("rigd mine.safe");
    assertEquals(List.of("Mine"), shown(robot));
    robot.write("x");
    assertEquals(List.of(), shown(robot));
    robot.push(KeyCode.ESCAPE);
    assertEquals(List.of("First", "Mine", "Second"), shown(robot));
    arrange(robot, "", "model-from-OWN");
    assertEquals(List.of("Mine"), shown(robot));
    arrange(robot, "", "model-from-ANYWHERE");
    arrange(robot, "model-method", "model-method-vanilla");
    assertEquals(List.of("First", "Second"), shown(robot));
    arrange(robot, "model-method", "model-method-any");
    assertEquals(before, chosen());
    arrange(robot, "model-sort", "model-sort-CLEAN");
    assertEquals(List.of("Mine", "First", "Second"), shown(robot));
    assertEquals(ModelOrder.CLEAN, window.shelf().arrangement().orderProperty().get());
    assertEquals(before, chosen());
  }

  private Window card(FxRobot robot, String model) {
    choose(robot, model, "model-card");
    waitFor("the card", () -> card().isPresent());
    Window card = card().orElseThrow();
    waitFor("its sum", () -> sha256(card).length() == 64);
    return card;
  }

  private static Optional<Window> card() {
    return Window.getWindows().stream()
        .filter(one -> one.isShowing() && one.getScene().getRoot().lookup("#model-card") != null)
        .findFirst();
  }

  private static String sha256(Window card) {
    return ((Label) card.getScene().getRoot().lookup("#card-sha256")).getText();
  }

  @Test
  void theCardIsReadableFieldsWithinTheWindowThatEscClosesAlone(FxRobot robot) {
    robot.interact(
        () -> {
          stage.setWidth(1040);
          stage.setHeight(700);
        });
    waitForAttack();
    for (Theme theme : Theme.values()) {
      robot.interact(() -> window.themeProperty().set(theme));
      Window card = card(robot, "Mine");
      Parent root = card.getScene().getRoot();
      Set<String> texts =
          root.lookupAll(".label").stream()
              .map(node -> ((Labeled) node).getText())
              .collect(Collectors.toSet());
      assertTrue(
          texts.containsAll(
              Set.of(
                  "Mine", "RIGD", "λ", "0.4", "K", "2", "Epochs", "7", mine.toString(), COMMAND)),
          texts.toString());
      assertEquals(CheckpointFiles.sha256(mine), sha256(card));
      assertTrue(card.getX() >= stage.getX() && card.getY() >= stage.getY());
      assertTrue(card.getX() + card.getWidth() <= stage.getX() + stage.getWidth());
      assertTrue(card.getY() + card.getHeight() <= stage.getY() + stage.getHeight());
      Color paper = (Color) ((Shape) root.lookup(".border")).getFill();
      for (Node label : root.lookupAll(".label")) {
        assertTrue(
            contrast(paper, (Color) ((Label) label).getTextFill()) > 4.5, theme + " " + label);
      }
      robot.interact(((Button) root.lookup("#card-copy-command"))::fire);
      assertEquals(COMMAND, copied(robot));
      robot.interact(() -> explore.settings().stepsProperty().set(1000 - theme.ordinal()));
      waitFor("an attack", () -> explore.busyProperty().get());
      robot.push(KeyCode.ESCAPE);
      waitFor("its end", () -> card().isEmpty());
      assertTrue(explore.busyProperty().get(), "Esc has closed the card, not stopped the attack");
      robot.interact(explore::cancel);
    }
  }

  /** Of WCAG 2: 4.5 is asked for text. */
  private static double contrast(Color one, Color other) {
    double light = Math.max(luminance(one), luminance(other)) + 0.05;
    return light / (Math.min(luminance(one), luminance(other)) + 0.05);
  }

  private static double luminance(Color color) {
    return 0.2126 * linear(color.getRed())
        + 0.7152 * linear(color.getGreen())
        + 0.0722 * linear(color.getBlue());
  }

  private static double linear(double value) {
    return value <= 0.03928 ? value / 12.92 : Math.pow((value + 0.055) / 1.055, 2.4);
  }

  /** The names in Compare's list, from the top. */
  private static List<String> columns(FxRobot robot) {
    return robot.lookup(".compare-model-list .check-box").queryAllAs(CheckBox.class).stream()
        .map(CheckBox::getText)
        .toList();
  }

  @Test
  void comparesListIsAsCompactAndInTheGridsOrder(FxRobot robot) {
    waitForAttack();
    double height = cell(robot, "Mine").lookup(".model-lines").getBoundsInLocal().getHeight();
    robot.interact(() -> window.screenProperty().set(MainWindow.Screen.COMPARE));
    robot.interact(() -> window.compare().toggle(window.compare().compared().getFirst()));
    robot.interact(
        () ->
            window
                .compare()
                .toggle(
                    window.shelf().models().stream()
                        .filter(model -> !window.compare().compared().contains(model))
                        .findFirst()
                        .orElseThrow()));
    List<String> grid =
        window.compare().compared().stream().map(model -> model.card().name()).toList();
    assertEquals(3, grid.size());
    assertEquals(grid, columns(robot));
    robot.interact(() -> window.compare().toggle(window.compare().compared().getFirst()));
    assertEquals(grid.getFirst(), columns(robot).getLast(), "those that are left out come last");
    List<Double> heights =
        robot.lookup(".compare-model-list .model-lines").queryAll().stream()
            .map(node -> node.getBoundsInLocal().getHeight())
            .toList();
    assertTrue(heights.stream().allMatch(one -> one <= height + 4), heights + " " + height);
  }
}
