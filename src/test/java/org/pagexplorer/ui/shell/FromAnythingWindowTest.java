package org.pagexplorer.ui.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.pagexplorer.ui.support.Waiting.waitFor;

import com.google.gson.JsonObject;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Slider;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.stage.Popup;
import javafx.stage.PopupWindow;
import javafx.stage.Stage;
import javafx.stage.Window;
import org.junit.jupiter.api.Test;
import org.pagexplorer.dataset.Dataset;
import org.pagexplorer.dataset.MadeUp;
import org.pagexplorer.domain.Goal;
import org.pagexplorer.domain.InputShape;
import org.pagexplorer.domain.LayerUnit;
import org.pagexplorer.lab.attack.Aim;
import org.pagexplorer.lab.attack.OriginalImage;
import org.pagexplorer.ui.attack.GridAttack;
import org.pagexplorer.ui.attack.TileCommand;
import org.pagexplorer.ui.attack.TileWords;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.Start;

/** Rows from nothing, and goals that are not one class, as one chooses them in the window. */
class FromAnythingWindowTest extends WindowFixture {
  @Start
  void start(Stage stage) {
    open(stage, 2);
    explore.settings().epsilonProperty().set(2);
  }

  private List<String> captions() {
    return explore.rows().images().stream().map(OriginalImage::caption).toList();
  }

  /** Of the open list of start images. */
  private static <T extends Node> T inPopup(Class<T> type, String id) {
    return Window.getWindows().stream()
        .filter(PopupWindow.class::isInstance)
        .map(popup -> popup.getScene().getRoot().lookup("#" + id))
        .filter(type::isInstance)
        .map(type::cast)
        .findFirst()
        .orElseThrow();
  }

  @SuppressWarnings("unchecked")
  private void add(FxRobot robot, int kind) {
    int before = captions().size();
    robot.interact(() -> robot.lookup("#start-images").queryButton().fire());
    robot.interact(
        () -> {
          inPopup(ComboBox.class, "start-kind").getSelectionModel().select(kind);
          inPopup(Button.class, "start-add").fire();
        });
    waitFor("the row", () -> captions().size() == before + 1);
  }

  /** Whatever has the focus in them; a box keeps the key to itself. */
  @Test
  void escapeClosesThePanelsOverTheWindow(FxRobot robot) {
    waitForAttack();
    for (String button : List.of("#start-images", "#targets", "#activities")) {
      robot.clickOn(button);
      waitFor(
          button + " to open",
          () -> Window.getWindows().stream().anyMatch(Popup.class::isInstance));
      robot.push(KeyCode.ESCAPE);
      waitFor(
          button + " to close",
          () -> Window.getWindows().stream().noneMatch(Popup.class::isInstance));
    }
  }

  @Test
  void rowsFromNothingAreAddedAttackedCopiedAndRemembered(FxRobot robot) {
    waitForAttack();
    add(robot, 0);
    add(robot, 1);
    add(robot, 1);
    add(robot, 3);
    String name = explore.rows().sourceProperty().get().classes().getFirst();
    assertEquals(
        List.of("mean of " + name, "noise 1", "noise 0", "gray"), captions().subList(0, 4));
    GridAttack attack = waitForAttack();
    waitFor("the attack on them", () -> explore.attack().orElseThrow().isFinished());
    attack = explore.attack().orElseThrow();
    int columns = attack.heads().size();
    assertTrue(attack.trajectory(3 * columns).result().l2() > 0.1, "gray becomes something");
    String command = TileCommand.of(attack, columns, explore.rows()).orElseThrow();
    assertTrue(command.contains("--start noise:1"), command);
    assertTrue(TileWords.goal(attack, 3 * columns).startsWith("gray → "));
    JsonObject remembered = explore.setup().picturesPart().give();
    assertTrue(remembered.toString().contains("start:class-mean:" + name), remembered.toString());
    robot.interact(() -> explore.rows().choice().choose("at random"));
    waitFor("other rows", () -> !captions().contains("gray"));
    robot.interact(() -> explore.setup().picturesPart().take(remembered));
    waitFor("the rows again", () -> captions().contains("gray"));
    assertEquals(
        List.of("mean of " + name, "noise 1", "noise 0", "gray"), captions().subList(0, 4));
  }

  @SuppressWarnings("unchecked")
  private static void goal(FxRobot robot, int kind) {
    robot.interact(
        () -> robot.lookup("#goal").queryAs(ComboBox.class).getSelectionModel().select(kind));
  }

  private List<Goal> goals() {
    waitFor(
        "the attack",
        PATIENCE,
        () ->
            explore.attack().filter(GridAttack::isFinished).isPresent()
                && explore
                    .attack()
                    .get()
                    .heads()
                    .equals(
                        explore
                            .setup()
                            .heads(explore.attack().get().classes(), explore.targets())));
    GridAttack attack = explore.attack().orElseThrow();
    return attack.tiles().stream().limit(attack.heads().size()).map(tile -> tile.goal()).toList();
  }

  @Test
  void aSliderLeadsFromOneClassToAnother(FxRobot robot) {
    waitForAttack();
    goal(robot, 1);
    assertTrue(robot.lookup("#between-share").query().isVisible());
    robot.interact(() -> robot.lookup("#between-share").queryAs(Slider.class).setValue(0.252));
    goals();
    GridAttack before = explore.attack().orElseThrow();
    robot.interact(() -> robot.lookup("#between-share").queryAs(Slider.class).setValue(0.253));
    goesOn(robot, before);
    ComboBox<String> to = robot.lookup("#between-to").queryComboBox();
    robot.interact(() -> to.getSelectionModel().select(4));
    assertEquals(List.of(Goal.reach(0), Goal.between(0, 4, 0.25), Goal.reach(4)), goals());
    String command =
        TileCommand.of(explore.attack().orElseThrow(), 1, explore.rows()).orElseThrow();
    assertTrue(command.contains("--at 0.25"), command);
    String line = TileWords.line(explore.attack().orElseThrow());
    assertTrue(line.contains(", between "), line);
    ComboBox<String> from = robot.lookup("#between-from").queryComboBox();
    robot.interact(() -> from.getSelectionModel().select(4));
    assertEquals(List.of(Goal.reach(4), Goal.between(4, 0, 0.25), Goal.reach(0)), goals());
    JsonObject remembered = explore.settings().part().give();
    Slider share = robot.lookup("#between-share").queryAs(Slider.class);
    for (double end : new double[] {1, 0}) { // where the strip has the same two columns
      robot.interact(() -> share.setValue(end));
      assertEquals(List.of(Goal.reach(4), Goal.reach(0)), goals());
      assertEquals(end, share.getValue());
    }
    goal(robot, 0);
    assertEquals(10, goals().size());
    robot.interact(() -> explore.settings().part().take(remembered));
    assertEquals(3, goals().size());
    robot.interact(() -> explore.setup().reset());
    assertEquals(Optional.empty(), explore.settings().aimProperty().get());
  }

  /** What was set already does not begin the attack again. */
  private void goesOn(FxRobot robot, GridAttack before) {
    robot.interact(() -> {}); // a restart would be due now
    robot.interact(() -> {});
    assertSame(before, explore.attack().orElseThrow());
  }

  private void choose(FxRobot robot, String name, int width) {
    Path file = folder.resolve("models/" + name + ".safetensors");
    TinyHome.writeModel(file, name, width, 3);
    robot.interact(() -> window.shelf().chosenProperty().set(window.shelf().add(file)));
  }

  @Test
  void lookingAtUnitsOfTwoLayersChangesNothingAndAnotherModelsChannelsAreSaid(FxRobot robot) {
    waitForAttack();
    choose(robot, "wide", 2);
    Aim two =
        new Aim.Features(
            List.of(LayerUnit.parse("conv1:1"), LayerUnit.parse("layer2.0.conv1:2:1:3")));
    robot.interact(() -> explore.settings().aimProperty().set(Optional.of(two)));
    assertEquals(2, goals().size());
    GridAttack before = explore.attack().orElseThrow();
    for (String id : List.of("#feature-channels", "#feature-place")) {
      TextField field = robot.lookup(id).queryAs(TextField.class);
      robot.interact(field::requestFocus);
      robot.interact(() -> field.getOnAction().handle(null));
    }
    robot.interact(() -> robot.lookup("#goal").query().requestFocus());
    goesOn(robot, before);
    assertEquals(Optional.of(two), explore.settings().aimProperty().get());
    assertTrue(text(robot, "#feature-range").startsWith("channels 0 to 1,"));
    choose(robot, "narrow", 1);
    assertTrue(text(robot, "#feature-range").startsWith("channels 0 to 0,"));
    robot.clickOn("#screen-compare");
    waitFor("what is wrong", () -> !window.compare().hintProperty().get().isEmpty());
    String hint = window.compare().hintProperty().get();
    assertTrue(hint.matches("\"(First|narrow)\": .*"), hint);
  }

  /** What a name of ImageNet's may be. */
  @Test
  void aClassWithACommaInItsNameIsCopiedByItsIndex(FxRobot robot) {
    waitForAttack();
    List<String> classes = List.of("tench, Tinca tinca", "goldfish");
    Dataset fish = MadeUp.black("fish", classes, InputShape.CIFAR, 2);
    robot.interact(() -> explore.rows().open(() -> fish));
    waitFor("the fish", () -> explore.rows().images().size() == 2);
    add(robot, 3);
    waitFor("the attack", () -> explore.attack().filter(a -> a.images().size() == 3).isPresent());
    String command =
        TileCommand.of(explore.attack().orElseThrow(), 0, explore.rows()).orElseThrow();
    assertTrue(command.contains("--start class-mean:0 "), command);
  }

  @Test
  void withoutAModelOneIsAskedFor(FxRobot robot) {
    waitForAttack();
    robot.interact(() -> window.shelf().chosenProperty().set(null));
    goal(robot, 2);
    assertEquals("Choose a model first.", window.noticeProperty().get());
  }

  @Test
  void aLayersUnitsAreTypedAndWhatItLacksIsSaid(FxRobot robot) {
    waitForAttack();
    goal(robot, 2);
    assertTrue(window.noticeProperty().get().startsWith("This model shows no layers"));
    assertEquals(Optional.empty(), explore.settings().aimProperty().get());
    Path file = folder.resolve("models/features.safetensors");
    TinyHome.writeModel(file, "Features", 1, 3);
    robot.interact(() -> window.shelf().chosenProperty().set(window.shelf().add(file)));
    goal(robot, 2);
    assertTrue(goals().getFirst().toward() instanceof Goal.Toward.Feature);
    TextField channels = robot.lookup("#feature-channels").queryAs(TextField.class);
    robot.interact(
        () -> {
          channels.setText("0-2");
          channels.getOnAction().handle(null);
        });
    assertEquals(3, goals().size());
    Optional<Aim> before = explore.settings().aimProperty().get();
    robot.interact(
        () -> {
          channels.setText("4000");
          channels.getOnAction().handle(null);
        });
    assertEquals(before, explore.settings().aimProperty().get());
    String said = window.noticeProperty().get();
    assertTrue(said.contains("has channels 0 to") && said.contains("not 4000"), said);
    assertEquals("", explore.hintProperty().get());
    goal(robot, 4);
    assertEquals(List.of(Goal.leaveAll()), goals());
    goal(robot, 3);
    assertTrue(explore.setup().needsLabels());
  }
}
