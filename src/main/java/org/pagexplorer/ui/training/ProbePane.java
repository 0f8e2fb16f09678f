package org.pagexplorer.ui.training;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.canvas.Canvas;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.control.Label;
import javafx.scene.control.Slider;
import javafx.scene.image.Image;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;
import org.pagexplorer.checkpoint.catalogue.ModelFiles;
import org.pagexplorer.domain.UserException;
import org.pagexplorer.lab.runs.Probe;
import org.pagexplorer.lab.runs.RunQueue;
import org.pagexplorer.lab.runs.RunStatus;
import org.pagexplorer.ui.support.BackgroundTask;
import org.pagexplorer.ui.support.Pictures;
import org.pagexplorer.ui.support.Tips;

/** One image attacked toward every class after each epoch: a slider an epoch, one a PGD step. */
final class ProbePane extends VBox {
  private static final int GAP = 4;
  private static final int MOST_COLUMNS = 10;

  private final Canvas canvas = new Canvas(1000, 110);
  private final HBox names = new HBox(GAP);
  private final Slider epoch = new Slider(1, 1, 1);
  private final Slider step = new Slider(0, Probe.STEPS, Probe.STEPS);
  private final Label epochWords = new Label();
  private final Label stepWords = new Label();
  private final Label hint = new Label();
  private @Nullable Path run;
  private @Nullable Image picture;
  private List<Integer> epochs = List.of();
  private boolean follow = true;
  private boolean moving;

  ProbePane() {
    super(12);
    setId("probe");
    getStyleClass().add("probe-pane");
    epoch.setId("probe-epoch");
    step.setId("probe-step");
    Tips.on(epoch, "After which epoch of the training the pictures were made");
    Tips.on(step, "How many steps of PGD toward each class the pictures show");
    epoch.setBlockIncrement(1);
    step.setBlockIncrement(Probe.STRIDE);
    step.setMajorTickUnit(Probe.STRIDE);
    step.setMinorTickCount(0);
    step.setSnapToTicks(true);
    hint.getStyleClass().add("explanation");
    hint.setWrapText(true);
    epoch
        .valueProperty()
        .addListener(
            (property, old, now) -> {
              if (!moving) {
                follow = now.doubleValue() >= epoch.getMax();
                load();
              }
            });
    step.valueProperty().addListener((property, old, now) -> paint());
    getChildren()
        .addAll(
            hint, names, canvas, row("epoch", epoch, epochWords), row("PGD step", step, stepWords));
    widthProperty().addListener((property, old, now) -> paint());
  }

  private static Node row(String name, Slider slider, Label words) {
    Label label = new Label(name);
    label.setMinWidth(70);
    words.setMinWidth(60);
    HBox.setHgrow(slider, Priority.ALWAYS);
    HBox row = new HBox(10, label, slider, words);
    row.setAlignment(Pos.CENTER_LEFT);
    row.setMaxWidth(760);
    return row;
  }

  /** What a run's folder holds of it. */
  private record Found(List<Integer> epochs, List<String> classes) {
    static Found in(RunStatus run) {
      return new Found(Probe.epochs(run.folder(), run.completed()), classesOf(run.folder()));
    }
  }

  /** Shows a run's probe; the latest epoch as long as nobody has chosen another. */
  void show(Optional<RunStatus> status) {
    Path folder = status.map(RunStatus::folder).orElse(null);
    if (folder == null || !folder.equals(run)) {
      run = folder;
      picture = null;
      follow = true;
      show(new Found(List.of(), List.of()));
    }
    status.ifPresent(
        now ->
            BackgroundTask.of(() -> Found.in(now)) // fails where the run is being deleted
                .onDone(
                    found -> {
                      if (now.folder().equals(run)) {
                        show(found);
                      }
                    })
                .start());
  }

  private void show(Found found) {
    epochs = found.epochs();
    boolean any = !epochs.isEmpty();
    canvas.setVisible(any);
    nameColumns(any ? found.classes() : List.of());
    epoch.setDisable(epochs.size() < 2);
    step.setDisable(!any);
    hint.setText(
        any
            ? "The first test image, moved toward every class by L2 PGD after each epoch."
            : "After each epoch the first test image is moved toward every class; its pictures"
                + " appear here.");
    if (any) {
      moving = true;
      epoch.setMin(epochs.getFirst());
      epoch.setMax(epochs.getLast());
      if (follow) {
        epoch.setValue(epochs.getLast());
      }
      moving = false;
      load();
    } else {
      epochWords.setText("");
      stepWords.setText("");
    }
  }

  private void nameColumns(List<String> classes) {
    List<String> shown = names.getChildren().stream().map(n -> ((Label) n).getText()).toList();
    if (shown.equals(classes)) {
      return;
    }
    names.getChildren().clear();
    for (String name : classes) {
      Label label = new Label(name);
      label.setAlignment(Pos.CENTER);
      label.getStyleClass().add("model-kind");
      names.getChildren().add(label);
    }
  }

  /** The class names of the run's model; none while it cannot be read. */
  private static List<String> classesOf(Path folder) {
    try {
      return RunQueue.model(folder)
          .map(file -> ModelFiles.readCard(file).classes())
          .map(all -> all.subList(0, Math.min(MOST_COLUMNS, all.size())))
          .orElse(List.of());
    } catch (UserException e) {
      return List.of(); // the run is being deleted
    }
  }

  private void load() {
    Path folder = run;
    int wanted = (int) Math.round(epoch.getValue());
    epochWords.setText(wanted + " of " + (epochs.isEmpty() ? 0 : epochs.getLast()));
    if (folder == null) {
      return;
    }
    BackgroundTask.of(() -> Pictures.image(Probe.read(folder, wanted)))
        .onDone(loaded -> arrived(folder, wanted, loaded))
        .onFailed(failure -> arrived(folder, wanted, null)) // damaged, or being deleted
        .start();
  }

  /** Nothing rather than another epoch's picture. */
  private void arrived(Path folder, int wanted, @Nullable Image loaded) {
    if (folder.equals(run) && wanted == (int) Math.round(epoch.getValue())) {
      picture = loaded;
      paint();
    }
  }

  private void paint() {
    int row = (int) Math.round(step.getValue() / Probe.STRIDE);
    stepWords.setText(row * Probe.STRIDE + " of " + Probe.STEPS);
    GraphicsContext g = canvas.getGraphicsContext2D();
    g.clearRect(0, 0, canvas.getWidth(), canvas.getHeight());
    Image shown = picture;
    if (shown == null) {
      return;
    }
    double side = shown.getHeight() / Probe.ROWS;
    int columns = (int) Math.round(shown.getWidth() / side);
    int shownColumns = Math.min(MOST_COLUMNS, columns);
    double tile = Math.clamp((getWidth() - 30) / shownColumns - GAP, side, Math.max(side, 128));
    canvas.setWidth(shownColumns * (tile + GAP));
    canvas.setHeight(tile);
    names.getChildren().forEach(label -> ((Label) label).setMinWidth(tile));
    names.getChildren().forEach(label -> ((Label) label).setMaxWidth(tile));
    g.setImageSmoothing(false);
    for (int c = 0; c < shownColumns; c++) {
      g.drawImage(shown, c * side, row * side, side, side, c * (tile + GAP), 0, tile, tile);
    }
  }
}
