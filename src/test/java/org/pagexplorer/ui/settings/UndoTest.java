package org.pagexplorer.ui.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.pagexplorer.ui.support.Waiting.waitFor;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleDoubleProperty;
import javafx.beans.property.SimpleIntegerProperty;
import javafx.beans.property.SimpleObjectProperty;
import org.junit.jupiter.api.Test;
import org.pagexplorer.domain.Norm;
import org.pagexplorer.ui.support.FxTest;
import org.testfx.api.FxRobot;

@FxTest
class UndoTest {
  private final SimpleDoubleProperty epsilon = new SimpleDoubleProperty(1);
  private final SimpleIntegerProperty steps = new SimpleIntegerProperty(50);
  private final SimpleBooleanProperty clip = new SimpleBooleanProperty(true);
  private final SimpleObjectProperty<Norm> norm = new SimpleObjectProperty<>(Norm.L2);
  private final Part part =
      new Part("attack")
          .choice("norm", norm, Norm.values())
          .number("epsilon", epsilon, 0, 10)
          .whole("steps", steps, 1, 100)
          .truth("clip", clip);

  @Test
  void whatCannotBeTakenStaysAndTheRestIsTaken(FxRobot robot) {
    robot.interact(
        () ->
            part.take(
                JsonParser.parseString(
                        "{\"epsilon\": 99, \"steps\": \"x\", \"clip\": false, \"norm\": \"linf\","
                            + " \"unknown\": []}")
                    .getAsJsonObject()));
    assertEquals(1, epsilon.get(), "out of its range");
    assertEquals(50, steps.get());
    assertFalse(clip.get());
    assertEquals(Norm.LINF, norm.get());
  }

  @Test
  void whatWasGivenIsTakenAgain(FxRobot robot) {
    JsonObject before = part.give();
    robot.interact(
        () -> {
          epsilon.set(0.031372549);
          steps.set(7);
        });
    JsonObject after = part.give();
    robot.interact(() -> part.take(JsonParser.parseString(before.toString()).getAsJsonObject()));
    assertEquals(before, part.give());
    robot.interact(() -> part.take(JsonParser.parseString(after.toString()).getAsJsonObject()));
    assertEquals(0.031372549, epsilon.get());
  }

  @Test
  void aSlidersWayIsOneChangeAndEachCanBeMadeAgain(FxRobot robot) {
    Undo undo = new Undo();
    robot.interact(() -> undo.watch(part));
    assertFalse(undo.canUndoProperty().get());
    robot.interact(
        () -> {
          for (int i = 2; i < 9; i++) {
            epsilon.set(i);
          }
        });
    assertTrue(undo.canUndoProperty().get(), "at once, not when it has settled");
    waitFor("the slider to rest", () -> undo.canUndoProperty().get());
    robot.interact(undo::undo);
    assertEquals(1, epsilon.get());
    assertFalse(undo.canUndoProperty().get());
    robot.interact(undo::redo);
    assertEquals(8, epsilon.get());
    robot.interact(undo::undo);
    robot.interact(() -> steps.set(3));
    robot.interact(undo::redo);
    assertEquals(1, epsilon.get(), "another way was gone");
    robot.interact(undo::undo);
    assertEquals(50, steps.get());
  }

  @Test
  void whatWasRememberedIsTheBeginning(FxRobot robot) {
    Undo undo = new Undo();
    robot.interact(
        () -> {
          undo.watch(part);
          steps.set(3);
          undo.forget();
          undo.undo();
        });
    assertEquals(3, steps.get());
  }

  @Test
  void whatIsOutOfSightStaysAndItsChangesArePassedOver(FxRobot robot) {
    SimpleBooleanProperty hidden = new SimpleBooleanProperty();
    Undo undo = new Undo();
    robot.interact(
        () -> {
          undo.watch(new Part("seen").number("epsilon", epsilon, 0, 10));
          undo.watch(new Part("hidden").whole("steps", steps, 1, 100), hidden::get);
          epsilon.set(2);
          undo.keep();
          steps.set(7);
          undo.keep();
          hidden.set(true);
          undo.undo();
          assertEquals(1, epsilon.get(), "the change before");
          assertEquals(7, steps.get());
          undo.redo();
          assertEquals(2, epsilon.get());
          hidden.set(false);
          undo.undo();
          assertEquals(1, epsilon.get());
          assertEquals(7, steps.get(), "that change was passed over");
        });
  }
}
