package org.pagexplorer.ui.attack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.pagexplorer.ui.support.Waiting.waitFor;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import javafx.beans.property.IntegerProperty;
import javafx.beans.property.SimpleIntegerProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import javafx.event.ActionEvent;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.Button;
import javafx.scene.control.Control;
import javafx.scene.control.Label;
import javafx.scene.control.Slider;
import javafx.scene.control.TextField;
import javafx.scene.control.ToggleButton;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;
import javafx.stage.Stage;
import org.junit.jupiter.api.Test;
import org.pagexplorer.dataset.Samples;
import org.pagexplorer.domain.AttackSpecification.StepRule;
import org.pagexplorer.domain.Norm;
import org.pagexplorer.lab.attack.OriginalImage;
import org.pagexplorer.ui.support.AnsweringDialogs;
import org.pagexplorer.ui.support.EveryControl;
import org.pagexplorer.ui.support.FxTest;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.Start;

/** What Explore and Compare are operated by, twice, as both screens have it. */
@FxTest
class AttackControlsTest {
  private final AttackSettings settings = new AttackSettings();
  private final ImageRows rows = new ImageRows(AttackControlsTest::fail);
  private final ObservableList<Integer> targets = FXCollections.observableArrayList(0, 1, 2);
  private final IntegerProperty scrubbed = new SimpleIntegerProperty(Scrubber.FOLLOW);
  private String said = "";
  private VBox explore;
  private VBox compare;

  @Start
  void start(Stage stage) {
    rows.sourceProperty().set(Samples.open(Path.of("assets")));
    settings.automaticStepSizeProperty().set(false); // lest α be disabled
    explore = controls();
    compare = controls();
    stage.setScene(new Scene(new HBox(explore, compare), 1600, 700));
    stage.show();
  }

  private VBox controls() {
    AttackSetup setup =
        new AttackSetup(
            rows, targets, settings, () -> List.of("cat", "dog", "ship"), words -> said = words);
    setup.detailsProperty().set(true);
    ImageStrip strip = new ImageStrip(rows, new AnsweringDialogs(), files -> {});
    AttackPanel panel = new AttackPanel(setup);
    return new VBox(
        strip, new Scrubber(settings.stepsProperty(), scrubbed, () -> 50), panel, panel.question());
  }

  private static void fail(String sentence) {
    throw new AssertionError(sentence);
  }

  private Object state() {
    return List.of(
        settings.specification(),
        settings.targetedProperty().get(),
        settings.aimProperty().get(),
        settings.automaticStepSizeProperty().get(),
        settings.precisionProperty().get(),
        List.copyOf(targets),
        scrubbed.get(),
        rows.images().stream().map(OriginalImage::origin).toList());
  }

  private static Map<String, Object> shown(VBox controls) {
    Map<String, Object> shown = new TreeMap<>();
    for (Control control : EveryControl.below(controls)) {
      shown.put(EveryControl.nameOf(control), EveryControl.shown(control));
    }
    return shown;
  }

  @Test
  void everyControlSetsTheAttackAndBothScreensAgree(FxRobot robot) {
    waitFor("images", () -> !rows.images().isEmpty());
    for (VBox screen : List.of(explore, compare)) {
      Set<String> names =
          EveryControl.isFollowed(
              robot, () -> screen, this::state, "play-loop", "play-speed"); // of the ScrubberTest
      assertEquals(
          Set.of(
              "auto-step-size",
              "clip",
              "epsilon",
              "epsilon-text",
              "goal",
              "image-choice",
              "image-index",
              "keep",
              "loss",
              "norm-l1",
              "norm-l2",
              "norm-linf",
              "precision",
              "random-start",
              "restarts",
              "scrubber",
              "seed",
              "step-rule",
              "step-size",
              "steps"),
          names);
      Map<String, Object> own = shown(explore);
      Map<String, Object> other = shown(compare);
      own.remove("image-index"); // what was typed there, and is not kept
      other.remove("image-index");
      assertEquals(own, other);
      reset(robot);
    }
  }

  /** So that the other screen's controls have the same to change. */
  private void reset(FxRobot robot) {
    robot.interact(
        () -> {
          settings.targetedProperty().set(true);
          settings.aimProperty().set(java.util.Optional.empty());
          settings.normProperty().set(Norm.L2);
          settings.automaticStepSizeProperty().set(false);
          rows.choice().choose(RowChoice.EACH);
        });
    waitFor("one of each class", () -> rows.images().size() == 10);
  }

  @Test
  void theSliderSetsThreeDigits(FxRobot robot) {
    robot.interact(() -> ((Slider) explore.lookup("#epsilon")).setValue(Math.log10(0.031415926)));
    assertEquals(0.0314, settings.epsilonProperty().get());
  }

  private <T> T find(Class<T> type, String id) {
    return type.cast(explore.lookup("#" + id));
  }

  private void type(FxRobot robot, String field, String text) {
    robot.interact(
        () -> {
          find(TextField.class, field).setText(text);
          find(TextField.class, field).fireEvent(new ActionEvent());
        });
  }

  @Test
  void lInfinityIsShownIn255thsAndItsSliderEndsAtOne(FxRobot robot) {
    Slider slider = find(Slider.class, "epsilon");
    Label levels = find(Label.class, "epsilon-levels");
    assertFalse(levels.isVisible());
    assertEquals(Math.log10(60), slider.getMax());
    robot.interact(() -> settings.normProperty().set(Norm.LINF));
    assertEquals(0, slider.getMax());
    type(robot, "epsilon-text", "8/255");
    assertEquals(8 / 255.0, settings.epsilonProperty().get());
    assertEquals("0.03137", find(TextField.class, "epsilon-text").getText());
    assertEquals("8/255", levels.getText());
    assertTrue(levels.isVisible());
    type(robot, "epsilon-text", "2e-3");
    assertEquals(0.002, settings.epsilonProperty().get());
    assertEquals("0.51/255", levels.getText());
    assertEquals(Math.log10(0.002), slider.getValue(), 1e-9);
    type(robot, "epsilon-text", "16px");
    assertEquals(16 / 255.0, settings.epsilonProperty().get());
    type(robot, "step-size", "2/255");
    assertEquals(2 / 255.0, settings.stepSizeProperty().get());
    robot.interact(() -> settings.normProperty().set(Norm.L2));
    assertFalse(levels.isVisible());
    type(robot, "epsilon-text", "128/255");
    assertEquals(128 / 255.0, settings.epsilonProperty().get());
  }

  @Test
  void inL1TheSliderReachesTheWholeBoxAndLargerImagesCanBeTyped(FxRobot robot) {
    robot.interact(() -> find(ToggleButton.class, "norm-l1").fire());
    assertEquals(Norm.L1, settings.normProperty().get());
    assertEquals(200, settings.epsilonProperty().get());
    assertEquals(Math.log10(3000), find(Slider.class, "epsilon").getMax());
    type(robot, "epsilon-text", "12");
    assertEquals(12, settings.epsilonProperty().get());
    type(robot, "epsilon-text", "27648");
    assertEquals(27648, settings.epsilonProperty().get());
    assertEquals("27648", find(TextField.class, "epsilon-text").getText());
    type(robot, "epsilon-text", "200000");
    assertEquals("ε is a number from 0 to 100000; kept 27648.", said);
    assertFalse(explore.lookup("#radius-question").isVisible());
  }

  @Test
  void whatSaysWhereL2AndLInfinityAreMeasuredSaysItOfL1(FxRobot robot) {
    for (String id : List.of("epsilon", "epsilon-text", "norm-l1")) {
      String tip = find(Control.class, id).getAccessibleHelp();
      assertTrue(tip.contains("Croce and Hein (2021)") && tip.contains("12"), tip);
      assertFalse(tip.contains("RobustBench"), "which has no L1: " + tip);
    }
  }

  @Test
  void anLInfinityRadiusAboveOneIsAskedBack(FxRobot robot) {
    robot.interact(() -> settings.normProperty().set(Norm.LINF));
    Node question = explore.lookup("#radius-question");
    type(robot, "epsilon-text", "8");
    assertTrue(question.isVisible());
    assertEquals(0.18, settings.epsilonProperty().get());
    assertEquals("Yes, 8/255", find(Button.class, "radius-levels").getText());
    robot.interact(find(Button.class, "radius-levels")::fire);
    assertEquals(8 / 255.0, settings.epsilonProperty().get());
    assertFalse(question.isVisible());
    type(robot, "step-size", "2");
    robot.interact(find(Button.class, "radius-keep")::fire);
    assertFalse(question.isVisible());
    assertEquals(0.5, settings.stepSizeProperty().get());
    type(robot, "step-size", "2");
    robot.interact(() -> settings.normProperty().set(Norm.L2)); // to which it was no answer
    assertFalse(question.isVisible());
  }

  @Test
  void aRadiusThatMeansNothingIsASentence(FxRobot robot) {
    robot.interact(() -> settings.normProperty().set(Norm.LINF));
    type(robot, "epsilon-text", "300");
    assertEquals("ε is a number from 0 to 1 in L∞, as 8/255; kept 0.18.", said);
    assertEquals("0.18", find(TextField.class, "epsilon-text").getText());
    type(robot, "epsilon-text", "8/0");
    assertEquals(0.18, settings.epsilonProperty().get());
    robot.interact(() -> settings.stepRuleProperty().set(StepRule.RAW));
    type(robot, "step-size", "5"); // times a gradient
    assertEquals(5, settings.stepSizeProperty().get());
  }
}
