package org.pagexplorer.ui.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.pagexplorer.ui.support.Waiting.waitFor;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javafx.beans.property.SimpleObjectProperty;
import javafx.collections.FXCollections;
import javafx.scene.Scene;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Label;
import javafx.scene.control.MenuButton;
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
import org.pagexplorer.lab.measure.PublishedTextsTest;
import org.pagexplorer.lab.measure.RobustnessTable;
import org.pagexplorer.lab.model.EngineLane;
import org.pagexplorer.ui.attack.AttackSettings;
import org.pagexplorer.ui.attack.AttackSetup;
import org.pagexplorer.ui.attack.ImageRows;
import org.pagexplorer.ui.control.IntervalChart;
import org.pagexplorer.ui.support.AnsweringDialogs;
import org.pagexplorer.ui.support.CutTexts;
import org.pagexplorer.ui.support.ExportChoice;
import org.pagexplorer.ui.support.FxTest;
import org.pagexplorer.ui.support.ModelShelf;
import org.pagexplorer.ui.support.Theme;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.Start;

/** What Measure's table says of a model whose outputs are random, and of a suite. */
@FxTest
class MeasurePaneTest extends OnColours {
  private final AnsweringDialogs dialogs = new AnsweringDialogs();
  private MeasurePane pane;
  private MeasureViewModel model;

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
    model = new MeasureViewModel(lane, compare, words -> {});
    pane = new MeasurePane(model, new SimpleObjectProperty<>(Theme.LIGHT), dialogs);
    Scene scene = new Scene(pane, 1000, 600);
    Theme.LIGHT.applyTo(scene); // how wide its texts are is asked below
    stage.setScene(scene);
    stage.show();
    stage.setOnHidden(event -> lane.close());
  }

  private static RobustnessAttack quick(RobustnessAttack attack) {
    return new RobustnessAttack(attack.method(), attack.pgd(), 5, 5);
  }

  private Comparison measured() {
    return measured(AttackMethod.AUTOATTACK, Norm.LINF, 0.15, false);
  }

  private Comparison measured(AttackMethod method, Norm norm, double epsilon, boolean curves) {
    RobustnessAttack quick =
        quick(RobustnessAttack.usual(method, new ThreatModel(norm, epsilon), 0));
    Comparison comparison =
        new Comparison(
            new RobustnessTable(
                List.of(Colours.model("plain"), Colours.model("noisy")),
                List.of(Column.CLEAN, Column.of(quick)),
                new Colours(9, 0.3),
                9,
                9),
            0,
            curves,
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
    assertEquals(Set.of(comparison.table().dataset().name()), labels(robot, "#measure-images-of"));
    String plain =
        "survivors after APGD-CE %1$d".formatted(comparison.table().cell(0, 1).standing()[0]);
    assertTrue(
        labels(robot, ".model-kind").stream().anyMatch(text -> text.startsWith(plain)),
        labels(robot, ".model-kind").toString());
  }

  @Test
  void publishedNumbersStandBelowMarkedAndGrayWhereTheyMayNotBeCompared(FxRobot robot) {
    open(Colours.PLAIN, 30);
    Comparison comparison = measured();
    comparison.beside(
        List.of(
            PublishedTextsTest.entry("Same", "0.15", 0.7),
            PublishedTextsTest.entry("Other", "0.3", 0.8)));
    robot.interact(() -> pane.show(comparison));
    assertTrue(labels(robot, ".model-name").containsAll(Set.of("Same", "Other")));
    assertTrue(labels(robot, ".measure-number").contains("70.00 %"));
    assertTrue(!labels(robot, ".measure-number").contains("80.00 %"), "not comparable");
    assertTrue(
        labels(robot, ".model-kind").stream()
            .anyMatch(text -> text.contains("not comparable: ε = 0.3 there, 0.15 here")),
        labels(robot, ".model-kind").toString());
  }

  @Test
  void everyTextIsWholeWhereThereAreManyColumns(FxRobot robot) {
    open(Colours.PLAIN, 30);
    Colours images = new Colours(9, 0.3);
    List<Column> columns =
        Stream.concat(
                Stream.of(Column.CLEAN),
                Stream.of(Norm.LINF, Norm.L2, Norm.L1)
                    .map(norm -> Column.usual(AttackMethod.AUTOATTACK, norm, images.shape(), 0))
                    .map(column -> Column.of(quick(column.attack().orElseThrow()))))
            .toList();
    Comparison comparison =
        new Comparison(
            new RobustnessTable(List.of(Colours.model("plain")), columns, images, 9, 9),
            0,
            false,
            9);
    while (!comparison.isDone()) {
      assertTrue(comparison.step(classifiers::get, AttackObserver.NONE));
    }
    comparison.beside(
        List.of(PublishedTextsTest.entry("Augustin2020Adversarial_34_10_extra", "0.5", 0.7)));
    List<String> cut = new ArrayList<>();
    robot.interact(() -> pane.show(comparison));
    robot.interact(() -> cut.addAll(CutTexts.in(pane)));
    assertEquals(List.of(), cut);
  }

  @Test
  void exportOffersTheTableAndItsCurvesInTheOneDialog(FxRobot robot) {
    open(Colours.PLAIN, 30);
    robot.interact(() -> robot.lookup("#measure-export").queryButton().fire());
    assertEquals(
        List.of(
            "Table of accuracies",
            "Accuracy over ε, L∞",
            "Accuracy over ε, L2",
            "Accuracy over ε, L1"),
        dialogs.offered.stream().map(ExportChoice::title).toList());
    for (ExportChoice choice : dialogs.offered) {
      assertTrue(choice.whole().get().isEmpty(), "nothing is measured yet");
      assertTrue(choice.missing().contains("press Measure") || choice.missing().contains("Press"));
    }
  }

  private List<String> heads() {
    Comparison comparison =
        model.maker(new Colours(9, 0.3), 9).make(List.of(Colours.model("plain")), 9);
    return comparison.table().columns().stream().map(Column::title).toList();
  }

  @Test
  void l1IsAColumnWhereItIsSelectedAndThatIsRemembered(FxRobot robot) {
    open(Colours.PLAIN, 30);
    assertEquals(List.of("clean", "L∞ PGD-20", "L2 PGD-20"), heads());
    robot.interact(() -> robot.lookup("#measure-l1").queryAs(CheckBox.class).fire());
    assertEquals(List.of("clean", "L∞ PGD-20", "L2 PGD-20", "L1 PGD-20"), heads());
    JsonObject remembered = model.part().give();
    robot.interact(model::reset);
    assertEquals(List.of("clean", "L∞ PGD-20", "L2 PGD-20"), heads());
    robot.interact(() -> model.part().take(remembered));
    assertEquals(4, heads().size());
  }

  @Test
  void theCurvesOfL1StandBelowTheOthersAndPublishedNumbersOfL1InItsColumn(FxRobot robot) {
    open(Colours.PLAIN, 30);
    robot.interact(() -> pane.show(measured()));
    assertFalse(robot.lookup("#measure-chart-l1").query().isVisible(), "nothing of L1 is measured");
    Comparison comparison = measured(AttackMethod.PGD, Norm.L1, 20, true);
    comparison.beside(List.of(PublishedTextsTest.entry("Of L1", Norm.L1, "20", 0.6)));
    robot.interact(() -> pane.show(comparison));
    IntervalChart chart = robot.lookup("#measure-chart-l1").queryAs(IntervalChart.class);
    assertTrue(chart.isVisible());
    assertEquals(2, chart.figure().curves().size());
    assertTrue(labels(robot, ".measure-number").contains("60.00 %"));
    robot.interact(() -> robot.lookup("#measure-export").queryButton().fire());
    assertTrue(dialogs.offered.getLast().whole().get().isPresent(), "the curves can be saved");
  }

  @Test
  void publishedNumbersAreReadFromAFolder(FxRobot robot) throws IOException {
    open(Colours.PLAIN, 30);
    Path linf = Files.createDirectories(folder.resolve("colours/Linf"));
    Files.writeString(linf.resolve("Some.json"), "{\"clean_acc\": \"90.0\"}");
    Files.writeString(linf.resolve("Bad.json"), "{");
    dialogs.folder = Optional.of(folder);
    robot.interact(() -> press(robot, 0));
    waitFor("the entry", () -> model.published().size() == 1);
    robot.interact(() -> press(robot, 2));
    assertEquals(0, model.published().size());
  }

  @Test
  void aFolderAddedWhileAnotherIsReadComesBesideIt(FxRobot robot) throws IOException {
    open(Colours.PLAIN, 30);
    Path one = Files.createDirectories(folder.resolve("one/colours/Linf"));
    Files.writeString(one.resolve("Some.json"), "{\"clean_acc\": \"90.0\"}");
    Path two = Files.createDirectories(folder.resolve("two/colours/Linf"));
    Files.writeString(two.resolve("Other.json"), "{\"clean_acc\": \"80.0\"}");
    robot.interact(
        () -> {
          model.beside(List.of(one));
          model.beside(List.of(two));
        });
    waitFor("both", () -> model.published().size() == 2);
    robot.interact(model::besideNothing);
    robot.interact(
        () -> {
          model.beside(List.of(one));
          model.beside(List.of(folder.resolve("nowhere")));
        });
    waitFor("the first, though the second is nowhere", () -> model.published().size() == 1);
  }

  private static void press(FxRobot robot, int item) {
    robot.lookup("#measure-beside").queryAs(MenuButton.class).getItems().get(item).fire();
  }
}
