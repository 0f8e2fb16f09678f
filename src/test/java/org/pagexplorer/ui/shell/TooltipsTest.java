package org.pagexplorer.ui.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.pagexplorer.ui.support.Waiting.waitFor;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeSet;
import java.util.zip.ZipEntry;
import javafx.event.ActionEvent;
import javafx.scene.Parent;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.ToggleButton;
import javafx.stage.Stage;
import javafx.stage.Window;
import org.junit.jupiter.api.Test;
import org.pagexplorer.checkpoint.pytorch.TorchSave;
import org.pagexplorer.domain.Architecture;
import org.pagexplorer.domain.Family;
import org.pagexplorer.domain.InputShape;
import org.pagexplorer.domain.Method;
import org.pagexplorer.domain.Tensor;
import org.pagexplorer.engine.Initialization;
import org.pagexplorer.lab.settings.Crash;
import org.pagexplorer.ui.control.ChartRegion;
import org.pagexplorer.ui.importing.ImportViewModel;
import org.pagexplorer.ui.shell.MainWindow.Screen;
import org.pagexplorer.ui.support.ControlTips;
import org.pagexplorer.ui.support.FileDrag;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.Start;

/** Every control says what it does, its unit, and what the paper uses. */
class TooltipsTest extends WindowFixture {
  private static final List<String> TABS =
      List.of("#compare-pictures", "#compare-measure", "#compare-alignment", "#compare-blind");

  /** What the paper uses (sections 5.1, 5.2, C.1 and C.2), by the control that sets it. */
  private static final Map<String, String> OF_THE_PAPER =
      Map.ofEntries(
          Map.entry("epsilon", "0.031"),
          Map.entry("epsilon-text", "0.031"),
          Map.entry("norm-l2", "1.5 on STL-10"),
          Map.entry("norm-linf", "8/255"),
          Map.entry("steps", "with 20"),
          Map.entry("step-size", "2 ε / steps"),
          Map.entry("random-start", "with a random start"),
          Map.entry("measure-attack", "PGD-20"),
          Map.entry("measure-images", "10,000"),
          Map.entry("run-width", "64"),
          Map.entry("run-input-size", "96 on STL-10"),
          Map.entry("run-epochs", "100"),
          Map.entry("run-batch", "64 on CIFAR-10, 32 on STL-10"),
          Map.entry("run-lr", "0.01"),
          Map.entry("run-schedule", "as in the paper"),
          Map.entry("run-momentum", "0.9"),
          Map.entry("run-weight-decay", "0.0001"),
          Map.entry("run-crop-padding", "paper: 4"),
          Map.entry("run-horizontal-flip", "paper: 0.5"),
          Map.entry("run-lambda", "0.4 to 0.5 on CIFAR-10"),
          Map.entry("run-targets-per-step", "all, as in the paper"),
          Map.entry("run-epsilon", "8/255"),
          Map.entry("run-teacher", "ResNet-50"),
          Map.entry("run-initial-checkpoint", "as in the paper"),
          Map.entry("toy-hidden", "32"),
          Map.entry("toy-activation", "ReLU"),
          Map.entry("toy-lr", "0.01"),
          Map.entry("toy-batch", "128"),
          Map.entry("toy-max-epochs", "100"),
          Map.entry("toy-epsilon", "15"));

  private static final Set<String> IN_PIXELS =
      Set.of(
          "epsilon", "epsilon-text", "step-size", "norm-l1", "norm-l2", "norm-linf", "run-epsilon");

  private final ControlTips tips = new ControlTips();
  private final Set<String> promises = new TreeSet<>();

  @Start
  void start(Stage stage) {
    open(stage, 1);
  }

  private void look(FxRobot robot, String where) {
    robot.interact(
        () -> {
          window.applyCss();
          window.layout();
          tips.look(where, window);
          window.lookupAll(".chart").forEach(chart -> lookAtChart(where, (ChartRegion) chart));
        });
  }

  /** One without curves says what will be there. */
  private void lookAtChart(String where, ChartRegion chart) {
    Label promise = (Label) chart.lookup(".chart-promise");
    String said = promise.isVisible() ? promise.getText() : "";
    assertEquals(chart.figure().isEmpty(), !said.isBlank(), where + ": " + said);
    if (chart.figure().isEmpty()) {
      promises.add(said);
    }
  }

  /** What has opened over the window. */
  private static Parent over(String selector) {
    return Window.getWindows().stream()
        .filter(open -> open.isShowing() && open.getScene().getRoot().lookup(selector) != null)
        .map(open -> open.getScene().getRoot())
        .findFirst()
        .orElseThrow(() -> new AssertionError("no " + selector));
  }

  @Test
  void everyControlOfEveryScreenSaysWhatItDoesAndWhatThePaperUses(FxRobot robot) {
    waitForAttack();
    look(robot, "Explore");
    robot.interact(() -> window.lookup("#targets").fireEvent(new ActionEvent()));
    robot.interact(() -> tips.look("targets", over("#target-list")));
    robot.interact(() -> window.lookup("#targets").fireEvent(new ActionEvent()));
    robot.interact(() -> window.viewer().open());
    look(robot, "viewer");
    robot.interact(() -> window.screenProperty().set(Screen.COMPARE));
    for (String tab : TABS) {
      robot.interact(((ToggleButton) window.lookup(tab))::fire);
      look(robot, tab);
    }
    robot.interact(
        () -> {
          window.blindTest().picturesProperty().set(1);
          window.blindTest().start(1);
        });
    waitFor("pictures", PATIENCE, () -> window.blindTest().test().isPresent());
    look(robot, "a blind test");
    robot.interact(() -> window.screenProperty().set(Screen.TOY));
    waitFor("the networks", PATIENCE, () -> !window.toy().panels().isEmpty());
    look(robot, "Playground");
    robot.interact(((Button) window.lookup("#toy-seeds"))::fire);
    look(robot, "seeds");
    robot.interact(() -> window.screenProperty().set(Screen.TRAIN));
    look(robot, "Train");
    for (Method method : Method.values()) {
      robot.interact(() -> method(window).setValue(method));
      look(robot, "Train, " + method);
    }
    assertEquals("", tips.silent());
    assertTrue(tips.said().keySet().containsAll(OF_THE_PAPER.keySet()), tips.said() + "");
    assertTrue(tips.said().keySet().containsAll(Set.of("target-search", "blind-class-9")));
    assertTrue(tips.said().keySet().containsAll(Set.of("toy-seeds-close", "probe-epoch")));
    OF_THE_PAPER.forEach(
        (name, words) -> {
          String said = tips.said().get(name);
          assertTrue(said.contains("paper") && said.contains(words), name + ": " + said);
        });
    assertTrue(promises.size() >= 5, "empty charts of Train and the playground: " + promises);
    for (String name : IN_PIXELS) {
      assertTrue(tips.said().get(name).contains("pixel units of 0 to 1"), name);
    }
  }

  @SuppressWarnings("unchecked")
  private static ComboBox<Method> method(MainWindow window) {
    return (ComboBox<Method>) window.lookup("#run-method");
  }

  @Test
  void everyControlOfDialogsAndCardsSaysWhatItDoes(FxRobot robot) throws IOException {
    waitForAttack();
    robot.interact(() -> window.export());
    robot.interact(() -> tips.look("Export", over("#export-what")));
    robot.interact(() -> over("#export-what").getScene().getWindow().hide());
    robot.interact(() -> window.help());
    robot.interact(() -> tips.look("Help", over("#help-text")));
    robot.interact(() -> over("#help-text").getScene().getWindow().hide());
    robot.interact(() -> window.screenProperty().set(Screen.TRAIN));
    robot.interact(((Button) window.lookup("#run-write-gradients"))::fire);
    robot.interact(() -> tips.look("Write gradients", over("#gradients-file")));
    robot.interact(() -> over("#gradients-file").getScene().getWindow().hide());
    robot.interact(
        () -> {
          window.tour().begin();
          window.tour().offer();
          window.warn(new CrashBar(List.of(crash()), () -> {}));
        });
    look(robot, "over the screen");
    EnginePane engine = new EnginePane(() -> {});
    robot.interact(() -> engine.failed("It is not here."));
    robot.interact(() -> tips.look("PyTorch", engine));
    Architecture network = Architecture.resNet18(2, InputShape.CIFAR, 10);
    SequencedMap<String, Tensor> both = new LinkedHashMap<>();
    Initialization.of(network, 7).forEach((name, t) -> both.put("student." + name, t));
    Initialization.of(network, 8).forEach((name, t) -> both.put("teacher." + name, t));
    drop(robot, "two.pt", TorchSave.zip(both), ImportViewModel.Stage.ANSWERS);
    Architecture cnn =
        new Architecture(Family.of("cnn-c4k5s1p0m2-c8k5s1p0m2-l20"), 1, InputShape.CIFAR, 10);
    byte[] small = TorchSave.zip(Initialization.of(cnn, 5));
    drop(robot, "cnn.pt", small, ImportViewModel.Stage.ANSWERS);
    SequencedMap<String, byte[]> program = new LinkedHashMap<>();
    program.put("p/data.pkl", TorchSave.pickle(Map.of()));
    program.put("p/code/__torch__.py", "nothing".getBytes(StandardCharsets.UTF_8));
    byte[] script = TorchSave.zip(program, ZipEntry.STORED);
    drop(robot, "program.pt", script, ImportViewModel.Stage.TRUST);
    assertEquals("", tips.silent());
    assertTrue(
        tips.said()
            .keySet()
            .containsAll(
                Set.of("export-format", "export-save", "help-tour", "tour-next", "tour-begin")));
    assertTrue(tips.said().keySet().containsAll(Set.of("gradients-write", "gradients-method")));
    assertTrue(
        tips.said()
            .keySet()
            .containsAll(Set.of("crash-copy", "engine-again", "import-weights", "import-strides")));
    assertTrue(tips.said().keySet().containsAll(Set.of("import-mean", "import-trust")));
  }

  private void drop(FxRobot robot, String name, byte[] bytes, ImportViewModel.Stage then)
      throws IOException {
    Path file = Files.write(folder.resolve(name), bytes);
    assertTrue(FileDrag.dropOnto(window, file));
    waitFor(
        "the import's " + then, PATIENCE, () -> window.importing().stageProperty().get() == then);
    look(robot, "import of " + name);
    robot.interact(() -> window.importing().dismiss());
  }

  private static Crash crash() {
    return new Crash(1, "1999-01-01T00:00:00Z", folder.toString());
  }
}
