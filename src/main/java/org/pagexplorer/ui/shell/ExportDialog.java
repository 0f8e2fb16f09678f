package org.pagexplorer.ui.shell;

import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import javafx.animation.Animation;
import javafx.animation.KeyFrame;
import javafx.animation.Timeline;
import javafx.scene.control.Button;
import javafx.scene.control.ButtonBar.ButtonData;
import javafx.scene.control.ButtonType;
import javafx.scene.control.CheckBox;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Dialog;
import javafx.scene.control.DialogPane;
import javafx.scene.control.Label;
import javafx.scene.image.ImageView;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import javafx.stage.Window;
import javafx.util.Duration;
import org.jspecify.annotations.Nullable;
import org.pagexplorer.lab.figure.Drawing;
import org.pagexplorer.ui.control.Labels;
import org.pagexplorer.ui.control.Titles;
import org.pagexplorer.ui.support.BackgroundTask;
import org.pagexplorer.ui.support.Exhibit;
import org.pagexplorer.ui.support.ExportChoice;
import org.pagexplorer.ui.support.ExportChoice.Pending;
import org.pagexplorer.ui.support.FileDialogs;
import org.pagexplorer.ui.support.Notice;
import org.pagexplorer.ui.support.Pictures;
import org.pagexplorer.ui.support.Requests;
import org.pagexplorer.ui.support.Sentence;
import org.pagexplorer.ui.support.Tips;

/** What to export, in which format and how large, with a look at it before. */
final class ExportDialog {
  private static final double WIDTH = 460;
  private static final double HEIGHT = 300;
  private static final int LINES = 16;
  private static final Duration LOOK_EVERY = Duration.millis(500);

  private final FileDialogs dialogs;
  private final WaitingExports waiting;
  private final Notice notice;
  private final Dialog<ButtonType> dialog = new Dialog<>();
  private final ComboBox<ExportChoice> what = new ComboBox<>();
  private final ComboBox<String> format = new ComboBox<>();
  private final ComboBox<Integer> scale = new ComboBox<>();
  private final CheckBox unfinished = new CheckBox("Save what is there now");
  private final Label state = Labels.explanation("", WIDTH);
  private final Label size = Labels.styled("model-kind", "");
  private final ImageView picture = new ImageView();
  private final Label text = new Label();
  private final Button save;
  private final Requests previews = new Requests();
  private final Timeline clock = new Timeline(new KeyFrame(LOOK_EVERY, event -> look()));
  private Optional<Exhibit> exhibit = Optional.empty();
  private Optional<Pending> pending = Optional.empty();
  private boolean stopped;

  /**
   * @param choices the likeliest first
   */
  ExportDialog(
      Window owner,
      List<ExportChoice> choices,
      FileDialogs dialogs,
      WaitingExports waiting,
      Notice notice) {
    this.dialogs = dialogs;
    this.waiting = waiting;
    this.notice = notice;
    dialog.initOwner(owner);
    dialog.setTitle("PAG Explorer: export");
    ButtonType saving = new ButtonType("Save…", ButtonData.OK_DONE);
    dialog.getDialogPane().getButtonTypes().addAll(saving, ButtonType.CANCEL);
    save = (Button) dialog.getDialogPane().lookupButton(saving);
    save.setId("export-save");
    save.addEventFilter(
        javafx.event.ActionEvent.ACTION,
        event -> {
          if (!save()) {
            event.consume(); // no file was chosen: the dialog stays
          }
        });
    lay(choices);
    clock.setCycleCount(Animation.INDEFINITE);
    dialog.setOnShown(event -> clock.play());
    dialog.setOnHidden(
        event -> {
          clock.stop();
          previews.cancel();
        });
  }

  void show() {
    dialog.show();
  }

  /** What it shows, for pictures of it. */
  DialogPane pane() {
    return dialog.getDialogPane();
  }

  private void lay(List<ExportChoice> choices) {
    what.setId("export-what");
    what.setConverter(Titles.of(ExportChoice::title));
    what.getItems().setAll(choices);
    what.setMaxWidth(Double.MAX_VALUE);
    format.setId("export-format");
    format.setConverter(Titles.of(ExportDialog::title));
    Tips.on(what, "What of this screen is saved");
    Tips.on(save, "Choose a file and save it there");
    Tips.on(
        unfinished, "Save what has been made so far instead of waiting until the grid is finished");
    Tips.on(
        format,
        "PNG for slides, SVG and PDF for papers, CSV for the numbers, LaTeX for a table; of an"
            + " attack, APNG keeps all colors, GIF 256 per frame");
    scale.setId("export-scale");
    scale.getItems().setAll(1, 2, 3, 4, 6, 8);
    scale.setValue(Exhibit.SCALE);
    scale.setConverter(Titles.of(factor -> factor + "×"));
    Tips.on(scale, "Pixels per point of a PNG; PDF and SVG can be scaled later");
    unfinished.setId("export-unfinished");
    state.setId("export-state");
    state.setMinHeight(Region.USE_PREF_SIZE);
    size.setId("export-size");
    picture.setId("export-preview");
    picture.setPreserveRatio(true);
    text.setId("export-preview-text");
    text.getStyleClass().add("report");
    StackPane preview = new StackPane(picture, text);
    preview.getStyleClass().add("export-preview");
    preview.setMinSize(WIDTH, HEIGHT);
    preview.setPrefSize(WIDTH, HEIGHT);
    preview.setMaxSize(Double.MAX_VALUE, HEIGHT);
    state.managedProperty().bind(state.textProperty().isNotEmpty());
    unfinished.managedProperty().bind(unfinished.visibleProperty());
    GridPane form = new GridPane(10, 8);
    form.addRow(0, new Label("what"), what);
    form.addRow(1, new Label("format"), format, new Label("scale"), scale);
    GridPane.setColumnSpan(what, GridPane.REMAINING);
    GridPane.setHgrow(format, Priority.ALWAYS);
    format.setMaxWidth(Double.MAX_VALUE);
    // However long their words are, the window stays as wide as it is.
    what.setPrefWidth(WIDTH / 2);
    format.setPrefWidth(WIDTH / 2);
    form.getChildren().stream()
        .filter(each -> each != what)
        .forEach(each -> ((Region) each).setMinWidth(Region.USE_PREF_SIZE));
    VBox content = new VBox(12, form, preview, size, state, unfinished);
    dialog.getDialogPane().setContent(Help.padded(content));
    dialog.getDialogPane().getStyleClass().add("export");
    what.valueProperty().addListener((property, old, now) -> choose(now));
    unfinished.selectedProperty().addListener((property, old, now) -> choose(what.getValue()));
    format
        .valueProperty()
        .addListener(
            (property, old, now) -> {
              if (now != null) {
                preview();
              }
            });
    scale.valueProperty().addListener((property, old, now) -> preview());
    what.setValue(choices.getFirst());
  }

  private static String title(String ending) {
    return switch (ending) {
      case "tex" -> "LaTeX";
      case Exhibit.FRAMES -> "PNG frames in a folder";
      case "safetensors" -> ending;
      default -> ending.toUpperCase(Locale.ROOT);
    };
  }

  private void choose(@Nullable ExportChoice choice) {
    if (choice == null) {
      return;
    }
    exhibit = choice.whole().get();
    pending = exhibit.isPresent() ? Optional.empty() : choice.pending().get();
    Optional<Exhibit> part = exhibit.isPresent() ? Optional.empty() : choice.unfinished().get();
    unfinished.setVisible(pending.isPresent() || part.isPresent());
    stopped = pending.isEmpty() && part.isPresent();
    if (exhibit.isEmpty() && unfinished.isSelected()) {
      exhibit = part;
    }
    List<String> formats = exhibit.map(Exhibit::formats).orElse(choice.formats());
    if (!formats.equals(format.getItems())) {
      String before = format.getValue();
      format.setValue(null); // else it may go on to show what stood at the same place
      format.getItems().setAll(formats);
      format.setValue(before != null && formats.contains(before) ? before : formats.getFirst());
    }
    say(choice);
    preview();
  }

  private void say(ExportChoice choice) {
    save.setDisable(exhibit.isEmpty() && (pending.isEmpty() || unfinished.isSelected()));
    if (pending.isPresent() && !unfinished.isSelected()) {
      state.setText(
          "It is not finished yet (" + pending.get().words() + "); it is saved when it is.");
    } else if (pending.isPresent()) {
      state.setText(exhibit.isEmpty() ? "There is no picture yet." : "");
    } else if (exhibit.isEmpty()) {
      state.setText(stopped ? "It was stopped before it was finished." : choice.missing());
    } else {
      state.setText("");
    }
  }

  /** What was not finished may be by now. */
  private void look() {
    ExportChoice choice = Objects.requireNonNull(what.getValue());
    if (pending.isEmpty()) {
      if (exhibit.isEmpty()) { // of what is measured there may be something by now
        choose(choice);
      }
      return;
    }
    boolean wasThere = exhibit.isPresent();
    boolean done = pending.get().whole().isPresent();
    if (done || !pending.get().lost().isEmpty() || (unfinished.isSelected() && !wasThere)) {
      choose(choice);
    } else {
      say(choice);
    }
  }

  private void preview() {
    scale.setDisable(!"png".equals(format.getValue()));
    boolean asText = exhibit.isPresent() && isText(exhibit.get());
    picture.setVisible(!asText);
    text.setVisible(asText);
    size.setText("");
    previews.cancel();
    if (asText) {
      text.setText(
          exhibit
              .flatMap(Exhibit::numbers)
              .map(table -> head(table.csv()))
              .orElse("There is no preview of " + title(format.getValue()) + " files."));
    } else if (exhibit.flatMap(Exhibit::drawing).isPresent()) {
      draw(exhibit.get());
    } else {
      picture.setImage(null);
    }
  }

  private boolean isText(Exhibit shown) {
    return "csv".equals(format.getValue()) || shown.drawing().isEmpty();
  }

  private static String head(String text) {
    return text.lines().limit(LINES).collect(Collectors.joining("\n"));
  }

  /** A drawing's size, and as much of it as there is room for. */
  private record Preview(Drawing drawing, BufferedImage pixels) {}

  private void draw(Exhibit shown) {
    BackgroundTask.of(
            () -> {
              Drawing drawing = shown.drawing().orElseThrow().get();
              double fitting =
                  Math.min(
                      1, Math.min(WIDTH / drawing.width(), HEIGHT / (double) drawing.height()));
              return new Preview(drawing, drawing.pixels(2 * fitting, 1 << 22));
            })
        .within(previews.latest())
        .onDone(this::show)
        .onFailed(failure -> state.setText(Sentence.of(failure)))
        .start();
  }

  private void show(Preview made) {
    Drawing drawing = made.drawing();
    picture.setImage(Pictures.image(made.pixels()));
    picture.setFitWidth(Math.min(WIDTH, made.pixels().getWidth() / 2.0));
    picture.setFitHeight(Math.min(HEIGHT, made.pixels().getHeight() / 2.0));
    size.setText(
        switch (format.getValue()) {
          case "png" -> pixels(drawing, scale.getValue());
          case "svg", "pdf" ->
              "%.0f × %.0f mm".formatted(drawing.width() * 25.4 / 72, drawing.height() * 25.4 / 72);
          case "tex" -> "";
          default -> pixels(drawing, 1);
        });
  }

  private static String pixels(Drawing drawing, long factor) {
    return "%,d × %,d pixels".formatted(factor * drawing.width(), factor * drawing.height());
  }

  /** Asks where and saves; false if no file was chosen. */
  private boolean save() {
    ExportChoice choice = Objects.requireNonNull(what.getValue());
    String ending = format.getValue();
    Optional<Path> file = dialogs.save(Exhibit.name(choice.stem(), ending));
    if (file.isEmpty()) {
      return false;
    }
    boolean now = pending.isEmpty() || unfinished.isSelected();
    Optional<Exhibit> finished = pending.flatMap(Pending::whole);
    if (now || finished.isPresent()) {
      finished.or(() -> exhibit).orElseThrow().save(file.get(), ending, scale.getValue(), notice);
    } else {
      waiting.add(pending.orElseThrow(), file.get(), ending, scale.getValue());
    }
    return true;
  }
}
