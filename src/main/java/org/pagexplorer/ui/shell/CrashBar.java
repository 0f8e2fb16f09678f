package org.pagexplorer.ui.shell;

import java.util.List;
import java.util.stream.Collectors;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import org.kordamp.ikonli.javafx.FontIcon;
import org.pagexplorer.lab.settings.Crash;
import org.pagexplorer.ui.control.Buttons;
import org.pagexplorer.ui.support.ClipboardText;

/** Says that the window before did not come to its end, and offers what was set in it. */
final class CrashBar extends HBox {
  /**
   * @param restore sets what was set
   */
  CrashBar(List<Crash> crashes, Runnable restore) {
    super(8);
    setId("crash");
    setAlignment(Pos.CENTER_LEFT);
    getStyleClass().add("notice");
    Label words =
        new Label(
            "PAG Explorer ended unexpectedly last time. This window starts with the usual"
                + " settings.");
    words.setId("crash-text");
    words.setWrapText(true);
    words.setMaxWidth(Double.MAX_VALUE);
    words.setMinHeight(Region.USE_PREF_SIZE);
    HBox.setHgrow(words, Priority.ALWAYS);
    Button back =
        Buttons.of(
            "crash-restore",
            "Restore",
            "Restore model, images, parameters, and screen",
            () -> {
              close();
              restore.run();
            });
    Button copy =
        Buttons.of(
            "crash-copy",
            "Copy details",
            "What is known about the crash, for a bug report",
            () -> copy(crashes));
    for (Button button : List.of(back, copy)) {
      button.getStyleClass().add("small");
      button.setMinWidth(Region.USE_PREF_SIZE);
    }
    getChildren()
        .addAll(
            new FontIcon("mdi2a-alert-outline"),
            words,
            back,
            copy,
            Buttons.flat("crash-close", "mdi2c-close", "Close", this::close));
    managedProperty().bind(visibleProperty());
  }

  private void close() {
    setVisible(false);
  }

  private static void copy(List<Crash> crashes) {
    ClipboardText.copy(crashes.stream().map(Crash::details).collect(Collectors.joining("\n\n")));
  }
}
