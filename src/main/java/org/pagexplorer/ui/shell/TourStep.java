package org.pagexplorer.ui.shell;

import javafx.geometry.Side;
import org.pagexplorer.ui.shell.MainWindow.Screen;

/** What the tour tells, each step beside the control that it is about. */
enum TourStep {
  ROW(
      Screen.EXPLORE,
      "#grid",
      Side.BOTTOM,
      "A row is an image",
      "On the left is the original; each column is a class. The attack moves the original toward"
          + " that class, and the bar below shows the model's probability for it: green once the"
          + " model predicts it. Double-click a picture to see it large."),
  EPSILON(
      Screen.EXPLORE,
      "#epsilon",
      Side.BOTTOM,
      "ε is how far the attack may go",
      "Drag the slider and watch the grid. A small ε (the paper measures accuracies at 0.5 in L2"
          + " and 0.031 in L∞) fools a vanilla model and is hardly visible. A large one, as in the"
          + " paper's figures, shows what the model's gradients look like to people."),
  ALIGNED(
      Screen.COMPARE,
      "#compare-grid",
      Side.BOTTOM,
      "Vanilla against aligned",
      "The same image, attacked on one model per row. A vanilla model turns it into noise; a model"
          + " with perceptually aligned gradients paints the class. Select other models in the list"
          + " on the left, and hold the pointer on a picture to swap two rows."),
  TOY(
      Screen.TOY,
      ".plane",
      Side.LEFT,
      "The playground",
      "The same points and the same network, trained without and with aligned gradients. Click in"
          + " a plane to attack from there: a vanilla network's boundary runs close along the data,"
          + " and the path leaves across it; an aligned network keeps its distance."),
  OWN_MODEL(
      Screen.EXPLORE,
      "#open-model",
      Side.RIGHT,
      "Your own model",
      "Open… takes PyTorch checkpoints (.pt, .pth, .ckpt, .safetensors), whose weights are read"
          + " without running any code, as well as your images and datasets; or drop them anywhere"
          + " on the window. Train makes new models with aligned gradients.");

  private final Screen screen;
  private final String target;
  private final Side side;
  private final String title;
  private final String words;

  TourStep(Screen screen, String target, Side side, String title, String words) {
    this.screen = screen;
    this.target = target;
    this.side = side;
    this.title = title;
    this.words = words;
  }

  /** Where the control is. */
  Screen screen() {
    return screen;
  }

  /** Finds the control on that screen, as a selector. */
  String target() {
    return target;
  }

  /** On which side of the control the words stand, where there is room. */
  Side side() {
    return side;
  }

  String title() {
    return title;
  }

  String words() {
    return words;
  }
}
