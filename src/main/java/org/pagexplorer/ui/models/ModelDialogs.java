package org.pagexplorer.ui.models;

import java.nio.file.Path;
import java.util.function.Consumer;
import javafx.application.Platform;
import javafx.geometry.Insets;
import javafx.scene.Node;
import javafx.scene.control.ButtonBar.ButtonData;
import javafx.scene.control.ButtonType;
import javafx.scene.control.Dialog;
import javafx.scene.control.TextArea;
import javafx.scene.control.TextField;
import javafx.scene.control.TextFormatter;
import javafx.scene.control.TextInputControl;
import javafx.scene.layout.VBox;
import javafx.stage.Window;
import org.pagexplorer.checkpoint.ModelLabel;
import org.pagexplorer.ui.control.LineBreaks;
import org.pagexplorer.ui.support.Question;
import org.pagexplorer.ui.support.Tips;

/** What is asked about a model. Each returns at once and calls when it is answered. */
final class ModelDialogs {
  private ModelDialogs() {}

  static void name(String name, Window owner, Consumer<String> answered) {
    TextField field = new TextField(name);
    field.setId("model-new-name");
    field.setPrefColumnCount(28);
    Tips.on(field, "The model's name in lists and figures; its file stays as it is");
    limit(field, ModelLabel.LONGEST_NAME);
    ButtonType rename = new ButtonType("Rename", ButtonData.OK_DONE);
    Dialog<ButtonType> dialog = dialog("Rename \"" + name + "\"", owner, rename);
    dialog.getDialogPane().setContent(padded(field));
    dialog
        .getDialogPane()
        .lookupButton(rename)
        .disableProperty()
        .bind(field.textProperty().map(String::isBlank));
    Platform.runLater(
        () -> {
          field.requestFocus();
          field.selectAll();
        });
    ask(dialog, rename, () -> answered.accept(field.getText().strip()));
  }

  static void notes(String name, String text, Window owner, Consumer<String> answered) {
    TextArea area = new TextArea(text);
    area.setId("model-notes-text");
    LineBreaks.whereSafe(area);
    area.setPrefWidth(420);
    area.setMinHeight(180); // a dialog takes less of a preferred one
    limit(area, ModelLabel.LONGEST_NOTES);
    ButtonType save = new ButtonType("Save", ButtonData.OK_DONE);
    Dialog<ButtonType> dialog = dialog("Notes on \"" + name + "\"", owner, save);
    dialog.getDialogPane().setContent(padded(area));
    Platform.runLater(area::requestFocus);
    ask(dialog, save, () -> answered.accept(area.getText()));
  }

  /** Away from the edges of a dialog, which would give the field itself its padding. */
  private static VBox padded(Node field) {
    VBox pane = new VBox(field);
    pane.setPadding(new Insets(18, 18, 6, 18));
    return pane;
  }

  @SuppressWarnings("NullAway") // null is what refuses a change
  private static void limit(TextInputControl field, int most) {
    field.setTextFormatter(
        new TextFormatter<>(change -> change.getControlNewText().length() <= most ? change : null));
  }

  static void mayRemove(String name, Path file, Window owner, Runnable answered) {
    new Question(
            "Move \"" + name + "\" to the trash?",
            file + " can be restored from there.",
            "Move to trash",
            "Cancel")
        .ask(owner, answered);
  }

  private static Dialog<ButtonType> dialog(String head, Window owner, ButtonType yes) {
    Dialog<ButtonType> dialog = new Dialog<>();
    dialog.setTitle("PAG Explorer");
    dialog.setHeaderText(head);
    dialog.initOwner(owner);
    dialog.getDialogPane().getButtonTypes().addAll(yes, ButtonType.CANCEL);
    return dialog;
  }

  private static void ask(Dialog<ButtonType> dialog, ButtonType yes, Runnable answered) {
    dialog
        .resultProperty()
        .addListener(
            (property, old, answer) -> {
              if (answer == yes) {
                answered.run();
              }
            });
    dialog.show();
  }
}
