package org.pagexplorer.ui.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.pagexplorer.ui.support.Waiting.waitFor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import javafx.scene.Parent;
import javafx.scene.Scene;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.TextArea;
import javafx.scene.control.TextField;
import javafx.scene.input.Clipboard;
import javafx.scene.layout.Pane;
import javafx.stage.Stage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pagexplorer.checkpoint.Checkpoint;
import org.pagexplorer.checkpoint.CheckpointFiles;
import org.pagexplorer.checkpoint.Dtype;
import org.pagexplorer.cli.PagCommand;
import org.pagexplorer.domain.Architecture;
import org.pagexplorer.domain.Cards;
import org.pagexplorer.domain.InputShape;
import org.pagexplorer.domain.Method;
import org.pagexplorer.engine.Initialization;
import org.pagexplorer.lab.model.EngineLane;
import org.pagexplorer.lab.runs.RunQueue;
import org.pagexplorer.ui.support.Activity;
import org.pagexplorer.ui.support.AnsweringDialogs;
import org.pagexplorer.ui.support.BackgroundTask;
import org.pagexplorer.ui.support.CutTexts;
import org.pagexplorer.ui.support.EveryButton;
import org.pagexplorer.ui.support.EveryControl;
import org.pagexplorer.ui.support.FxTest;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.Start;

/** Gradients from the window: as the command writes them, listed, and stopped at once. */
@FxTest
class WriteGradientsTest {
  private static final List<String> CLASSES =
      List.of(
          "airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck");

  @TempDir Path folder;

  private final EngineLane lane = new EngineLane("cpu");
  private final AnsweringDialogs dialogs = new AnsweringDialogs();
  private final AtomicReference<String> said = new AtomicReference<>("");
  private TrainingViewModel model;

  @Start
  void start(Stage stage) {
    model = new TrainingViewModel(lane, new RunQueue(folder), said::set, file -> {}, gone -> {});
    stage.setScene(new Scene(new RunForm(model, dialogs), 420, 900));
    stage.show();
  }

  @AfterEach
  void close(FxRobot robot) {
    robot.interact(model::close);
    lane.close();
  }

  private Path images(int count) throws IOException {
    Path images = Files.createDirectories(folder.resolve("images"));
    Random random = new Random(3);
    for (String name : List.of("data_batch_1.bin", "test_batch.bin")) {
      byte[] bytes = new byte[count * 3073];
      random.nextBytes(bytes);
      for (int i = 0; i < count; i++) {
        bytes[i * 3073] = (byte) (i % 10);
      }
      Files.write(images.resolve(name), bytes);
    }
    return images;
  }

  private Path teacher() {
    Architecture architecture = Architecture.resNet18(2, InputShape.CIFAR, CLASSES.size());
    Path file = folder.resolve("teacher.safetensors");
    CheckpointFiles.write(
        file,
        new Checkpoint(
            Cards.of("Teacher", architecture, CLASSES), Initialization.of(architecture, 1)),
        Dtype.F32);
    return file;
  }

  private static void type(FxRobot robot, String id, Object text) {
    robot.interact(() -> robot.lookup(id).queryAs(TextField.class).setText(text.toString()));
  }

  private static <T> void choose(FxRobot robot, String id, T value) {
    @SuppressWarnings("unchecked")
    ComboBox<T> box = robot.lookup(id).queryAs(ComboBox.class);
    robot.interact(() -> box.setValue(value));
  }

  private static void open(FxRobot robot) {
    robot.interact(() -> robot.lookup("#run-write-gradients").queryButton().fire());
  }

  private static String text(FxRobot robot, String id) {
    return robot.lookup(id).queryAs(Label.class).getText();
  }

  private static String command(FxRobot robot) {
    return robot.lookup("#gradients-command").queryAs(TextArea.class).getText();
  }

  private static void waitForVerdict(FxRobot robot, String words) {
    waitFor(words, () -> text(robot, "#gradients-verdict").contains(words));
  }

  private static void write(FxRobot robot) {
    Button write = robot.lookup("#gradients-write").queryButton();
    waitFor("the dialog's approval", () -> !write.isDisabled());
    robot.interact(write::fire);
  }

  /** What the dialog's command writes, when it is run with another file. */
  private byte[] byCommand(String command) throws IOException {
    List<String> words =
        new ArrayList<>(Arrays.asList(command.substring("pag ".length()).split(" ")));
    String name = words.getLast();
    Path other = folder.resolve("command" + name.substring(name.lastIndexOf('.')));
    words.set(words.size() - 1, other.toString());
    assertEquals(0, PagCommand.run(words.toArray(String[]::new)), command);
    return Files.readAllBytes(other);
  }

  @Test
  void whatIsWrittenIsWhatTheShownCommandWrites(FxRobot robot) throws IOException {
    type(robot, "#run-dataset", images(40));
    choose(robot, "#run-method", Method.CLUSTER_MEAN);
    type(robot, "#run-clusters", 2);
    type(robot, "#run-limit", 20);
    open(robot);
    waitForVerdict(robot, "Choose the file to write");
    type(robot, "#gradients-file", folder.resolve("no/such/g.npy"));
    waitForVerdict(robot, "does not exist or cannot be written; choose another file.");
    List<String> cut = new ArrayList<>();
    robot.interact(() -> cut.addAll(CutTexts.in(pane(robot))));
    assertEquals(List.of(), cut);
    type(robot, "#gradients-file", folder.resolve("g.npy"));
    waitForVerdict(robot, "cannot say of which images it is");
    Path file = folder.resolve("g.safetensors");
    type(robot, "#gradients-file", file);
    waitForVerdict(robot, "20 × 10 × 3 × 32 × 32 numbers, 2.5 MB");
    String command = command(robot);
    assertTrue(command.contains("--method cluster-mean") && command.contains("--clusters 2"));
    write(robot);
    waitFor(
        "what is said",
        () -> said.get().equals("Wrote " + file + ": 20 × 10 × 3 × 32 × 32 numbers."));
    assertArrayEquals(byCommand(command), Files.readAllBytes(file));
    choose(robot, "#run-method", Method.FROM_FILE);
    assertEquals(
        file.toString(), robot.lookup("#run-gradients").queryAs(TextField.class).getText());
  }

  @Test
  void aTeachersGradientsOfTestImagesInFloat16(FxRobot robot) throws IOException {
    type(robot, "#run-dataset", images(20));
    type(robot, "#run-threads", 1);
    open(robot);
    choose(robot, "#gradients-method", Method.RIGD);
    type(robot, "#gradients-file", folder.resolve("rigd.npy"));
    waitForVerdict(robot, "Choose the teacher's checkpoint.");
    type(robot, "#gradients-from", teacher());
    choose(robot, "#gradients-images", "test images");
    robot.interact(() -> robot.lookup("#gradients-float16").queryAs(CheckBox.class).fire());
    waitForVerdict(robot, "20 × 10 × 3 × 32 × 32 numbers, 1.2 MB");
    String command = command(robot);
    assertTrue(command.contains("--split test --float16"), command);
    write(robot);
    waitFor("what is said", () -> said.get().startsWith("Wrote "));
    assertArrayEquals(byCommand(command), Files.readAllBytes(folder.resolve("rigd.npy")));
  }

  @Test
  void stoppedItLeavesTheListAtOnceAndAFormerFileAsItWas(FxRobot robot) throws IOException {
    type(robot, "#run-dataset", images(2000));
    Path file = Files.writeString(folder.resolve("g.npy"), "before");
    open(robot);
    choose(robot, "#gradients-method", Method.RIGD);
    type(robot, "#gradients-from", teacher());
    type(robot, "#gradients-file", file);
    write(robot);
    waitFor("progress", () -> writing().filter(each -> each.progress() > 0).isPresent());
    Activity now = onFx(robot).orElseThrow();
    assertEquals("Gradients of RIGD into g.npy", now.name());
    assertTrue(now.state().endsWith(" of 2,000 images"), now.state());
    assertTrue(now.secondsLeft() > 0, "the time left");
    robot.interact(now.stop());
    assertTrue(onFx(robot).isEmpty(), "it is no longer listed");
    waitFor("what was begun to go", () -> files().equals(Set.of("g.npy", "teacher.safetensors")));
    assertEquals("before", Files.readString(file));
    assertEquals("", said.get());
  }

  private Set<String> files() throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      return Set.copyOf(
          all.filter(Files::isRegularFile).map(each -> each.getFileName().toString()).toList());
    }
  }

  private static Optional<Activity> writing() {
    return BackgroundTask.underWay().stream().findFirst();
  }

  private static Optional<Activity> onFx(FxRobot robot) {
    AtomicReference<Optional<Activity>> found = new AtomicReference<>(Optional.empty());
    robot.interact(() -> found.set(writing()));
    return found.get();
  }

  @Test
  void everyControlChangesTheCommandAndEveryButtonDoesWhatItIsFor(FxRobot robot)
      throws IOException {
    type(robot, "#run-dataset", images(20));
    open(robot);
    choose(robot, "#gradients-method", Method.RIGD);
    Set<String> names =
        EveryControl.isFollowed(robot, () -> pane(robot), () -> command(robot), "gradients-method");
    assertEquals(
        Set.of("gradients-from", "gradients-images", "gradients-file", "gradients-float16"), names);
    EveryButton buttons = new EveryButton(robot, () -> pane(robot));
    TextField from = robot.lookup("#gradients-from").queryAs(TextField.class);
    TextField file = robot.lookup("#gradients-file").queryAs(TextField.class);
    dialogs.opened = List.of(teacher());
    buttons.press("gradients-choose-from", () -> from.getText().endsWith("teacher.safetensors"));
    dialogs.saved = Optional.of(folder.resolve("g.npy"));
    buttons.press("gradients-choose-file", () -> file.getText().endsWith("g.npy"));
    String command = command(robot);
    buttons.press(
        "gradients-copy-command", () -> command.equals(Clipboard.getSystemClipboard().getString()));
    buttons.press("gradients-write", () -> said.get().startsWith("Wrote "));
    assertFalse(robot.lookup("#gradients-file").tryQuery().isPresent(), "it is closed");
    open(robot);
    buttons.press("Cancel", () -> robot.lookup("#gradients-file").tryQuery().isEmpty());
    buttons.wereAllPressed();
  }

  private static Parent pane(FxRobot robot) {
    return robot.lookup(".dialog-pane").tryQueryAs(Parent.class).orElseGet(Pane::new);
  }
}
