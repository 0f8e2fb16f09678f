package org.pagexplorer.ui.attack;

import static org.junit.jupiter.api.Assertions.assertEquals;
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
import javafx.scene.Scene;
import javafx.scene.control.Control;
import javafx.scene.control.Slider;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;
import javafx.stage.Stage;
import org.junit.jupiter.api.Test;
import org.pagexplorer.dataset.Samples;
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
        new AttackSetup(rows, targets, settings, () -> List.of("cat", "dog", "ship"), words -> {});
    ImageStrip strip = new ImageStrip(rows, new AnsweringDialogs(), files -> {});
    return new VBox(
        strip, new Scrubber(settings.stepsProperty(), scrubbed, () -> 50), new AttackPanel(setup));
  }

  private static void fail(String sentence) {
    throw new AssertionError(sentence);
  }

  private Object state() {
    return List.of(
        settings.specification(),
        settings.targetedProperty().get(),
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
      Set<String> names = EveryControl.isFollowed(robot, () -> screen, this::state);
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
              "norm-linf",
              "precision",
              "random-start",
              "restarts",
              "scrubber",
              "seed",
              "step-rule",
              "step-size",
              "steps",
              "targets"),
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
          settings.normProperty().set(Norm.L2);
          settings.automaticStepSizeProperty().set(false);
          rows.choose(ImageRows.EACH);
        });
    waitFor("one of each class", () -> rows.images().size() == 10);
  }

  @Test
  void theSliderSetsThreeDigits(FxRobot robot) {
    robot.interact(() -> ((Slider) explore.lookup("#epsilon")).setValue(Math.log10(0.031415926)));
    assertEquals(0.0314, settings.epsilonProperty().get());
  }
}
