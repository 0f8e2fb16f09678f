package org.pagexplorer.ui.shell;

import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;
import org.pagexplorer.ui.control.Buttons;
import org.pagexplorer.ui.control.Labels;
import org.pagexplorer.ui.support.Activity;

/** One thing that runs: name, progress, time left, stop. */
final class ActivityRow extends HBox {
  private final Label name = Labels.styled("model-name", "");
  private final Label words = Labels.styled("model-kind", "");
  private final ProgressBar bar = new ProgressBar();
  private final Button stop = Buttons.flat("activity-stop", "mdi2s-stop", "Stop", this::stop);
  private final Runnable stopped;
  private @Nullable Activity shown;
  private boolean stopping;

  /**
   * @param stopped told after a click on stop
   */
  ActivityRow(Runnable stopped) {
    super(10);
    this.stopped = stopped;
    setAlignment(Pos.CENTER_LEFT);
    getStyleClass().add("activity-row");
    name.getStyleClass().add("activity-name");
    name.setWrapText(true);
    words.getStyleClass().add("activity-words");
    words.setWrapText(true);
    bar.setMaxWidth(Double.MAX_VALUE);
    VBox text = new VBox(4, name, bar, words);
    text.setMinWidth(0);
    HBox.setHgrow(text, Priority.ALWAYS);
    getChildren().addAll(text, stop);
  }

  /** How it stands now. */
  void show(Activity now) {
    shown = now;
    name.setText(now.name());
    words.setText(stopping ? "stopping …" : now.words());
    bar.setProgress(now.progress() < 0 ? ProgressBar.INDETERMINATE_PROGRESS : now.progress());
    stop.setAccessibleText("Stop: " + now.name());
  }

  /** What takes a step to end says so; another click asks again. */
  private void stop() {
    Activity now = shown;
    if (now != null) {
      stopping = true;
      now.stop().run();
      stopped.run();
    }
  }
}
