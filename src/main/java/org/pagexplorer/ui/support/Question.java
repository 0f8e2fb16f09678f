package org.pagexplorer.ui.support;

import javafx.geometry.Insets;
import javafx.scene.control.Alert;
import javafx.scene.control.ButtonBar.ButtonData;
import javafx.scene.control.ButtonType;
import javafx.scene.control.Label;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.stage.Window;

/**
 * Asked before something is done that cannot simply be taken back.
 *
 * @param head the question
 * @param words what it means
 * @param yes the button that does it
 * @param no the button that does not
 */
public record Question(String head, String words, String yes, String no) {
  private static final double WIDTH = 400;

  /** Returns at once. */
  public void ask(Window owner, Runnable answered) {
    ButtonType done = new ButtonType(yes, ButtonData.OK_DONE);
    ButtonType left = new ButtonType(no, ButtonData.CANCEL_CLOSE);
    Alert alert = new Alert(Alert.AlertType.CONFIRMATION, "", done, left);
    alert.setTitle("PAG Explorer");
    alert.setHeaderText(head);
    alert.getDialogPane().setContent(content());
    alert.initOwner(owner);
    alert
        .resultProperty()
        .addListener(
            (property, old, answer) -> {
              if (answer == done) {
                answered.run();
              }
            });
    alert.show();
  }

  /** An alert's own text would be cut to one line where the dialog is low. */
  private VBox content() {
    Label label = new Label(words);
    label.setId("question-words");
    label.setWrapText(true);
    label.setPrefWidth(WIDTH);
    label.setMinHeight(Region.USE_PREF_SIZE);
    VBox pane = new VBox(label);
    pane.setPadding(new Insets(18, 18, 6, 18));
    return pane;
  }
}
