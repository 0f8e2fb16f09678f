package org.pagexplorer.ui.shell;

import javafx.scene.control.Alert;
import javafx.scene.control.Alert.AlertType;
import javafx.scene.control.Button;
import javafx.scene.control.ButtonType;
import javafx.scene.control.TextArea;
import javafx.scene.layout.VBox;
import javafx.stage.Window;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.javafx.FontIcon;
import org.pagexplorer.lab.doctor.Diagnosis;
import org.pagexplorer.lab.doctor.Machine;
import org.pagexplorer.ui.control.LineBreaks;
import org.pagexplorer.ui.support.BackgroundTask;
import org.pagexplorer.ui.support.ClipboardText;
import org.pagexplorer.ui.support.Sentence;

/** What {@code pag doctor} prints, to be read and copied. */
final class DoctorDialog {
  private DoctorDialog() {}

  static void show(@Nullable Window owner) {
    of(owner).show();
  }

  /** The same, not shown yet; its text comes in any case. */
  static Alert of(@Nullable Window owner) {
    Alert alert = new Alert(AlertType.NONE, "", ButtonType.CLOSE);
    alert.initOwner(owner);
    alert.setTitle("PAG Explorer: doctor");
    TextArea text = new TextArea("Checking this machine …");
    text.setId("doctor-text");
    text.setEditable(false);
    LineBreaks.whereSafe(text);
    text.setPrefSize(860, 360);
    text.getStyleClass().add("report");
    Button copy = new Button("Copy", new FontIcon("mdi2c-content-copy"));
    copy.setId("doctor-copy");
    copy.setDisable(true);
    copy.setOnAction(event -> ClipboardText.copy(text.getText()));
    alert.getDialogPane().setContent(Help.padded(new VBox(10, text, copy)));
    BackgroundTask.of(() -> Diagnosis.of(Machine.here()).text())
        .onDone(
            report -> {
              text.setText(report);
              copy.setDisable(false);
            })
        .onFailed(failure -> text.setText(Sentence.of(failure)))
        .start();
    return alert;
  }
}
