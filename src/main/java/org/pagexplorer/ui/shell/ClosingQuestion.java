package org.pagexplorer.ui.shell;

import java.util.List;
import java.util.stream.Collectors;
import javafx.scene.control.Alert;
import javafx.scene.control.ButtonBar.ButtonData;
import javafx.scene.control.ButtonType;
import javafx.scene.control.Label;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.stage.Window;

/** Asked where something would be lost with the window. */
final class ClosingQuestion {
  private static final double WIDTH = 400;

  private ClosingQuestion() {}

  /**
   * Returns at once.
   *
   * @param unfinished what would be lost, in words
   * @param close called if it may be
   */
  static void ask(Window owner, List<String> unfinished, Runnable close) {
    ButtonType yes = new ButtonType("Close", ButtonData.OK_DONE);
    ButtonType no = new ButtonType("Keep it open", ButtonData.CANCEL_CLOSE);
    String list = unfinished.stream().map(each -> "• " + each).collect(Collectors.joining("\n"));
    Label words =
        new Label("Not finished, and lost with the window:\n" + list + "\nTrainings continue.");
    words.setId("closing-unfinished");
    words.setWrapText(true);
    words.setPrefWidth(WIDTH);
    words.setMinHeight(Region.USE_PREF_SIZE); // a question's own text would have one line
    Alert question = new Alert(Alert.AlertType.CONFIRMATION, "", yes, no);
    question.getDialogPane().setContent(Help.padded(new VBox(words)));
    question.setTitle("PAG Explorer");
    question.setHeaderText("Close the window?");
    question.initOwner(owner);
    question
        .resultProperty()
        .addListener(
            (property, old, answer) -> {
              if (answer == yes) {
                close.run();
              }
            });
    question.show();
  }
}
