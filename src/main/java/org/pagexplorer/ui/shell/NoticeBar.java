package org.pagexplorer.ui.shell;

import javafx.beans.property.StringProperty;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import org.kordamp.ikonli.javafx.FontIcon;
import org.pagexplorer.lab.Problems;
import org.pagexplorer.ui.control.Buttons;
import org.pagexplorer.ui.support.ClipboardText;

/** A sentence for the user, over the screen until it is closed. */
final class NoticeBar extends HBox {

  NoticeBar(StringProperty notice) {
    super(8);
    setId("notice");
    setAlignment(Pos.CENTER_LEFT);
    getStyleClass().add("notice");
    Label words = new Label();
    words.setId("notice-text");
    words.textProperty().bind(notice);
    words.setWrapText(true);
    words.setMaxWidth(Double.MAX_VALUE);
    words.setMinHeight(Region.USE_PREF_SIZE); // the end of the sentence says what to do
    HBox.setHgrow(words, Priority.ALWAYS);
    Button copy =
        Buttons.flat(
            "notice-copy",
            "mdi2c-content-copy",
            "Copy this sentence, with the details of a failure",
            () -> ClipboardText.copy(withDetails(notice.get())));
    Button close = Buttons.flat("notice-close", "mdi2c-close", "Close", () -> notice.set(""));
    getChildren().addAll(new FontIcon("mdi2i-information-outline"), words, copy, close);
    visibleProperty().bind(notice.isNotEmpty());
    managedProperty().bind(visibleProperty());
  }

  /** Where the sentence is of something that should not have happened, for whoever mends it. */
  static String withDetails(String sentence) {
    return Problems.last()
        .filter(problem -> sentence.endsWith(problem.sentence()))
        .map(problem -> sentence + "\n\n" + problem.details())
        .orElse(sentence);
  }
}
