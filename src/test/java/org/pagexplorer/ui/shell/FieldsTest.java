package org.pagexplorer.ui.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javafx.event.ActionEvent;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.Spinner;
import javafx.scene.control.SpinnerValueFactory.IntegerSpinnerValueFactory;
import javafx.scene.control.TextField;
import javafx.scene.control.ToggleButton;
import javafx.stage.Stage;
import org.junit.jupiter.api.Test;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.Start;
import org.testfx.util.WaitForAsyncUtils;

/**
 * Whatever is typed into a number, on any screen, is taken, taken back, or refused in a sentence.
 */
class FieldsTest extends WindowFixture {
  /** What people type, and what they should not. */
  private static final List<String> TYPED =
      List.of(
          "abc",
          "",
          "   ",
          "NaN",
          "Infinity",
          "1e999",
          "-1e999",
          "5d",
          "0x1p3",
          "--5",
          "1.2.3",
          "-5",
          "0",
          "1,5",
          "7.9",
          "99999999999",
          "1e300",
          "π",
          "1 000");

  /** The buttons of what is shown. */
  private static final List<String> PAGES =
      List.of(
          "#screen-explore",
          "#screen-compare",
          "#compare-measure",
          "#compare-alignment",
          "#compare-blind",
          "#screen-train");

  @Start
  void start(Stage stage) {
    open(stage, 1);
  }

  private <T extends Node> List<T> all(FxRobot robot, Class<T> type) {
    return new ArrayList<>(robot.from(window).lookup(type::isInstance).queryAllAs(type));
  }

  /** In its turn among what the window has put off; {@code robot.interact} waits for pulses too. */
  private static void onFx(Runnable action) {
    WaitForAsyncUtils.waitFor(WaitForAsyncUtils.asyncFx(action));
  }

  private static void type(TextField field, String text) {
    onFx(
        () -> {
          field.requestFocus();
          field.setText(text);
          field.fireEvent(new ActionEvent());
          field.setText(text); // and what is left without Enter
          field.getScene().getRoot().requestFocus();
        });
    onFx(() -> {});
  }

  @Test
  void noSpinnerKeepsOrTripsOverWhatIsNoNumber(FxRobot robot) {
    Set<String> tried = new HashSet<>();
    robot.interact(() -> ((Button) window.lookup("#attack-more")).fire()); // what is folded too
    for (String page : PAGES) {
      robot.interact(() -> ((ToggleButton) window.lookup(page)).fire());
      for (Spinner<?> spinner : all(robot, Spinner.class)) {
        if (spinner.getValueFactory() instanceof IntegerSpinnerValueFactory factory) {
          tried.add(page + " " + spinner.getId());
          for (String text : TYPED) {
            type(spinner.getEditor(), text);
            String what = spinner.getId() + " after \"" + text + "\": ";
            assertEquals(
                String.valueOf(spinner.getValue()), spinner.getEditor().getText().strip(), what);
            int value = factory.getValue();
            assertTrue(value >= factory.getMin() && value <= factory.getMax(), what + value);
          }
          type(spinner.getEditor(), "1,234");
          assertEquals(Math.min(1234, factory.getMax()), (int) factory.getValue());
        }
      }
    }
    assertTrue(tried.contains("#compare-blind blind-pictures"), tried.toString());
    assertTrue(tried.contains("#compare-measure measure-images"), tried.toString());
    assertTrue(tried.size() >= 9, tried.toString());
  }

  @Test
  void everyNumberOfTheToyIsTakenOrRefusedInASentence(FxRobot robot) {
    robot.interact(() -> window.screenProperty().set(MainWindow.Screen.TOY));
    robot.interact(() -> window.toy().points().automaticEpsilonProperty().set(false));
    robot.interact(() -> window.toy().playingProperty().set(false));
    List<TextField> fields =
        all(robot, TextField.class).stream()
            .filter(f -> String.valueOf(f.getId()).startsWith("toy-"))
            .toList();
    assertEquals(7, fields.size(), fields.toString());
    Label notice = robot.lookup("#notice-text").queryAs(Label.class);
    for (TextField field : fields) {
      for (String text : TYPED) {
        var before = window.toy().setupProperty().get();
        onFx(() -> window.noticeProperty().set(""));
        type(field, text);
        boolean taken = !window.toy().setupProperty().get().equals(before);
        String what = field.getId() + " after \"" + text + "\": " + field.getText();
        assertTrue(field.getText().matches("-?[0-9].*"), what);
        boolean same = Set.of("0", "1,5", "-5", "99999999999", "1e300").contains(text);
        assertTrue(taken || same || !notice.getText().isEmpty(), what);
        assertFalse(notice.getText().contains("Exception"), notice.getText());
      }
    }
  }
}
