package org.pagexplorer.ui.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import javafx.beans.property.SimpleObjectProperty;
import javafx.collections.FXCollections;
import javafx.scene.Scene;
import javafx.scene.control.Label;
import javafx.stage.Stage;
import org.junit.jupiter.api.Test;
import org.pagexplorer.domain.AttackMethod;
import org.pagexplorer.domain.Norm;
import org.pagexplorer.domain.RobustnessAttack;
import org.pagexplorer.domain.ThreatModel;
import org.pagexplorer.engine.AttackObserver;
import org.pagexplorer.lab.measure.Colours;
import org.pagexplorer.lab.measure.Column;
import org.pagexplorer.lab.measure.Comparison;
import org.pagexplorer.lab.measure.OnColours;
import org.pagexplorer.lab.measure.RobustnessTable;
import org.pagexplorer.lab.model.EngineLane;
import org.pagexplorer.ui.attack.AttackSettings;
import org.pagexplorer.ui.attack.AttackSetup;
import org.pagexplorer.ui.attack.ImageRows;
import org.pagexplorer.ui.support.AnsweringDialogs;
import org.pagexplorer.ui.support.FxTest;
import org.pagexplorer.ui.support.ModelShelf;
import org.pagexplorer.ui.support.Theme;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.Start;

/** What Measure's table says of a model whose outputs are random, and of a suite. */
@FxTest
class MeasurePaneTest extends OnColours {
  private MeasurePane pane;

  @Start
  void start(Stage stage) {
    EngineLane lane = new EngineLane("cpu"); // never asked for
    AttackSetup setup =
        new AttackSetup(
            new ImageRows(words -> {}),
            FXCollections.observableArrayList(0, 1),
            new AttackSettings(),
            () -> Colours.CLASSES,
            words -> {});
    CompareViewModel compare = new CompareViewModel(lane, new ModelShelf(), setup);
    pane =
        new MeasurePane(
            new MeasureViewModel(lane, compare, words -> {}),
            new SimpleObjectProperty<>(Theme.LIGHT),
            new AnsweringDialogs());
    stage.setScene(new Scene(pane, 1000, 600));
    stage.show();
    stage.setOnHidden(event -> lane.close());
  }

  private Comparison measured() {
    RobustnessAttack attack =
        RobustnessAttack.usual(AttackMethod.AUTOATTACK, new ThreatModel(Norm.LINF, 0.15), 0);
    RobustnessAttack quick = new RobustnessAttack(attack.method(), attack.pgd(), 5, 5);
    Comparison comparison =
        new Comparison(
            new RobustnessTable(
                List.of(Colours.model("plain"), Colours.model("noisy")),
                List.of(Column.CLEAN, Column.of(quick)),
                new Colours(9, 0.3),
                9,
                9),
            0,
            false,
            9);
    while (!comparison.isDone()) {
      assertTrue(comparison.step(classifiers::get, AttackObserver.NONE));
    }
    return comparison;
  }

  private Set<String> labels(FxRobot robot, String style) {
    return robot.lookup(style).queryAllAs(Label.class).stream()
        .map(Label::getText)
        .collect(Collectors.toSet());
  }

  @Test
  void aRandomModelIsFlaggedAndASuiteSaysWhoIsLeftAfterEachPart(FxRobot robot) {
    open(Colours.NOISY, 30);
    Comparison comparison = measured();
    robot.interact(() -> pane.show(comparison));
    assertEquals(Set.of("⚑ random outputs"), labels(robot, ".flag"));
    String plain =
        "survivors after APGD-CE %1$d".formatted(comparison.table().cell(0, 1).standing()[0]);
    assertTrue(
        labels(robot, ".model-kind").stream().anyMatch(text -> text.startsWith(plain)),
        labels(robot, ".model-kind").toString());
  }
}
