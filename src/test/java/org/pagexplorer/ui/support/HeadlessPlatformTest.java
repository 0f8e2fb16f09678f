package org.pagexplorer.ui.support;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.pagexplorer.ui.support.Waiting.waitFor;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import javafx.application.Platform;
import javafx.geometry.VerticalDirection;
import javafx.scene.Cursor;
import javafx.scene.Group;
import javafx.scene.ImageCursor;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.Alert;
import javafx.scene.control.Button;
import javafx.scene.control.ButtonType;
import javafx.scene.control.ComboBox;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.Label;
import javafx.scene.control.MenuItem;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.Slider;
import javafx.scene.control.TextField;
import javafx.scene.control.Tooltip;
import javafx.scene.image.Image;
import javafx.scene.image.WritableImage;
import javafx.scene.input.Clipboard;
import javafx.scene.input.ClipboardContent;
import javafx.scene.input.DragEvent;
import javafx.scene.input.KeyCharacterCombination;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCombination;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import javafx.scene.input.ScrollEvent;
import javafx.scene.input.TransferMode;
import javafx.scene.layout.Pane;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.scene.paint.Color;
import javafx.scene.shape.Rectangle;
import javafx.stage.Screen;
import javafx.stage.Stage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.Start;

/**
 * Each gap of JavaFX's Headless platform that the test platform fills, and what it must not break.
 */
@FxTest
class HeadlessPlatformTest {
  private static final int LEFT = 300;
  private static final int TOP = 200;

  private final VBox root = new VBox(10);
  private Stage stage;

  @Start
  void show(Stage given) {
    stage = given;
    stage.setScene(new Scene(root, 600, 400));
    stage.setX(LEFT);
    stage.setY(TOP);
    stage.show();
  }

  private <T extends Node> T add(FxRobot robot, T node) {
    robot.interact(() -> root.getChildren().add(node));
    return node;
  }

  // --- The screen ---

  @Test
  void screenIsLargerThanTheBuiltInOne() {
    assertEquals(1600, Screen.getPrimary().getBounds().getWidth());
    assertEquals(1000, Screen.getPrimary().getBounds().getHeight());
  }

  @Test
  void windowOverEachEdgeOfTheScreenIsClipped(FxRobot robot) {
    Button button = add(robot, new Button("still here"));
    for (int[] place : new int[][] {{-250, -150}, {1400, 800}, {5000, 5000}, {-5000, -5000}}) {
      robot.interact(
          () -> {
            stage.setX(place[0]);
            stage.setY(place[1]);
            button.setText("at " + place[0]);
          });
      waitForPulse(robot);
    }
    robot.interact(stage::centerOnScreen);
    assertClickable(robot, button);
  }

  @Test
  void windowLargerThanTheScreenIsClipped(FxRobot robot) {
    Button button = add(robot, new Button("still here"));
    robot.interact(
        () -> {
          stage.setX(-50);
          stage.setY(0);
          stage.setWidth(3000);
          stage.setHeight(2000);
          root.setTranslateX(100);
        });
    waitForPulse(robot);
    assertClickable(robot, button);
  }

  @Test
  void pixelsAreReadWhereTheyAreSeen(FxRobot robot) {
    Rectangle rectangle = add(robot, new Rectangle(200, 100, Color.RED));
    waitForPulse(robot);
    assertEquals(Color.RED, robot.capture(rectangle).getImage().getPixelReader().getColor(100, 50));
  }

  @Test
  void cursorMadeOfAPictureCanBeSet(FxRobot robot) {
    Cursor cursor = new ImageCursor(new WritableImage(16, 16));
    Region region = add(robot, sized(new Region(), 100, 100));
    robot.interact(() -> region.setCursor(cursor));
    robot.moveTo(region);
    robot.interact(() -> region.setCursor(Cursor.NONE));
    robot.moveBy(5, 5);
    assertTrue(region.isHover());
  }

  // --- The mouse and the keys ---

  @Test
  void clickPressesAButton(FxRobot robot) {
    assertClickable(robot, add(robot, new Button("click me")));
  }

  @Test
  void doubleClickCountsToTwo(FxRobot robot) {
    List<Integer> counts = new ArrayList<>();
    Region region = add(robot, sized(new Region(), 100, 100));
    region.setOnMouseClicked(event -> counts.add(event.getClickCount()));
    robot.doubleClickOn(region);
    assertEquals(List.of(1, 2), counts);
  }

  @Test
  void pressOnTheBareScreenDoesNothing(FxRobot robot) {
    robot.moveTo(10, 10).press(MouseButton.PRIMARY).release(MouseButton.PRIMARY);
    assertClickable(robot, add(robot, new Button("click me")));
  }

  @Test
  void typingFillsATextField(FxRobot robot) {
    TextField field = add(robot, new TextField());
    robot.clickOn(field).write("0.25").type(KeyCode.A, KeyCode.BACK_SPACE).type(KeyCode.DIGIT5);
    assertEquals("0.255", field.getText());
  }

  @Test
  void keysCarryTheirModifiers(FxRobot robot) {
    TextField field = add(robot, new TextField("abc"));
    robot.clickOn(field).push(KeyCode.CONTROL, KeyCode.A);
    assertEquals("abc", field.getSelectedText());
    robot.push(KeyCode.SHIFT, KeyCode.X);
    assertEquals("X", field.getText());
  }

  @Test
  void mouseEventsCarryTheKeysAndButtonsHeld(FxRobot robot) {
    List<MouseEvent> events = new ArrayList<>();
    Region region = add(robot, sized(new Region(), 100, 100));
    region.addEventHandler(MouseEvent.MOUSE_PRESSED, events::add);
    region.addEventHandler(MouseEvent.MOUSE_RELEASED, events::add);
    robot.moveTo(region).press(KeyCode.SHIFT, KeyCode.CONTROL);
    robot.press(MouseButton.PRIMARY).press(MouseButton.SECONDARY);
    robot.release(MouseButton.SECONDARY).release(MouseButton.PRIMARY);
    robot.release(KeyCode.SHIFT, KeyCode.CONTROL);

    assertTrue(events.stream().allMatch(event -> event.isShiftDown() && event.isControlDown()));
    assertEquals(
        List.of(true, true, true, false),
        events.stream().map(MouseEvent::isPrimaryButtonDown).toList());
    assertEquals(
        List.of(false, true, false, false),
        events.stream().map(MouseEvent::isSecondaryButtonDown).toList());
  }

  @Test
  void dragFollowsThePointerOutOfTheWindow(FxRobot robot) {
    List<MouseEvent> events = new ArrayList<>();
    Region region = add(robot, sized(new Region(), 100, 100));
    region.setOnMouseDragged(events::add);
    region.setOnMouseReleased(events::add);
    robot.drag(region).moveTo(LEFT + 1000, TOP - 100).drop();
    assertEquals(MouseEvent.MOUSE_RELEASED, events.getLast().getEventType());
    assertEquals(LEFT + 1000, events.getLast().getScreenX(), 1);
    assertFalse(region.isPressed());
    assertFalse(region.isHover());
  }

  @Test
  void sliderFollowsTheDragOfItsThumb(FxRobot robot) {
    Slider slider = add(robot, sized(new Slider(0, 10, 0), 400, 30));
    waitForPulse(robot);
    robot.drag(slider.lookup(".thumb")).moveBy(1000, 0).drop();
    assertEquals(10, slider.getValue());
  }

  @Test
  void scrollComesToThePointerAndNotToTheWindowsCorner(FxRobot robot) {
    List<ScrollEvent> events = new ArrayList<>();
    add(robot, sized(new Region(), 100, 200));
    Region lower = add(robot, sized(new Region(), 100, 100));
    lower.setOnScroll(events::add);
    robot.moveTo(lower).press(KeyCode.CONTROL);
    robot.scroll(1, VerticalDirection.DOWN);
    robot.release(KeyCode.CONTROL);
    assertEquals(1, events.size());
    ScrollEvent event = events.getFirst();
    assertEquals(50, event.getY(), 1);
    assertEquals(TOP + event.getSceneY() + stage.getScene().getY(), event.getScreenY(), 1);
    assertTrue(event.isControlDown());
  }

  @Test
  void wheelScrollsAScrollPane(FxRobot robot) {
    ScrollPane pane = new ScrollPane(sized(new Region(), 100, 2000));
    add(robot, sized(pane, 150, 150));
    robot.moveTo(pane).scroll(3, VerticalDirection.DOWN);
    waitFor("the pane to scroll", () -> pane.getVvalue() > 0);
  }

  @Test
  void acceleratorOfACharacterWorks(FxRobot robot) {
    List<String> heard = new ArrayList<>();
    for (String character : List.of("+", "-", "s", "1", "?")) {
      robot.interact(
          () ->
              stage
                  .getScene()
                  .getAccelerators()
                  .put(
                      new KeyCharacterCombination(character, KeyCombination.CONTROL_DOWN),
                      () -> heard.add(character)));
    }
    robot.push(KeyCode.CONTROL, KeyCode.PLUS);
    robot.push(KeyCode.CONTROL, KeyCode.MINUS);
    robot.push(KeyCode.CONTROL, KeyCode.S);
    robot.push(KeyCode.CONTROL, KeyCode.DIGIT1);
    robot.push(KeyCode.CONTROL, KeyCode.SLASH);
    assertEquals(List.of("+", "-", "s", "1", "?"), heard);
  }

  // --- Popups and dialogs ---

  @Test
  void comboBoxOpensAndTakesAChoice(FxRobot robot) {
    ComboBox<String> combo = add(robot, new ComboBox<>());
    robot.interact(() -> combo.getItems().setAll("ℓ2", "ℓ∞"));
    robot.clickOn(combo).clickOn("ℓ∞");
    assertEquals("ℓ∞", combo.getValue());
    assertFalse(combo.isShowing());
    robot.clickOn(combo).type(KeyCode.UP).type(KeyCode.ENTER);
    assertEquals("ℓ2", combo.getValue());
  }

  @Test
  void contextMenuOpensOnTheRightButtonAndClosesOutside(FxRobot robot) {
    List<String> heard = new ArrayList<>();
    MenuItem copy = new MenuItem("Copy");
    copy.setOnAction(event -> heard.add("copy"));
    Label label = add(robot, sized(new Label("here"), 200, 50));
    Label elsewhere = add(robot, sized(new Label("elsewhere"), 200, 50));
    ContextMenu menu = new ContextMenu(copy);
    robot.interact(() -> label.setContextMenu(menu));
    robot.rightClickOn(label).clickOn("Copy");
    assertEquals(List.of("copy"), heard);
    robot.rightClickOn(label);
    assertTrue(menu.isShowing());
    robot.clickOn(elsewhere);
    assertFalse(menu.isShowing());
  }

  @Test
  void tooltipAppearsUnderThePointer(FxRobot robot) {
    Tooltip tooltip = new Tooltip("the radius of the ball");
    tooltip.setShowDelay(javafx.util.Duration.millis(50));
    Label label = add(robot, sized(new Label("ε"), 100, 50));
    robot.interact(() -> label.setTooltip(tooltip));
    robot.moveTo(label);
    waitFor("the tooltip", tooltip::isShowing);
    robot.moveTo(stage.getX() + 500, stage.getY() + 350);
    waitFor("the tooltip to go", () -> !tooltip.isShowing());
  }

  @Test
  void dialogTakesTheFocusBlocksItsOwnerAndGivesTheFocusBack(FxRobot robot) {
    List<String> pressed = new ArrayList<>();
    Button button = add(robot, new Button("behind"));
    button.setOnAction(event -> pressed.add("behind"));
    TextField field = add(robot, new TextField());
    robot.clickOn(field);
    Alert alert = openAlert(robot);

    assertFocused(alert);
    robot.moveTo(LEFT + 20, TOP + 20).clickOn(MouseButton.PRIMARY);
    assertEquals(List.of(), pressed);
    assertTrue(alert.isShowing());

    robot.type(KeyCode.ENTER);
    assertEquals(ButtonType.OK, alert.getResult());
    waitFor("the focus to come back", stage::isFocused);
    robot.type(KeyCode.DIGIT7);
    assertEquals("7", field.getText());
  }

  @Test
  void blockedWindowLeavesTheFocusToItsDialog(FxRobot robot) {
    Alert alert = openAlert(robot);
    robot.interact(stage::requestFocus);
    assertFocused(alert);
    robot.moveTo(LEFT + 5, TOP + 5).clickOn(MouseButton.PRIMARY);
    assertFocused(alert);
  }

  @Test
  void clickFocusesAnotherWindow(FxRobot robot) {
    Stage[] other = new Stage[1];
    robot.interact(
        () -> {
          other[0] = new Stage();
          other[0].setScene(new Scene(new Group(), 200, 150));
          other[0].setX(LEFT + 700);
          other[0].setY(TOP);
          other[0].show();
        });
    waitFor("the new window's focus", other[0]::isFocused);
    assertFalse(stage.isFocused());
    robot.clickOn(root);
    assertTrue(stage.isFocused());
    assertFalse(other[0].isFocused());
    robot.interact(() -> other[0].requestFocus());
    robot.interact(() -> other[0].close());
    waitFor("the focus to come back", stage::isFocused);
  }

  // --- Drag and drop, and the clipboard ---

  @Test
  void dragAndDropCarriesTextToItsTarget(FxRobot robot) {
    List<String> heard = new ArrayList<>();
    Label source = add(robot, sourceOf("airplane", heard));
    Label target = add(robot, targetOf(heard));
    robot.drag(source).dropTo(target);
    assertEquals(
        List.of("entered", "over", "dropped airplane", "exited", "done MOVE"),
        heard.stream().distinct().toList());
    assertClickable(robot, add(robot, new Button("after")));
    assertTypable(robot);
  }

  @Test
  void dropWhereNothingTakesItEndsTheDrag(FxRobot robot) {
    List<String> heard = new ArrayList<>();
    Label source = add(robot, sourceOf("airplane", heard));
    Label plain = add(robot, sized(new Label("plain"), 200, 50));
    robot.drag(source).dropTo(plain);
    robot.drag(source).dropTo(10, 10);
    assertEquals(List.of("done null", "done null"), heard);
    assertTypable(robot);
  }

  @Test
  void escapeEndsADrag(FxRobot robot) {
    List<String> heard = new ArrayList<>();
    Label source = add(robot, sourceOf("airplane", heard));
    Label target = add(robot, targetOf(heard));
    robot.drag(source).moveTo(target).type(KeyCode.ESCAPE);
    robot.drop();
    assertEquals(
        List.of("entered", "over", "exited", "done null"), heard.stream().distinct().toList());
    assertTypable(robot);
  }

  @Test
  void filesFromOutsideAreDropped(FxRobot robot, @TempDir Path folder) throws Exception {
    List<File> dropped = new ArrayList<>();
    List<String> heard = new ArrayList<>();
    Label target = add(robot, sized(new Label("drop a picture"), 200, 50));
    target.setOnDragEntered(event -> heard.add("entered"));
    target.setOnDragExited(event -> heard.add("exited"));
    target.setOnDragOver(
        event -> {
          if (event.getDragboard().hasFiles()) {
            event.acceptTransferModes(TransferMode.COPY);
          }
        });
    target.setOnDragDropped(
        event -> {
          dropped.addAll(event.getDragboard().getFiles());
          event.setDropCompleted(true);
        });
    Path first = Files.createFile(folder.resolve("cat.png"));
    Path second = Files.createFile(folder.resolve("dog.png"));

    FileDrag.of(first).over(target).leave();
    assertEquals(List.of("entered", "exited"), heard);
    assertTrue(FileDrag.dropOnto(target, first, second));
    assertEquals(List.of(first.toFile(), second.toFile()), dropped);
    assertFalse(FileDrag.dropOnto(add(robot, sized(new Label("plain"), 200, 50)), first));
    assertTrue(FileDrag.dropOnto(target, second));
    assertEquals(3, dropped.size());
  }

  @Test
  void clipboardKeepsTextFilesAndPictures(FxRobot robot) {
    robot.interact(
        () -> {
          WritableImage picture = new WritableImage(2, 1);
          picture.getPixelWriter().setColor(1, 0, Color.RED);
          ClipboardContent content = new ClipboardContent();
          content.putString("0.5");
          content.putFiles(List.of(new File("cat.png")));
          content.putImage(picture);
          Clipboard.getSystemClipboard().setContent(content);

          Clipboard clipboard = Clipboard.getSystemClipboard();
          Image pasted = clipboard.getImage();
          assertEquals("0.5", clipboard.getString());
          assertEquals("cat.png", clipboard.getFiles().getFirst().getName());
          assertEquals(Color.RED, pasted.getPixelReader().getColor(1, 0));
          assertEquals(Color.TRANSPARENT, pasted.getPixelReader().getColor(0, 0));
        });
  }

  @Test
  void copyAndPasteByKeys(FxRobot robot) {
    TextField from = add(robot, new TextField("0.031"));
    TextField into = add(robot, new TextField());
    robot.clickOn(from).push(KeyCode.CONTROL, KeyCode.A).push(KeyCode.CONTROL, KeyCode.C);
    robot.clickOn(into).push(KeyCode.CONTROL, KeyCode.V);
    assertEquals("0.031", into.getText());
  }

  // --- What the support classes add ---

  @Test
  void waitingInVainSaysForWhat() {
    AssertionError error =
        assertThrows(
            AssertionError.class,
            () -> waitFor("the impossible", Duration.ofMillis(50), () -> false));
    assertEquals("waited 50 ms in vain for the impossible", error.getMessage());
  }

  @Test
  void waitingForABusyThreadSaysForWhat() {
    CountDownLatch held = new CountDownLatch(1);
    Platform.runLater(() -> Waiting.hold(held));
    try {
      AssertionError error =
          assertThrows(
              AssertionError.class, () -> waitFor("an answer", Duration.ofMillis(50), () -> true));
      assertEquals("waited 50 ms in vain for an answer", error.getMessage());
    } finally {
      held.countDown();
    }
  }

  @Test
  void screenshotShowsTheWindowWhereItIs(FxRobot robot) throws Exception {
    add(robot, new Rectangle(200, 100, Color.RED));
    Path file =
        Screenshot.write(getClass(), getClass().getDeclaredMethod("waitingInVainSaysForWhat"));
    Image picture = new Image(file.toUri().toString());
    assertEquals(Color.RED, picture.getPixelReader().getColor(LEFT + 10, TOP + 10));
    assertEquals(Color.TRANSPARENT, picture.getPixelReader().getColor(10, 10));
    Files.delete(file);
  }

  // --- Common parts ---

  private static <T extends Region> T sized(T region, double width, double height) {
    region.setMinSize(width, height);
    region.setMaxSize(width, height);
    return region;
  }

  private static void waitForPulse(FxRobot robot) {
    boolean[] pulsed = new boolean[1];
    robot.interact(
        () -> {
          Pane pane = (Pane) robot.window(0).getScene().getRoot();
          pane.getScene().addPostLayoutPulseListener(() -> pulsed[0] = true);
          pane.requestLayout();
        });
    waitFor("a pulse", () -> pulsed[0]);
  }

  private static void assertClickable(FxRobot robot, Button button) {
    List<String> pressed = new ArrayList<>();
    button.setOnAction(event -> pressed.add(button.getText()));
    robot.clickOn(button);
    assertEquals(List.of(button.getText()), pressed);
  }

  private void assertTypable(FxRobot robot) {
    TextField field = add(robot, new TextField());
    robot.clickOn(field).type(KeyCode.A).push(KeyCode.SHIFT, KeyCode.B);
    assertEquals("aB", field.getText());
  }

  private Alert openAlert(FxRobot robot) {
    Alert[] alert = new Alert[1];
    robot.interact(
        () -> {
          alert[0] = new Alert(Alert.AlertType.CONFIRMATION, "Stop the training?");
          alert[0].initOwner(stage);
          alert[0].show();
        });
    waitFor(
        "the dialog's focus", () -> alert[0].getDialogPane().getScene().getWindow().isFocused());
    return alert[0];
  }

  private void assertFocused(Alert alert) {
    assertTrue(alert.getDialogPane().getScene().getWindow().isFocused());
    assertFalse(stage.isFocused());
  }

  private static Label sourceOf(String text, List<String> heard) {
    Label source = sized(new Label("source"), 200, 50);
    source.setOnDragDetected(
        event -> {
          ClipboardContent content = new ClipboardContent();
          content.putString(text);
          source.startDragAndDrop(TransferMode.COPY_OR_MOVE).setContent(content);
          event.consume();
        });
    source.setOnDragDone(event -> heard.add("done " + event.getTransferMode()));
    return source;
  }

  private static Label targetOf(List<String> heard) {
    Label target = sized(new Label("target"), 200, 50);
    target.setOnDragEntered(event -> heard.add("entered"));
    target.setOnDragExited(event -> heard.add("exited"));
    target.addEventHandler(
        DragEvent.DRAG_OVER,
        event -> {
          event.acceptTransferModes(TransferMode.COPY_OR_MOVE);
          heard.add("over");
        });
    target.setOnDragDropped(
        event -> {
          heard.add("dropped " + event.getDragboard().getString());
          event.setDropCompleted(true);
        });
    return target;
  }
}
