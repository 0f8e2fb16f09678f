package org.pagexplorer.ui.explore;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.pagexplorer.ui.support.Waiting.waitFor;

import java.lang.ref.WeakReference;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.FXCollections;
import javafx.stage.Stage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pagexplorer.checkpoint.Checkpoint;
import org.pagexplorer.checkpoint.CheckpointFiles;
import org.pagexplorer.checkpoint.Dtype;
import org.pagexplorer.checkpoint.catalogue.ModelFile;
import org.pagexplorer.domain.Architecture;
import org.pagexplorer.domain.Image;
import org.pagexplorer.domain.InputShape;
import org.pagexplorer.domain.ModelCard;
import org.pagexplorer.domain.Normalization;
import org.pagexplorer.engine.Initialization;
import org.pagexplorer.engine.Resources;
import org.pagexplorer.lab.attack.OriginalImage;
import org.pagexplorer.lab.model.EngineLane;
import org.pagexplorer.ui.attack.AttackSettings;
import org.pagexplorer.ui.attack.AttackSetup;
import org.pagexplorer.ui.attack.GridAttack;
import org.pagexplorer.ui.attack.ImageRows;
import org.pagexplorer.ui.support.FxTest;
import org.pagexplorer.ui.support.Garbage;
import org.pagexplorer.ui.support.ModelShelf;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.Start;

/** Counted, not weighed: what a screen keeps of what it no longer shows. */
@FxTest
class MemoryOfExploreTest {
  private static final List<String> CLASSES = List.of("a", "b", "c");
  private static final int CHANGES = 12;

  @TempDir Path folder;

  private final EngineLane lane = new EngineLane("cpu", "engine", 1);
  private final ModelShelf shelf = new ModelShelf();
  private final StringProperty notice = new SimpleStringProperty("");
  private ExploreViewModel explore;

  @Start
  void start(Stage stage) {
    AttackSetup setup =
        new AttackSetup(
            new ImageRows(notice::set),
            FXCollections.observableArrayList(),
            new AttackSettings(),
            () -> CLASSES,
            notice::set);
    explore = new ExploreViewModel(lane, shelf, setup);
    explore.settings().stepsProperty().set(2);
  }

  @AfterEach
  void close(FxRobot robot) {
    robot.interact(explore::cancel);
    lane.close();
  }

  private static ModelCard card(InputShape shape, String name) {
    return new ModelCard(
        name,
        Architecture.resNet18(1, shape, CLASSES.size()),
        CLASSES,
        Normalization.CIFAR10,
        "vanilla",
        Map.of(),
        1,
        "none",
        "",
        "test",
        "",
        List.of());
  }

  private static OriginalImage black(InputShape shape) {
    Image image = new Image(shape, new float[shape.size()]);
    return new OriginalImage("black", "a", image, OptionalInt.of(0), "");
  }

  private void add(InputShape shape, String name) {
    ModelCard card = card(shape, name);
    Path file = folder.resolve(name + ".safetensors");
    CheckpointFiles.write(
        file,
        new Checkpoint(card, Initialization.of(card.architecture(), name.length())),
        Dtype.F32);
    shelf.models().add(new ModelFile(file, card));
  }

  @Test
  void nothingIsKeptOfAttacksThatAreNoLongerShown(FxRobot robot) {
    InputShape shape = new InputShape(3, 8, 8);
    add(shape, "one");
    add(shape, "three");
    robot.interact(() -> explore.rows().images().setAll(black(shape), black(shape)));
    List<WeakReference<GridAttack>> former = new ArrayList<>();
    List<Integer> resources = new ArrayList<>();
    for (int change = 0; change < CHANGES; change++) {
      ModelFile model = shelf.models().get(change % 2);
      double epsilon = 1 + change;
      robot.interact(
          () -> {
            shelf.chosenProperty().set(model);
            explore.settings().epsilonProperty().set(epsilon);
          });
      waitFor("the attack", () -> isFinished(model, epsilon));
      former.add(new WeakReference<>(explore.attack().orElseThrow()));
      resources.add(lane.submit(l -> Resources.of(l.engine())).join());
    }
    // Both models are on the device by now, and what DJL makes once is made.
    List<Integer> later = resources.subList(CHANGES / 2, CHANGES);
    Garbage.collect();
    long kept = former.stream().filter(attack -> attack.get() != null).count();
    assertAll(
        () -> assertEquals(Collections.min(later), Collections.max(later), "arrays: " + resources),
        () -> assertEquals(1, kept, "attacks that are kept"));
  }

  private boolean isFinished(ModelFile model, double epsilon) {
    return explore
        .attack()
        .filter(attack -> attack.model().equals(model) && attack.isFinished())
        .filter(attack -> attack.specification().threat().epsilon() == epsilon)
        .isPresent();
  }
}
