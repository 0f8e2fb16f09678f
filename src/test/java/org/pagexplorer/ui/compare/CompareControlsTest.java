package org.pagexplorer.ui.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import javafx.beans.property.SimpleObjectProperty;
import javafx.collections.FXCollections;
import javafx.scene.Parent;
import javafx.scene.Scene;
import javafx.stage.Stage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.pagexplorer.checkpoint.catalogue.ModelFile;
import org.pagexplorer.domain.Architecture;
import org.pagexplorer.domain.Cards;
import org.pagexplorer.domain.InputShape;
import org.pagexplorer.domain.ModelCard;
import org.pagexplorer.lab.alignment.BlindTest.Score;
import org.pagexplorer.lab.model.EngineLane;
import org.pagexplorer.ui.attack.AttackSettings;
import org.pagexplorer.ui.attack.AttackSetup;
import org.pagexplorer.ui.attack.ImageRows;
import org.pagexplorer.ui.compare.BlindTestViewModel.Result;
import org.pagexplorer.ui.support.AnsweringDialogs;
import org.pagexplorer.ui.support.CutTexts;
import org.pagexplorer.ui.support.EveryControl;
import org.pagexplorer.ui.support.FxTest;
import org.pagexplorer.ui.support.ModelShelf;
import org.pagexplorer.ui.support.Theme;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.Start;

/** The models' ticks and every tab's bar; the attack's own controls are tested with Explore's. */
@FxTest
class CompareControlsTest {
  private static final List<String> CLASSES = List.of("cat", "dog");

  private final EngineLane lane = new EngineLane("cpu"); // PyTorch is never asked for
  private final ModelShelf shelf = new ModelShelf();
  private CompareViewModel compare;
  private MeasureViewModel measure;
  private AlignmentViewModel alignment;
  private BlindTestViewModel blind;

  @Start
  void start(Stage stage) {
    AttackSetup setup =
        new AttackSetup(
            new ImageRows(words -> {}),
            FXCollections.observableArrayList(0, 1),
            new AttackSettings(),
            () -> CLASSES,
            words -> {});
    compare = new CompareViewModel(lane, shelf, setup);
    measure = new MeasureViewModel(lane, compare, words -> {});
    alignment = new AlignmentViewModel(lane, compare, words -> {});
    blind = new BlindTestViewModel(lane, compare, words -> {});
    for (String name : List.of("one", "two", "three")) {
      shelf.models().add(model(name));
    }
    compare.compared().setAll(shelf.models());
    CompareView view =
        new CompareView(
            compare,
            measure,
            alignment,
            blind,
            new SimpleObjectProperty<>(Theme.LIGHT),
            new AnsweringDialogs(),
            files -> {});
    stage.setScene(new Scene(view, 1300, 800));
    stage.show();
  }

  private static ModelFile model(String name) {
    return model(name, CLASSES);
  }

  private static ModelFile model(String name, List<String> classes) {
    ModelCard card =
        Cards.of(name, Architecture.resNet18(2, InputShape.CIFAR, classes.size()), classes);
    return new ModelFile(Path.of(name + ".safetensors"), card);
  }

  @AfterEach
  void closeLane() {
    lane.close();
  }

  private Object state() {
    return List.of(
        List.copyOf(compare.compared()),
        measure.methodProperty().get(),
        measure.imagesProperty().get(),
        measure.integrityProperty().get(),
        measure.curveProperty().get(),
        measure.l1Property().get(),
        alignment.imagesProperty().get(),
        blind.picturesProperty().get());
  }

  @Test
  void everyTickAndEveryBarSetsItsModel(FxRobot robot) {
    Set<String> names = new TreeSet<>();
    names.addAll(EveryControl.isFollowed(robot, () -> pane(robot, ".compare-models"), this::state));
    for (String tab : List.of("#compare-measure", "#compare-alignment", "#compare-blind")) {
      robot.clickOn(tab);
      names.addAll(EveryControl.isFollowed(robot, () -> pane(robot, ".measure-pane"), this::state));
    }
    assertEquals(
        Set.of(
            "alignment-images",
            "blind-pictures",
            "compare-one.safetensors",
            "compare-three.safetensors",
            "compare-two.safetensors",
            "measure-attack",
            "measure-curve",
            "measure-images",
            "measure-integrity",
            "measure-l1"),
        names);
  }

  @Test
  void aLongNameGivesWayToTheScoresOfTheBlindTest(FxRobot robot) {
    Score score = new Score(7, 10);
    List<Result> results =
        List.of(new Result("a long name of a model ".repeat(5), score, Optional.of(score)));
    List<String> cut = new ArrayList<>();
    robot.interact(
        () -> {
          Scene scene = new Scene((Parent) BlindTestPane.results(results, 10), 800, 300);
          Theme.LIGHT.applyTo(scene);
          scene.getRoot().applyCss();
          scene.getRoot().layout();
          cut.addAll(CutTexts.in(scene.getRoot()));
        });
    assertEquals(1, cut.size(), cut.toString());
    assertTrue(cut.getFirst().startsWith("cut: Label #null \"a long name"), cut.getFirst());
  }

  @Test
  void targetsAmongOtherClassesThanExploresAreRemembered(FxRobot robot) {
    robot.interact(
        () -> {
          List<String> wild = List.of("lion", "tiger", "bear");
          shelf.models().add(model("wild", wild));
          shelf.models().add(model("wilder", wild));
          compare.choose(shelf.models().subList(3, 5));
          compare.open();
          AttackSetup own = compare.comparedSetupProperty().get();
          assertEquals(List.of(0, 1, 2), own.targets());
          own.targets().setAll(2, 0);
          CompareViewModel next = new CompareViewModel(lane, shelf, compare.setup());
          next.part().take(compare.part().give());
          assertEquals(compare.part().give(), next.part().give(), "also before it is opened");
          next.open();
          assertEquals(compare.compared(), next.compared());
          assertEquals(List.of(2, 0), next.comparedSetupProperty().get().targets());
          assertEquals(List.of(0, 1), compare.setup().targets(), "Explore's");
        });
  }

  private static Parent pane(FxRobot robot, String style) {
    return robot.lookup(style).queryAs(Parent.class);
  }
}
