package org.pagexplorer.ui.compare;

import java.util.ArrayList;
import java.util.List;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import javafx.scene.control.Spinner;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.javafx.FontIcon;
import org.pagexplorer.ui.control.Buttons;
import org.pagexplorer.ui.control.CompactRow;
import org.pagexplorer.ui.control.NumberFields;
import org.pagexplorer.ui.support.Tips;

/** Images, start, pause, go on, export, and how far it is. */
final class MeasuringBar extends VBox {
  private final MeasuringViewModel<?> measuring;
  private final Label words = new Label();
  private final ProgressBar progress = new ProgressBar(0);
  private final Button pause;
  private final Button resume;
  private final Button export;

  /**
   * @param id what the controls' ids begin with
   * @param before nodes that stand before the number of images
   * @param after nodes that stand behind it
   */
  MeasuringBar(
      MeasuringViewModel<?> measuring,
      String id,
      List<? extends Node> before,
      List<? extends Node> after) {
    this.measuring = measuring;
    Button start =
        button(
            id + "-start",
            "mdi2p-play",
            "Measure",
            "Measure the selected models from the start, on as many of the opened images");
    pause =
        button(
            id + "-pause", "mdi2p-pause", "Pause", "Stop after the current step; Resume continues");
    resume =
        button(
            id + "-resume",
            "mdi2p-play-pause",
            "Resume",
            "Continue where it was paused, or with the images added since");
    export =
        button(
            id + "-export",
            "mdi2e-export-variant",
            "Export…",
            "Choose what is saved, and whether as numbers, as a LaTeX table, or as a picture");
    start.setOnAction(event -> measuring.start());
    pause.setOnAction(event -> measuring.pause());
    resume.setOnAction(event -> measuring.resume());
    words.setId(id + "-words");
    words.setMinWidth(Region.USE_PREF_SIZE);
    progress.setPrefWidth(140);
    Button reset =
        Buttons.flat(
            id + "-reset",
            "mdi2b-backup-restore",
            "Reset what is measured to the defaults",
            measuring::reset);
    List<Node> all = new ArrayList<>(before);
    all.addAll(List.of(new Label("images"), images(id + "-images")));
    all.addAll(after);
    all.addAll(List.of(new HBox(8, start, pause, resume, export, reset), progress, words));
    getChildren().add(new CompactRow(all.toArray(Node[]::new)));
  }

  private static Button button(String id, String icon, String text, String tip) {
    Button button = new Button(text, new FontIcon(icon));
    button.setId(id);
    Tips.on(button, tip);
    return button;
  }

  private Spinner<Integer> images(String id) {
    Spinner<Integer> images =
        NumberFields.spinner(
            MeasuringViewModel.FEWEST_IMAGES,
            MeasuringViewModel.MOST_IMAGES,
            measuring.imagesProperty().get(),
            100);
    images.setId(id);
    images.setPrefWidth(100);
    Tips.on(
        images,
        "How many of the opened images are measured, the same for all models and balanced over"
            + " classes; the paper uses the whole test set, 10,000 images of CIFAR-10.");
    images
        .valueProperty()
        .addListener(
            (property, old, now) -> measuring.imagesProperty().set(now == null ? old : now));
    measuring
        .imagesProperty()
        .addListener((property, old, now) -> images.getValueFactory().setValue(now.intValue()));
    return images;
  }

  void setOnExport(Runnable exports) {
    export.setOnAction(event -> exports.run());
  }

  void update() {
    SteppedWork.State state = measuring.stateProperty().get();
    boolean running = state == SteppedWork.State.RUNNING;
    pause.setDisable(!running);
    resume.setDisable(!(state == SteppedWork.State.PAUSED || (!running && measuring.wantsMore())));
    progress.setVisible(running);
    progress.setProgress(measuring.progress());
    words.setText(measuring.words());
  }
}
