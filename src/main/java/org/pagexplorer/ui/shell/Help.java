package org.pagexplorer.ui.shell;

import javafx.geometry.Insets;
import javafx.geometry.Pos;
import javafx.scene.control.Alert;
import javafx.scene.control.Alert.AlertType;
import javafx.scene.control.Button;
import javafx.scene.control.ButtonType;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.stage.Window;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.javafx.FontIcon;
import org.pagexplorer.ui.support.Keys;
import org.pagexplorer.ui.support.Tips;

/** What the keys do and what the words mean. */
final class Help {
  private static final double WIDTH = 540;
  private static final double KEYS_WIDTH = 160;
  private static final double BETWEEN = 24;

  /** The rest is scrolled: a window may be 700 high. */
  private static final double HEIGHT = 500;

  private static final String TEXT =
      """
      Each row is an image, each column a class. Projected gradient descent moves the image, step by step, \
      toward the class, never farther than ε from the original. The bar under a \
      picture is the model's confidence in the class; it turns green when the model predicts the class.

      A model with perceptually aligned gradients paints the class; a vanilla model makes noise.

      Compare puts several models on the same images; hold the pointer on a picture to see the next model's in its \
      place. Measure gives accuracies under attack, with sanity checks for gradient masking; Alignment measures how \
      perceptually aligned the gradients are, and the blind test asks you.

      Train starts trainings that keep running when the window is closed; the probe shows how the alignment \
      emerges.

      In the playground networks learn to tell points of the plane apart. Click to attack from a place, drag to move, \
      turn the wheel to zoom, double-click to see everything again; choose a brush to paint points.
      """;

  private static final String[][] KEYS = {
    {"arrow keys", "move in the grid"},
    {"Enter, double click", "enlarge a picture of the grid (Esc goes back)"},
    {
      "Alt+Up, Alt+Down, Delete",
      "move the selected row, or remove it; its original can be dragged, too"
    },
    {"Ctrl+wheel, Ctrl+plus, Ctrl+minus", "larger or smaller tiles (Ctrl+0: as large as fits)"},
    {"space", "play the attack; in the playground, train or pause"},
    {
      shortcut(KeyCode.Z),
      "undo a change of a parameter or of the rows, or a painted stroke (with Shift: redo)"
    },
    {"Esc", "leave the tour, or stop what is running"},
    {
      shortcut(KeyCode.C),
      "copy the selected tile or original, or the chart or table that was clicked: picture and"
          + " numbers"
    },
    {shortcut(KeyCode.O), "open a model, pictures, or both"},
    {shortcut(KeyCode.V), "add copied pictures or picture files"},
    {shortcut(KeyCode.E), "export pictures, curves, and tables of the screen"},
    {shortcut(KeyCode.D), "light or dark"},
    {shortcut(KeyCode.F), "search the models (F2 renames the chosen one, Delete removes it)"},
    {"F1", "this page"},
  };

  private static final String DROPS =
      """
      Drop pictures, checkpoints (.safetensors, .pt, .pth, .ckpt, …), points (.csv), figures' specifications (.json), or a dataset's folder anywhere on the window.\
      """;

  private Help() {}

  private static String shortcut(KeyCode code) {
    return Keys.words(Keys.shortcut(code));
  }

  /**
   * @param step of the tour, at which one left it
   * @param tour goes on with it
   */
  static void show(@Nullable Window owner, TourStep step, Runnable tour) {
    of(owner, step, tour).show();
  }

  /** The same, not shown yet. */
  static Alert of(@Nullable Window owner, TourStep step, Runnable tour) {
    Alert alert = new Alert(AlertType.NONE, "", ButtonType.CLOSE);
    alert.initOwner(owner);
    alert.setTitle("PAG Explorer: help");
    Label text = wrapped(TEXT, WIDTH);
    text.setId("help-text");
    GridPane keys = new GridPane(BETWEEN, 2);
    for (int row = 0; row < KEYS.length; row++) {
      keys.addRow(
          row,
          wrapped(KEYS[row][0], KEYS_WIDTH),
          wrapped(KEYS[row][1], WIDTH - KEYS_WIDTH - BETWEEN));
    }
    Button doctor = new Button("Diagnostics …", new FontIcon("mdi2s-stethoscope"));
    doctor.setId("help-doctor");
    Tips.on(doctor, "What a bug report needs to know about this machine, and any problems found");
    doctor.setOnAction(event -> DoctorDialog.show(owner));
    HBox more = new HBox(8, tour(alert, step, tour), doctor);
    ScrollPane words = new ScrollPane(new VBox(14, text, keys, wrapped(DROPS, WIDTH)));
    words.setPrefViewportHeight(HEIGHT);
    words.setPrefViewportWidth(WIDTH + BETWEEN); // beside its scroll bar
    words.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
    alert.getDialogPane().setContent(padded(new VBox(14, words, more)));
    return alert;
  }

  private static Button tour(Alert help, TourStep step, Runnable tour) {
    Button button =
        new Button(
            step == TourStep.ROW ? "Tour" : "Tour: back to step " + (step.ordinal() + 1),
            new FontIcon("mdi2m-map-marker-path"));
    button.setId("help-tour");
    Tips.on(button, "The window in five steps on the real screen");
    button.setOnAction(
        event -> {
          help.close();
          tour.run();
        });
    return button;
  }

  private static Label wrapped(String words, double width) {
    Label label = new Label(words.strip());
    label.setWrapText(true);
    label.setAlignment(Pos.TOP_LEFT);
    label.setMaxHeight(Double.MAX_VALUE); // beside one that has more lines
    label.setPrefWidth(width);
    label.setMinWidth(width);
    label.setMinHeight(Region.USE_PREF_SIZE);
    return label;
  }

  /** A dialog without a header leaves its content no margin. */
  static VBox padded(VBox content) {
    content.setPadding(new Insets(18, 18, 6, 18));
    return content;
  }
}
