package org.pagexplorer.ui.shell;

import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.pagexplorer.ui.control.Buttons;
import org.pagexplorer.ui.control.Labels;
import org.pagexplorer.ui.support.Tips;

/** The words of one step, and where to go from there. */
final class TourCard extends VBox {
  static final double WIDTH = 350;

  private final Label number = Labels.styled("model-kind", "");
  private final Label title = Labels.styled("pane-title", "");
  private final Label words = new Label();
  private final Button back;
  private final Button next;
  private final Button again;

  TourCard(Tour tour) {
    super(6);
    setId("tour");
    getStyleClass().add("tour-card");
    number.setId("tour-number");
    title.setId("tour-title");
    words.setId("tour-words");
    words.setWrapText(true);
    words.setMinHeight(Region.USE_PREF_SIZE);
    Button leave =
        button(
            "tour-leave",
            "Leave",
            "Leave the tour (Esc); Help › Tour comes back to this step",
            tour::leave);
    again =
        button("tour-show", "Show", "Go back to the screen that this step is about", tour::show);
    again.managedProperty().bind(again.visibleProperty());
    back = button("tour-back", "Back", "The step before", () -> tour.go(-1));
    next = button("tour-next", "Next", "The next step", () -> tour.go(1));
    next.getStyleClass().add("accent");
    Region space = new Region();
    HBox.setHgrow(space, Priority.ALWAYS);
    HBox buttons = new HBox(6, leave, again, space, back, next);
    buttons.setAlignment(Pos.CENTER_LEFT);
    getChildren().addAll(number, title, words, buttons);
  }

  private static Button button(String id, String text, String tip, Runnable action) {
    Button button = Buttons.of(id, text, tip, action);
    button.getStyleClass().add("small");
    button.setMinWidth(Region.USE_PREF_SIZE);
    return button;
  }

  void show(TourStep step) {
    int last = TourStep.values().length - 1;
    number.setText("Tour, step %d of %d".formatted(step.ordinal() + 1, last + 1));
    title.setText(step.title());
    words.setText(step.words());
    setAccessibleText(step.title() + ". " + step.words());
    back.setDisable(step.ordinal() == 0);
    next.setText(step.ordinal() == last ? "Done" : "Next");
    Tips.on(next, step.ordinal() == last ? "End the tour" : "The next step");
  }

  /** Offers the way back, while what the step is about is out of sight. */
  void setLost(boolean lost) {
    again.setVisible(lost);
  }

  /** The keyboard goes on from here. */
  void takeFocus() {
    next.requestFocus();
  }
}
