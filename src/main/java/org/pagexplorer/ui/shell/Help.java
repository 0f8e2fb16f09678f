package org.pagexplorer.ui.shell;

import javafx.scene.control.Alert;
import javafx.scene.control.Alert.AlertType;
import javafx.scene.control.ButtonType;
import javafx.scene.control.Label;
import javafx.stage.Window;

/** What the keys do and what the words mean. */
final class Help {
  private static final String TEXT =
      """
      Each row is an image, each column a class. Projected gradient descent moves the image, step by step, \
      towards what the model takes for the class, never further than ε from the original. The bar under a \
      picture is the model's confidence in the class; it turns green when the model names it.

      A model with perceptually aligned gradients paints the class; a vanilla model makes noise.

      Compare puts several models on the same images; hold the pointer on a picture to see the next model's in its \
      place. Measure counts who withstands attacks, and whether those numbers are real; Alignment asks whether gradients \
      mean something to people, and the blind test asks you.

      Train begins trainings that go on by themselves, also when the window is closed; the probe shows how the \
      alignment emerges.

      In the playground networks learn to tell points of the plane apart. Click to attack from a place, drag to move, \
      turn the wheel to zoom, double-click to see everything again; choose a brush to paint points.

      arrow keys     walk the grid
      space          play the attack; in the playground, train or pause
      Ctrl+Z         undo a painted stroke (with Shift: redo)
      Esc            stop what runs
      Ctrl+O         open a model, pictures, or both
      Ctrl+V         add copied picture files
      Ctrl+E         save the grid, the comparison, its table, or the playground's panels
      Ctrl+D         light or dark
      F1             this page

      Drop pictures, checkpoints (.safetensors, .pt, .pth, .ckpt, …), points (.csv) or a data set's folder anywhere on the window.\
      """;

  private Help() {}

  static void show(Window owner) {
    Alert alert = new Alert(AlertType.NONE, "", ButtonType.CLOSE);
    alert.initOwner(owner);
    alert.setTitle("PAG Explorer: help");
    Label text = new Label(TEXT);
    text.setId("help-text");
    text.setWrapText(true);
    text.setPrefWidth(560);
    alert.getDialogPane().setContent(text);
    alert.show();
  }
}
