package org.pagexplorer.ui.shell;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import javafx.application.Platform;
import javafx.event.ActionEvent;
import javafx.geometry.Bounds;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.Cell;
import javafx.scene.control.Control;
import javafx.scene.control.Label;
import javafx.scene.control.TextInputControl;
import javafx.scene.input.KeyCode;
import javafx.scene.input.MouseButton;
import javafx.scene.robot.Robot;
import javafx.stage.Window;
import org.pagexplorer.ui.support.FileDialogs;
import org.pagexplorer.ui.support.FileDrag;
import org.testfx.util.WaitForAsyncUtils;

/** Does at random what hands can do to a window; its seed says what. */
final class Monkey {
  private static final List<String> TYPED =
      List.of(
          "abc",
          "",
          "-1",
          "0",
          "1",
          "3",
          "7.5",
          "1,5",
          "1e9",
          "1e39",
          "1e300",
          "NaN",
          "99999999",
          "0, 7, 12",
          "../..",
          "C:\\x",
          "ü ∇ 漢字 \u202e",
          "שם של תיקייה עם תמונות",
          "nai\u0308ve, as macOS writes it",
          "\"quoted\"",
          " ");

  private static final List<KeyCode> KEYS =
      List.of(
          KeyCode.ENTER,
          KeyCode.TAB,
          KeyCode.ESCAPE,
          KeyCode.SPACE,
          KeyCode.UP,
          KeyCode.DOWN,
          KeyCode.LEFT,
          KeyCode.RIGHT,
          KeyCode.HOME,
          KeyCode.END,
          KeyCode.PAGE_DOWN,
          KeyCode.BACK_SPACE,
          KeyCode.DELETE,
          KeyCode.F1,
          KeyCode.A,
          KeyCode.DIGIT1,
          KeyCode.DIGIT7);

  private static final List<KeyCode> SHORTCUTS =
      List.of(KeyCode.A, KeyCode.C, KeyCode.D, KeyCode.E, KeyCode.O, KeyCode.V, KeyCode.Z);

  private final MainWindow window;
  private final Random random;
  private final Queue<String> wrong;
  private final List<Path> files;
  private final Set<MainWindow.Screen> screens = EnumSet.noneOf(MainWindow.Screen.class);

  /** Answers as the seed says: nothing, a new file, or one that cannot be. */
  record Dialogs(Path folder, Random random) implements FileDialogs {
    Dialogs(Path folder, long seed) {
      this(folder, new Random(seed));
    }

    @Override
    public List<Path> open() {
      return random.nextBoolean() ? List.of() : List.of(folder.resolve("nowhere.png"));
    }

    @Override
    public Optional<Path> openFolder() {
      return random.nextBoolean() ? Optional.empty() : Optional.of(folder.resolve("models"));
    }

    @Override
    public Optional<Path> save(String proposedName) {
      return switch (random.nextInt(3)) {
        case 0 -> Optional.empty();
        case 1 -> Optional.of(folder.resolve(random.nextInt(1000) + proposedName));
        default -> Optional.of(folder.resolve("no folder").resolve(proposedName));
      };
    }
  }

  /**
   * @param wrong takes what an action threw
   */
  Monkey(MainWindow window, Path folder, long seed, Queue<String> wrong) throws IOException {
    this.window = window;
    this.wrong = wrong;
    random = new Random(seed);
    Path model = folder.resolve("dropped.safetensors");
    TinyHome.writeModel(model, "Dropped", 2, 3);
    files =
        List.of(
            model,
            Path.of("assets/icon.png"),
            Files.writeString(folder.resolve("points.csv"), "1,2,0\n3,4,1\n5,6,0\n7,8,1\n"),
            Files.writeString(folder.resolve("bad.csv"), "x\n"),
            Files.writeString(folder.resolve("bad.png"), "no picture"),
            Files.writeString(folder.resolve("bad.pt"), "no model"),
            Files.writeString(folder.resolve("bad.safetensors"), "no model"));
  }

  /** The screens it has been on. */
  Set<MainWindow.Screen> screens() {
    return screens;
  }

  /** Does one thing, waits until the window has taken it, and says what it was. */
  String act() throws Exception {
    String what =
        switch (random.nextInt(24)) {
          case 0, 1, 2, 3, 4, 5, 6, 7, 8, 9 -> clickControl();
          case 10, 11, 12 -> clickAnywhere();
          case 13, 14 -> drag();
          case 15 -> scroll();
          case 16, 17 -> key();
          case 18, 19, 20 -> type();
          case 21 -> screen();
          case 22 -> theme();
          default -> dropOrResize();
        };
    // A dialog's own event loop may hold the action; the window has to answer all the same.
    WaitForAsyncUtils.waitFor(60, TimeUnit.SECONDS, WaitForAsyncUtils.asyncFx(() -> true));
    if (random.nextInt(4) == 0) {
      Thread.sleep(random.nextInt(150)); // a hand rests too, and work goes on meanwhile
    }
    return what;
  }

  /** Where it was thrown. */
  private static String first(Throwable failure) {
    return Stream.of(failure.getStackTrace()).map(frame -> "at " + frame).findFirst().orElse("");
  }

  private void onFx(Runnable action) {
    Platform.runLater(
        () -> {
          try {
            action.run();
          } catch (RuntimeException | Error e) {
            wrong.add("thrown at the monkey: " + e + " " + first(e));
            throw e;
          }
        });
  }

  private <T> T ask(java.util.concurrent.Callable<T> question) throws TimeoutException {
    return WaitForAsyncUtils.waitFor(60, TimeUnit.SECONDS, WaitForAsyncUtils.asyncFx(question));
  }

  /** The newest window most often: a dialog, a menu, or the main one. */
  private static Scene scene(boolean newest) {
    List<Window> shown = Window.getWindows().stream().filter(Window::isShowing).toList();
    return (newest ? shown.getLast() : shown.getFirst()).getScene();
  }

  private String clickControl() throws TimeoutException {
    boolean newest = random.nextInt(4) > 0;
    int choice = random.nextInt(1 << 20);
    Optional<Node> node =
        ask(
            () -> {
              List<Node> nodes =
                  scene(newest).getRoot().lookupAll("*").stream()
                      .filter(n -> n instanceof Control || n instanceof Cell)
                      .filter(n -> !(n instanceof Label) && isSeen(n))
                      .toList();
              return one(nodes, choice);
            });
    if (node.isEmpty()) {
      return "no control";
    }
    double along = 0.1 + 0.8 * random.nextDouble();
    MouseButton button = random.nextInt(12) == 0 ? MouseButton.SECONDARY : MouseButton.PRIMARY;
    onFx(
        () -> {
          Bounds on = node.get().localToScreen(node.get().getLayoutBounds());
          if (on != null) {
            click(on.getMinX() + along * on.getWidth(), on.getCenterY(), button, 1);
          }
        });
    return "click on " + node.get();
  }

  private static boolean isSeen(Node node) {
    Bounds bounds = node.localToScene(node.getLayoutBounds());
    boolean inside =
        node.getScene() != null
            && bounds.getCenterX() >= 0
            && bounds.getCenterY() >= 0
            && bounds.getCenterX() < node.getScene().getWidth()
            && bounds.getCenterY() < node.getScene().getHeight();
    for (Node n = node; n != null; n = n.getParent()) {
      inside &= n.isVisible();
    }
    return inside;
  }

  private static void click(double x, double y, MouseButton button, int times) {
    Robot robot = new Robot();
    robot.mouseMove(x, y);
    for (int i = 0; i < times; i++) {
      robot.mousePress(button);
      robot.mouseRelease(button);
    }
  }

  private double[] place() {
    Window main = window.getScene().getWindow();
    return new double[] {
      main.getX() + random.nextDouble() * main.getWidth(),
      main.getY() + random.nextDouble() * main.getHeight()
    };
  }

  private String clickAnywhere() {
    double[] at = place();
    int times = random.nextInt(4) == 0 ? 2 : 1;
    onFx(() -> click(at[0], at[1], MouseButton.PRIMARY, times));
    return "click at %.0f, %.0f".formatted(at[0], at[1]);
  }

  private String drag() {
    double[] from = place();
    double[] to = place();
    onFx(
        () -> {
          Robot robot = new Robot();
          robot.mouseMove(from[0], from[1]);
          robot.mousePress(MouseButton.PRIMARY);
          for (double t = 0.25; t <= 1; t += 0.25) {
            robot.mouseMove(from[0] + t * (to[0] - from[0]), from[1] + t * (to[1] - from[1]));
          }
          robot.mouseRelease(MouseButton.PRIMARY);
        });
    return "drag from %.0f, %.0f to %.0f, %.0f".formatted(from[0], from[1], to[0], to[1]);
  }

  private String scroll() {
    double[] at = place();
    int notches = random.nextInt(-8, 9);
    onFx(
        () -> {
          Robot robot = new Robot();
          robot.mouseMove(at[0], at[1]);
          robot.mouseWheel(notches);
        });
    return "scroll at %.0f, %.0f by %d".formatted(at[0], at[1], notches);
  }

  private String key() {
    boolean shortcut = random.nextInt(3) == 0;
    List<KeyCode> from = shortcut ? SHORTCUTS : KEYS;
    KeyCode code = from.get(random.nextInt(from.size()));
    onFx(
        () -> {
          Robot robot = new Robot();
          if (shortcut) {
            robot.keyPress(KeyCode.CONTROL);
          }
          robot.keyType(code);
          if (shortcut) {
            robot.keyRelease(KeyCode.CONTROL);
          }
        });
    return "key " + (shortcut ? "Ctrl+" : "") + code;
  }

  /** Into a field that is seen, left by Enter or by a click elsewhere. */
  private String type() throws TimeoutException {
    String text = TYPED.get(random.nextInt(TYPED.size()));
    int choice = random.nextInt(1 << 20);
    boolean enter = random.nextBoolean();
    Optional<Node> field =
        ask(
            () -> {
              List<Node> fields =
                  scene(true).getRoot().lookupAll("*").stream()
                      .filter(n -> n instanceof TextInputControl t && t.isEditable())
                      .filter(n -> !n.isDisabled() && isSeen(n))
                      .toList();
              return one(fields, choice);
            });
    if (field.isEmpty()) {
      return "no field";
    }
    TextInputControl into = (TextInputControl) field.get();
    onFx(
        () -> {
          into.requestFocus();
          into.setText(text);
          if (enter) {
            into.fireEvent(new ActionEvent());
          } else {
            window.requestFocus();
          }
        });
    return "type \"" + text + "\" into " + into.getId();
  }

  private String screen() {
    MainWindow.Screen next = MainWindow.Screen.values()[random.nextInt(4)];
    screens.add(next);
    onFx(() -> window.screenProperty().set(next));
    return "screen " + next;
  }

  private String theme() {
    boolean before = random.nextBoolean();
    MainWindow.Screen next = MainWindow.Screen.values()[random.nextInt(4)];
    screens.add(next);
    onFx(
        () -> {
          if (before) {
            window.screenProperty().set(next); // and at once, before its layout
          }
          window.switchTheme();
        });
    return "theme" + (before ? " on " + next : "");
  }

  private String dropOrResize() {
    if (random.nextBoolean()) {
      double width = 700 + random.nextInt(900);
      double height = 450 + random.nextInt(550);
      onFx(
          () -> {
            window.getScene().getWindow().setWidth(width);
            window.getScene().getWindow().setHeight(height);
          });
      return "size %.0f × %.0f".formatted(width, height);
    }
    Path file = files.get(random.nextInt(files.size()));
    FileDrag.dropOnto(window, file.toAbsolutePath());
    return "drop " + file;
  }

  private static <T> Optional<T> one(List<T> all, int choice) {
    return all.isEmpty() ? Optional.empty() : Optional.of(all.get(choice % all.size()));
  }
}
