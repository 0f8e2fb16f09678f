package org.pagexplorer.ui.toy;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.pagexplorer.ui.support.Waiting.waitFor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import javafx.scene.input.Clipboard;
import javafx.scene.input.ClipboardContent;
import javafx.stage.Stage;
import org.junit.jupiter.api.Test;
import org.pagexplorer.checkpoint.CheckpointFiles;
import org.pagexplorer.dataset.toy.PointSet;
import org.pagexplorer.domain.Family;
import org.pagexplorer.domain.Method;
import org.pagexplorer.engine.TorchEngine;
import org.pagexplorer.lab.attack.TargetGrid;
import org.pagexplorer.lab.figure.FigureMaker;
import org.pagexplorer.lab.figure.FigureSpecification;
import org.pagexplorer.lab.figure.FigureSpecification.Toy;
import org.pagexplorer.lab.figure.FigureText;
import org.pagexplorer.lab.toy.SetupText;
import org.pagexplorer.lab.toy.ToySetup;
import org.pagexplorer.lab.toy.ToySetup.Points;
import org.pagexplorer.ui.support.FxTest;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.Start;

/** What goes out of the playground and comes into it. */
@FxTest
class ToyFilesTest extends ToyStage {
  @Start
  void start(Stage stage) {
    open(stage);
  }

  @Test
  void aSetUpIsCopiedAndPastedBack(FxRobot robot) {
    waitForTraining();
    ToySetup other =
        ToySetup.paper()
            .withSeed(5)
            .withActivation(Family.MLP_TANH)
            .withSchemes(List.of(new ToySetup.Scheme(Method.CLASS_MEAN, 0.5)));
    robot.clickOn("#toy-export").clickOn("#toy-copy-setup");
    String[] copied = new String[1];
    robot.interact(() -> copied[0] = Clipboard.getSystemClipboard().getString());
    assertEquals(ToySetup.paper(), SetupText.parse(copied[0]));
    robot.interact(
        () -> {
          ClipboardContent content = new ClipboardContent();
          content.putString(SetupText.of(other));
          Clipboard.getSystemClipboard().setContent(content);
        });
    robot.clickOn("#toy-export").clickOn("#toy-paste-setup");
    waitFor("the setup", () -> model.setupProperty().get().equals(other));
    assertEquals(1, model.panels().size());
    robot.interact(
        () -> {
          ClipboardContent content = new ClipboardContent();
          content.putString("nothing of ours");
          Clipboard.getSystemClipboard().setContent(content);
        });
    robot.clickOn("#toy-export").clickOn("#toy-paste-setup");
    waitFor("the sentence", () -> notice.get().startsWith("This is not a setup"));
    assertEquals(other, model.setupProperty().get());
  }

  private void export(FxRobot robot, String what) {
    robot.clickOn("#toy-export").clickOn("#toy-export-open");
    save(robot, what);
  }

  @Test
  void figureBoundariesWeightsAndPointsAreExported(FxRobot robot) throws IOException {
    pause(robot);
    Path figure = folder.resolve("panels.svg");
    dialogs.saved = Optional.of(figure);
    export(robot, "Panels");
    waitFor("the figure", PATIENCE, () -> Files.exists(figure));
    assertTrue(Files.readString(figure).contains("Vanilla"));
    Path boundaries = folder.resolve("boundaries.csv");
    dialogs.saved = Optional.of(boundaries);
    export(robot, "Decision boundaries");
    waitFor("the boundaries", PATIENCE, () -> Files.exists(boundaries));
    assertTrue(Files.readString(boundaries).startsWith("panel,x1,x2,x1_end,x2_end\n"));
    dialogs.saved = Optional.of(folder.resolve("toy.safetensors"));
    export(robot, "Weights");
    Path second = folder.resolve("toy-2-nearest-neighbor.safetensors");
    waitFor("the weights", PATIENCE, () -> Files.exists(second));
    assertEquals("nearest-neighbor", CheckpointFiles.read(second).card().method());
    assertEquals(
        "vanilla",
        CheckpointFiles.read(folder.resolve("toy-1-vanilla.safetensors")).card().method());
    Path points = folder.resolve("points.csv");
    dialogs.saved = Optional.of(points);
    export(robot, "Points");
    waitFor("the points", PATIENCE, () -> Files.exists(points));
    waitFor("the notice", () -> notice.get().contains("points.csv"));
    assertEquals(6001, Files.readAllLines(points).size());
  }

  /** The dialog asked about the name that was chosen, not about those that are made of it. */
  @Test
  void weightsOfManyPanelsReplaceNothingUnasked(FxRobot robot) throws IOException {
    waitForTraining();
    Path mine = Files.writeString(folder.resolve("toy-2-nearest-neighbor.safetensors"), "mine");
    dialogs.saved = Optional.of(folder.resolve("toy.safetensors"));
    export(robot, "Weights");
    waitFor("the sentence", () -> notice.get().contains("is there already"));
    assertEquals("mine", Files.readString(mine));
    assertFalse(Files.exists(folder.resolve("toy-1-vanilla.safetensors")));
  }

  /** In the midst of training, of what is in view: the specification tells the step. */
  @Test
  void aFigureIsMadeAgainToTheByteFromItsSpecification(FxRobot robot) throws IOException {
    waitForTraining();
    Path file = folder.resolve("toy.png");
    dialogs.saved = Optional.of(file);
    export(robot, "Panels");
    waitFor("the file", PATIENCE, () -> notice.get().contains("specification beside them"));
    FigureSpecification specification = FigureText.read(FigureText.beside(file));
    assertTrue(((Toy) specification).steps() > 0);
    Path again = folder.resolve("again.png");
    try (TorchEngine engine = TorchEngine.open("cpu")) {
      FigureMaker.make(specification, engine, new TargetGrid.Observer() {})
          .orElseThrow()
          .write(again);
    }
    assertArrayEquals(Files.readAllBytes(file), Files.readAllBytes(again));
  }

  @Test
  void aFigureOfAChangedTrainingHasNoSpecificationAndSaysSo(FxRobot robot) {
    waitForTraining();
    robot.interact(() -> model.change(setup -> setup.withLearningRate(0.02)));
    Path file = folder.resolve("toy.png");
    dialogs.saved = Optional.of(file);
    export(robot, "Panels");
    waitFor("the file", PATIENCE, () -> notice.get().contains("without a specification"));
    assertTrue(Files.exists(file));
    assertFalse(Files.exists(FigureText.beside(file)));
    robot.interact(model::restart);
    assertFalse(model.isMixed());
  }

  @Test
  void badPointsLoseNothingAndGoodOnesAreUsed(FxRobot robot) throws IOException {
    waitForTraining();
    Path file = Files.writeString(folder.resolve("mine.csv"), "0,0,0\n1,hello,1\n");
    robot.interact(() -> view.openPoints(file));
    waitFor("the sentence", () -> notice.get().startsWith("Line 2 of mine.csv"));
    assertEquals(6000, model.problemProperty().get().train().size());
    Files.writeString(file, "0,0,0\n1,1,0\n9,9,1\n8,8,1\n");
    robot.interact(() -> view.openPoints(file));
    waitFor("the points", () -> model.problemProperty().get().train().size() == 4);
  }

  @Test
  void pastingASetUpOverPaintedPointsCanBeUndone(FxRobot robot) {
    PointSet painted =
        PointSet.EMPTY.with(-50, 0, 0).with(-40, 60, 0).with(40, 0, 1).with(55, 5, 1);
    robot.interact(() -> model.points().use(new Points.Own(painted)));
    robot.interact(() -> model.use(ToySetup.paper()));
    assertEquals(6000, model.problemProperty().get().train().size());
    robot.interact(model.points()::undo);
    assertEquals(painted, model.problemProperty().get().train());
  }
}
