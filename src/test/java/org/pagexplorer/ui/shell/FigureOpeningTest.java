package org.pagexplorer.ui.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.pagexplorer.ui.support.Waiting.waitFor;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javafx.stage.Stage;
import org.junit.jupiter.api.Test;
import org.pagexplorer.checkpoint.catalogue.ModelFile;
import org.pagexplorer.domain.InputShape;
import org.pagexplorer.domain.Mask;
import org.pagexplorer.domain.Norm;
import org.pagexplorer.lab.attack.OriginalImage;
import org.pagexplorer.lab.attack.PaintedRegion;
import org.pagexplorer.lab.figure.FigureSpecification.Toy;
import org.pagexplorer.lab.figure.FigureText;
import org.pagexplorer.lab.settings.Recents.Kind;
import org.pagexplorer.lab.toy.ToySetup;
import org.pagexplorer.ui.attack.GridAttack;
import org.pagexplorer.ui.attack.GridExport;
import org.pagexplorer.ui.control.TileGrid;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.Start;

/** What was exported is opened where something else is set. */
class FigureOpeningTest extends WindowFixture {
  @Start
  void start(Stage stage) {
    open(stage, 2);
  }

  private void another(FxRobot robot) {
    robot.interact(
        () -> {
          explore.settings().reset();
          explore.settings().stepsProperty().set(1);
          explore.rows().choice().showIndices("4");
        });
    waitFor("one row", () -> explore.rows().images().size() == 1);
  }

  private List<OriginalImage> rows() {
    return List.copyOf(explore.rows().images());
  }

  private static void export(List<GridAttack> attacks, Path figure) {
    GridExport.of(attacks).orElseThrow().write(figure);
  }

  private void openAgain(FxRobot robot, Path figure) {
    waitFor("the file", PATIENCE, () -> Files.exists(FigureText.beside(figure)));
    another(robot);
    robot.interact(() -> window.open(List.of(FigureText.beside(figure))));
  }

  @Test
  void aGridIsSetAgainOnExplore(FxRobot robot) {
    robot.interact(
        () -> {
          explore.settings().normProperty().set(Norm.LINF);
          explore.settings().epsilonProperty().set(0.125);
          explore.settings().seedProperty().set(77);
          explore.settings().randomStartProperty().set(true);
          explore.rows().choice().showIndices("9, 2, 5");
        });
    waitFor("the rows", () -> explore.rows().images().size() == 3);
    List<PaintedRegion> painted = List.of(PaintedRegion.of(Mask.all(InputShape.CIFAR)));
    robot.interact(() -> explore.rows().paint(1, painted));
    robot.interact(() -> explore.targets().setAll(6, 1));
    var run = waitForAttack();
    var attack = explore.settings().specification();
    List<OriginalImage> before = rows();
    ModelFile model = run.model();
    Path figure = folder.resolve("grid.png");
    export(List.of(run), figure);
    robot.interact(
        () ->
            window.shelf().models().stream()
                .filter(other -> !other.equals(model))
                .findFirst()
                .ifPresent(window.shelf().chosenProperty()::set));
    openAgain(robot, figure);
    waitFor("the rows", PATIENCE, () -> explore.rows().images().size() == 3);
    assertEquals(attack, explore.settings().specification());
    assertEquals(model, window.shelf().chosen().orElseThrow());
    assertEquals(List.of(6, 1), explore.targets());
    for (int i = 0; i < 3; i++) {
      assertEquals(before.get(i).image(), rows().get(i).image());
      assertEquals(before.get(i).className(), rows().get(i).className());
      assertEquals(i == 1 ? painted : List.of(), rows().get(i).regions());
    }
    assertEquals(List.of(FigureText.beside(figure)), window.recent().of(Kind.SPECIFICATIONS));
    assertEquals(2, waitForAttack().heads().size());
  }

  @Test
  void aFiguresImagesAreNeverTakenForTheSamples(FxRobot robot) {
    robot.interact(() -> explore.rows().choice().showIndices("9, 2, 5"));
    waitFor("the rows", () -> explore.rows().images().size() == 3);
    Path figure = folder.resolve("three.png");
    export(List.of(waitForAttack()), figure);
    robot.interact(() -> explore.rows().choice().showIndices("1, 3"));
    waitFor("the rows", () -> explore.rows().images().size() == 2);
    List<OriginalImage> samples = rows();
    robot.interact(explore.setup().undo()::keep); // what follows is a change of its own
    robot.interact(() -> window.open(List.of(FigureText.beside(figure))));
    waitFor("the figure", PATIENCE, () -> explore.rows().images().size() == 3);
    List<OriginalImage> ofFigure = rows();
    waitForAttack();
    TileGrid grid = robot.lookup("#grid").queryAs(TileGrid.class);
    choose(robot, grid.localToScreen(grid.middleOf(0, 0)), "tile-copy-command");
    assertTrue(window.noticeProperty().get().startsWith("These are a figure's images"));
    robot.interact(() -> window.undo(false));
    waitFor("the samples", PATIENCE, () -> rows().equals(samples));
    robot.interact(() -> window.undo(true));
    waitFor("the figure", PATIENCE, () -> rows().equals(ofFigure));
  }

  @Test
  void aComparisonIsComparedInItsOrder(FxRobot robot) {
    waitForAttack();
    robot.interact(() -> window.screenProperty().set(MainWindow.Screen.COMPARE));
    robot.interact(() -> window.compare().choose(List.copyOf(window.shelf().models()).reversed()));
    boolean[] settled = new boolean[1];
    robot.interact(() -> window.compare().settle(() -> settled[0] = true));
    waitFor("the comparison", PATIENCE, () -> settled[0]);
    List<ModelFile> compared = List.copyOf(window.compare().compared());
    assertEquals(window.shelf().models().reversed(), compared);
    Path figure = folder.resolve("comparison.png");
    export(window.compare().attacks(), figure);
    robot.interact(() -> window.compare().choose(compared.reversed()));
    robot.interact(() -> window.screenProperty().set(MainWindow.Screen.EXPLORE));
    openAgain(robot, figure);
    waitFor("Compare", () -> window.screenProperty().get() == MainWindow.Screen.COMPARE);
    assertEquals(compared, window.compare().compared());
    waitFor("the rows", PATIENCE, () -> explore.rows().images().size() == 10);
  }

  @Test
  void theToysNetworksAreInThePlayground(FxRobot robot) {
    Path figure = folder.resolve("figure-3.png");
    FigureText.write(figure, Toy.of(ToySetup.paper().withHidden(19).withEpochs(1)));
    robot.interact(() -> window.open(List.of(FigureText.beside(figure))));
    waitFor("the playground", () -> window.screenProperty().get() == MainWindow.Screen.TOY);
    assertEquals(19, window.toy().setupProperty().get().hidden());
  }

  @Test
  void anotherJsonIsRefusedInASentenceAndChangesNothing(FxRobot robot) throws Exception {
    Path file = Files.writeString(folder.resolve("other.json"), "{\"figure\": 4}");
    robot.interact(() -> window.open(List.of(file)));
    waitFor(
        "a sentence",
        () -> window.noticeProperty().get().contains("is not a figure's specification"));
    assertEquals(MainWindow.Screen.EXPLORE, window.screenProperty().get());
    assertTrue(window.recent().of(Kind.SPECIFICATIONS).isEmpty());
  }
}
