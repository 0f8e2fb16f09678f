package org.pagexplorer.ui.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.pagexplorer.ui.support.Waiting.waitFor;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import javafx.event.ActionEvent;
import javafx.scene.Parent;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.ListView;
import javafx.scene.control.TextField;
import javafx.stage.Stage;
import org.junit.jupiter.api.Test;
import org.pagexplorer.checkpoint.CheckpointFiles;
import org.pagexplorer.checkpoint.pytorch.Pickle;
import org.pagexplorer.checkpoint.pytorch.TorchSave;
import org.pagexplorer.dataset.ImageNet;
import org.pagexplorer.domain.Architecture;
import org.pagexplorer.domain.Family;
import org.pagexplorer.domain.InputShape;
import org.pagexplorer.domain.ModelCard;
import org.pagexplorer.domain.Normalization;
import org.pagexplorer.domain.Tensor;
import org.pagexplorer.domain.UsualNormalization;
import org.pagexplorer.engine.Initialization;
import org.pagexplorer.lab.Home;
import org.pagexplorer.ui.importing.ImportViewModel;
import org.pagexplorer.ui.support.EveryButton;
import org.pagexplorer.ui.support.FileDrag;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.Start;

/** A PyTorch user's own model, from the file manager to the grid. */
class ImportingTest extends WindowFixture {
  private static final Architecture NETWORK = Architecture.resNet18(4, InputShape.CIFAR, 10);

  @Start
  void start(Stage stage) {
    open(stage, 3);
  }

  private static SequencedMap<String, Tensor> dataParallel() {
    SequencedMap<String, Tensor> tensors = new LinkedHashMap<>();
    Initialization.of(NETWORK, 7).forEach((name, t) -> tensors.put("module." + name, t));
    return tensors;
  }

  private void drop(String name, byte... bytes) throws IOException {
    Path file = Files.write(folder.resolve(name), bytes);
    assertTrue(FileDrag.dropOnto(window, file));
  }

  private void waitForStage(ImportViewModel.Stage stage) {
    waitFor(
        "the import's " + stage, PATIENCE, () -> window.importing().stageProperty().get() == stage);
  }

  private static ListView<?> readings(FxRobot robot) {
    return robot.lookup("#import-readings").queryListView();
  }

  @Test
  void aDroppedStateDictAsksForItsNormalizationAndIsAttacked(FxRobot robot) throws IOException {
    waitFor("the samples", PATIENCE, () -> !explore.rows().images().isEmpty());
    drop("own.pt", TorchSave.zip(List.of("state_dict"), dataParallel()));
    waitForStage(ImportViewModel.Stage.ANSWERS);
    assertTrue(robot.lookup("#import-network").queryAs(Label.class).getText().contains("width 4"));
    Button confirm = robot.lookup("#import-confirm").queryButton();
    assertTrue(confirm.isDisabled());
    assertEquals(UsualNormalization.ids(3).size(), readings(robot).getItems().size());
    waitFor(
        "all accuracies",
        PATIENCE,
        () ->
            readings(robot).getItems().stream()
                .noneMatch(r -> r.toString().contains("Optional.empty")));
    robot.interact(() -> readings(robot).getSelectionModel().select(1));
    assertFalse(confirm.isDisabled());
    assertOneStandsOutAtMost(robot);
    robot.clickOn(confirm);
    waitForStage(ImportViewModel.Stage.CLOSED);
    waitFor(
        "the model",
        PATIENCE,
        () -> window.shelf().chosen().orElseThrow().card().name().equals("own"));
    waitFor(
        "its grid",
        PATIENCE,
        () -> explore.lastResult(0).isPresent() && !explore.busyProperty().get());
    assertTrue(explore.lastResult(0).orElseThrow().l2() > 0);
    ModelCard card =
        CheckpointFiles.readCard(Home.user().resolve("models").resolve("own.safetensors"));
    assertEquals(Normalization.CIFAR10, card.normalization());
    assertEquals(TinyHome.CLASSES, card.classes());
    assertEquals(Initialization.of(NETWORK, 7), read("own").tensors());
  }

  /** An untrained network does about equally well under each. */
  private static void assertOneStandsOutAtMost(FxRobot robot) {
    Set<Label> numbers = robot.lookup("#import-readings .numbers").queryAllAs(Label.class);
    assertTrue(numbers.size() > 4, "rows");
    assertTrue(numbers.stream().filter(l -> l.getStyle().contains("bold")).count() <= 1);
    String question = robot.lookup("#import-question").queryAs(Label.class).getText();
    assertTrue(question.matches(".* \\d fit about equally well; .*"), question);
  }

  @Test
  void ofSeveralSetsOfWeightsAnotherIsChosen(FxRobot robot) throws IOException {
    SequencedMap<String, Tensor> both = new LinkedHashMap<>();
    Initialization.of(NETWORK, 7).forEach((name, t) -> both.put("student." + name, t));
    Initialization.of(NETWORK, 8).forEach((name, t) -> both.put("teacher." + name, t));
    drop("two.pt", TorchSave.zip(both));
    waitForStage(ImportViewModel.Stage.ANSWERS);
    ComboBox<?> first = robot.lookup("#import-weights").queryComboBox();
    assertEquals(List.of("student", "teacher"), first.getItems());
    assertEquals("student", first.getValue());
    robot.interact(() -> first.getSelectionModel().select(1));
    waitFor(
        "the other weights",
        PATIENCE,
        () ->
            window.importing().stageProperty().get() == ImportViewModel.Stage.ANSWERS
                && robot.lookup("#import-weights").queryComboBox() != first);
    robot.interact(() -> readings(robot).getSelectionModel().select(0));
    robot.clickOn("#import-confirm");
    waitForStage(ImportViewModel.Stage.CLOSED);
    assertEquals(Initialization.of(NETWORK, 8), read("two").tensors());
    assertEquals("teacher", read("two").card().training().get("weights"));
  }

  @Test
  void torchvisionsThousandClassesAreTakenForImageNets(FxRobot robot) throws IOException {
    Architecture network =
        new Architecture(Family.TORCHVISION_RESNET18, 1, new InputShape(3, 224, 224), 1000);
    drop("resnet18.pth", TorchSave.zip(Initialization.of(network, 1)));
    waitForStage(ImportViewModel.Stage.ANSWERS);
    assertFalse(robot.lookup("#import-confirm").queryButton().isDisabled());
    assertEquals(
        UsualNormalization.IMAGENET.ordinal(),
        readings(robot).getSelectionModel().getSelectedIndex());
    robot.clickOn("#import-confirm");
    waitForStage(ImportViewModel.Stage.CLOSED);
    assertEquals(ImageNet.CLASSES, read("resnet18").card().classes());
    assertEquals(
        UsualNormalization.IMAGENET.of(3).orElseThrow(), read("resnet18").card().normalization());
  }

  @Test
  void aSmallCnnsStridesAreAskedAndMayBeTyped(FxRobot robot) throws IOException {
    Architecture cnn =
        new Architecture(Family.of("cnn-c4k5s1p0m2-c8k5s1p0m2-l20"), 1, InputShape.CIFAR, 10);
    drop("cnn.pt", TorchSave.zip(Initialization.of(cnn, 5)));
    waitForStage(ImportViewModel.Stage.ANSWERS);
    int normalizations = UsualNormalization.ids(3).size();
    assertEquals(2 * normalizations, readings(robot).getItems().size());
    TextField strides = robot.lookup("#import-strides").queryAs(TextField.class);
    assertEquals("1,1", strides.getPromptText());
    enter(robot, strides, "7");
    Label problem = robot.lookup("#import-not-written").queryAs(Label.class);
    assertTrue(problem.getText().contains("specify others"), problem.getText());
    assertEquals(2 * normalizations, readings(robot).getItems().size());
    enter(robot, strides, "2,2");
    assertEquals("", problem.getText());
    assertEquals(normalizations, readings(robot).getItems().size());
    assertTrue(
        readings(robot).getItems().toString().contains("cnn-c4k5s2p0-c8k5s2p0-l20"),
        readings(robot).getItems().toString());
    robot.interact(() -> robot.lookup("#import-cancel").queryButton().fire());
    waitForStage(ImportViewModel.Stage.CLOSED);
  }

  @Test
  void aMeanAndStdOfTheUsersOwnAreTypedAsTheFieldWritesThem(FxRobot robot) throws IOException {
    waitFor("the samples", PATIENCE, () -> !explore.rows().images().isEmpty());
    drop("mean.pt", TorchSave.zip(List.of("state_dict"), dataParallel()));
    waitForStage(ImportViewModel.Stage.ANSWERS);
    int usual = UsualNormalization.ids(3).size();
    TextField mean = robot.lookup("#import-mean").queryAs(TextField.class);
    TextField std = robot.lookup("#import-std").queryAs(TextField.class);
    Label problem = robot.lookup("#import-not-written").queryAs(Label.class);
    enter(robot, mean, "0.5, 0.5");
    assertEquals("", problem.getText(), "the std is still to come");
    enter(robot, std, "0.25, 0.25");
    assertTrue(problem.getText().contains("3 channels"), problem.getText());
    enter(robot, mean, "127 0.5 0.5");
    enter(robot, std, "a 0.25 0.25");
    assertEquals(
        "\"a\" is not a number: write one per channel, as 0.49 or 125/255.", problem.getText());
    assertEquals(usual, readings(robot).getItems().size(), "nothing was taken yet");
    enter(robot, mean, "127.5, 102, 51");
    enter(robot, std, "[51, 51, 25.5]");
    assertEquals(
        "They are of pixels in 0 to 255, so they were divided by 255: 0.5000,0.4000,0.2000 and"
            + " 0.2000,0.2000,0.1000.",
        problem.getText());
    enter(robot, std, "51/255 51/255 51/255");
    assertTrue(problem.getText().contains("neither of pixels in [0, 1] nor"), problem.getText());
    enter(robot, mean, "(51/255, 0.4, 2e-1)");
    assertEquals("", problem.getText());
    assertEquals(usual + 1, readings(robot).getItems().size(), "the last one counts");
    assertEquals(usual, readings(robot).getSelectionModel().getSelectedIndex());
    waitFor(
        "its accuracy",
        PATIENCE,
        () -> !readings(robot).getItems().get(usual).toString().contains("Optional.empty"));
    robot.clickOn("#import-confirm");
    waitForStage(ImportViewModel.Stage.CLOSED);
    assertEquals(
        new Normalization(List.of(0.2, 0.4, 0.2), List.of(0.2, 0.2, 0.2)),
        read("mean").card().normalization());
  }

  private static void enter(FxRobot robot, TextField field, String text) {
    robot.interact(
        () -> {
          field.setText(text);
          field.fireEvent(new ActionEvent());
        });
  }

  private static org.pagexplorer.checkpoint.Checkpoint read(String name) {
    return CheckpointFiles.read(Home.user().resolve("models").resolve(name + ".safetensors"));
  }

  @Test
  void aPickleThatWouldRunSomethingIsRefusedByName(FxRobot robot) throws IOException {
    byte[] pickle = new Pickle().global("os", "system").op('(').text("true").op('t').op('R').end();
    drop("evil.pth", TorchSave.zip(pickle, List.of()));
    waitForStage(ImportViewModel.Stage.REFUSED);
    String problem = robot.lookup("#import-problem").queryAs(Label.class).getText();
    assertTrue(problem.contains("\"os.system\""), problem);
    robot.clickOn("#import-cancel");
    waitForStage(ImportViewModel.Stage.CLOSED);
    assertTrue(window.shelf().models().stream().noneMatch(m -> m.card().name().equals("evil")));
  }

  @Test
  void aProgramIsNotRunUnasked(FxRobot robot) throws IOException {
    SequencedMap<String, byte[]> entries = new LinkedHashMap<>();
    entries.put("p/data.pkl", TorchSave.pickle(Map.of()));
    entries.put("p/code/__torch__.py", "nothing".getBytes(StandardCharsets.UTF_8));
    drop("program.pt", TorchSave.zip(entries, java.util.zip.ZipEntry.STORED));
    waitForStage(ImportViewModel.Stage.TRUST);
    robot.clickOn("#import-trust");
    // PyTorch itself now finds that it is none.
    waitForStage(ImportViewModel.Stage.REFUSED);
    String problem = robot.lookup("#import-problem").queryAs(Label.class).getText();
    assertTrue(problem.contains("cannot be loaded by PyTorch"), problem);
    robot.clickOn("#import-cancel");
  }

  /** A program of three classes that leaves a file wherever it runs. */
  private static byte[] program(Path mark) {
    return TorchSave.program(
        """
        class Net(Module):
          __parameters__ = []
          __buffers__ = []
          training : bool
          def forward(self: __torch__.Net, x: Tensor) -> Tensor:
            mark = torch.from_file("%s", True, 3)
            return torch.add(torch.mean(x, [2, 3]), torch.mul(torch.sum(mark), 0))
        """
            .formatted(mark));
  }

  private Path useAnotherUser(String name) throws IOException {
    Path user = Files.createDirectories(folder.resolve(name));
    System.setProperty("pag.user", user.toString());
    return user.resolve("trusted-programs.txt");
  }

  private void importProgram(FxRobot robot, String name, Path mark) throws IOException {
    drop(name, program(mark));
    waitForStage(ImportViewModel.Stage.TRUST);
    robot.clickOn("#import-trust");
    waitForStage(ImportViewModel.Stage.ANSWERS);
    robot.interact(() -> readings(robot).getSelectionModel().select(1));
  }

  @Test
  void aCancelledProgramIsNeitherRunNorTrusted(FxRobot robot) throws IOException {
    Path trusted = useAnotherUser("canceller");
    Path cancelledMark = folder.resolve("cancelled.mark");
    Path mark = folder.resolve("run.mark");
    CountDownLatch hold = new CountDownLatch(1);
    var _ =
        lane.submit(
            l -> {
              hold.await();
              return "";
            });
    drop("cancelled.pt", program(cancelledMark));
    waitForStage(ImportViewModel.Stage.TRUST);
    robot.clickOn("#import-trust");
    waitForStage(ImportViewModel.Stage.READING);
    robot.clickOn("#import-cancel");
    hold.countDown();
    // Another takes the same way behind it, and arrives.
    importProgram(robot, "other.pt", mark);
    assertTrue(Files.exists(mark), "a program that runs leaves its mark");
    assertFalse(Files.exists(cancelledMark), "the canceled one did not run");
    robot.clickOn("#import-cancel");
    assertFalse(Files.exists(trusted));
  }

  @Test
  void cancelledWhileItIsWrittenItIsNotTrusted(FxRobot robot) throws IOException {
    Path trusted = useAnotherUser("regretter");
    Path models = Home.user().resolve("models");
    importProgram(robot, "regretted.pt", folder.resolve("regretted.mark"));
    robot.interact(
        () -> {
          window.importing().confirm();
          window.importing().dismiss();
        });
    importProgram(robot, "kept.pt", folder.resolve("kept.mark"));
    robot.clickOn("#import-confirm");
    waitForStage(ImportViewModel.Stage.CLOSED);
    waitFor(
        "the model",
        PATIENCE,
        () -> window.shelf().chosen().orElseThrow().card().name().equals("kept"));
    waitFor("the rest to go", () -> !Files.exists(models.resolve("regretted.torchscript")));
    Path kept = models.resolve("kept.torchscript");
    assertEquals(List.of(CheckpointFiles.sha256(kept)), Files.readAllLines(trusted));

    // One of ours, where nobody has trusted it yet.
    Path elsewhere = useAnotherUser("elsewhere");
    drop("again.torchscript", Files.readAllBytes(kept));
    waitForStage(ImportViewModel.Stage.TRUST);
    robot.interact(
        () -> {
          window.importing().trust(32);
          window.importing().dismiss();
        });
    importProgram(robot, "later.pt", folder.resolve("later.mark"));
    robot.clickOn("#import-cancel");
    assertFalse(Files.exists(elsewhere), "what was canceled is not trusted");
    drop("again.torchscript", Files.readAllBytes(kept));
    waitForStage(ImportViewModel.Stage.TRUST);
    robot.clickOn("#import-trust");
    waitForStage(ImportViewModel.Stage.CLOSED);
    waitFor("the trust", () -> Files.exists(elsewhere));
    assertEquals(List.of(CheckpointFiles.sha256(kept)), Files.readAllLines(elsewhere));
  }

  @Test
  void whatCannotBeWrittenIsSaidAndTheAnswersStay(FxRobot robot) throws IOException {
    Path user = Files.createDirectories(folder.resolve("full"));
    Files.writeString(user.resolve("models"), "where a folder should be");
    System.setProperty("pag.user", user.toString());
    drop("mine.pt", TorchSave.zip(List.of("state_dict"), dataParallel()));
    waitForStage(ImportViewModel.Stage.ANSWERS);
    robot.interact(() -> readings(robot).getSelectionModel().select(1));
    robot.clickOn("#import-confirm");
    waitFor(
        "the sentence",
        PATIENCE,
        () ->
            robot.lookup("#import-not-written").queryAll().stream()
                .anyMatch(label -> label.isVisible() && !((Label) label).getText().isEmpty()));
    assertEquals(1, readings(robot).getSelectionModel().getSelectedIndex());
    robot.clickOn("#import-cancel");
  }

  @Test
  void ofSeveralFilesOneIsAskedAboutAfterTheOther(FxRobot robot) throws IOException {
    byte[] own = TorchSave.zip(List.of("state_dict"), dataParallel());
    Path first = Files.write(folder.resolve("first.pt"), own);
    Path second = Files.write(folder.resolve("second.pt"), own);
    assertTrue(FileDrag.dropOnto(window, first, second));
    Set<String> asked = new HashSet<>();
    for (int i = 0; i < 2; i++) {
      waitForStage(ImportViewModel.Stage.ANSWERS);
      asked.add(robot.lookup(".import-title").queryAs(Label.class).getText());
      robot.clickOn("#import-cancel");
    }
    waitForStage(ImportViewModel.Stage.CLOSED);
    assertEquals(Set.of("first.pt", "second.pt"), asked);
  }

  @Test
  void cancellingLeavesNothing(FxRobot robot) throws IOException {
    drop("other.ckpt", TorchSave.legacy(dataParallel()));
    waitForStage(ImportViewModel.Stage.ANSWERS);
    robot.clickOn("#import-cancel");
    waitForStage(ImportViewModel.Stage.CLOSED);
    assertFalse(Files.exists(Home.user().resolve("models").resolve("other.safetensors")));
  }

  /** At each of its questions: the one that leaves it, then the one that goes on. */
  @Test
  void everyButtonDoesWhatItIsForAfterACollection(FxRobot robot) throws IOException {
    useAnotherUser("presser");
    EveryButton buttons =
        new EveryButton(robot, () -> robot.lookup("#import").queryAs(Parent.class));
    byte[] program = program(folder.resolve("pressed.mark"));
    drop("refused.pth", new byte[20]);
    buttons.press("import-cancel", () -> isAt(ImportViewModel.Stage.CLOSED));
    drop("pressed.pt", program);
    waitForStage(ImportViewModel.Stage.TRUST);
    buttons.press("import-cancel", () -> isAt(ImportViewModel.Stage.CLOSED));
    drop("pressed.pt", program);
    buttons.press("import-trust", () -> isAt(ImportViewModel.Stage.ANSWERS));
    buttons.press("import-cancel", () -> isAt(ImportViewModel.Stage.CLOSED));
    drop("pressed.pt", program);
    buttons.press("import-trust", () -> isAt(ImportViewModel.Stage.ANSWERS));
    robot.interact(() -> readings(robot).getSelectionModel().select(1));
    buttons.press("import-confirm", () -> isAt(ImportViewModel.Stage.CLOSED));
    assertTrue(Files.exists(Home.user().resolve("models").resolve("pressed.torchscript")));
    buttons.wereAllPressed();
  }

  private boolean isAt(ImportViewModel.Stage stage) {
    return window.importing().stageProperty().get() == stage;
  }
}
