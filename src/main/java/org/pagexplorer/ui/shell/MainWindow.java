package org.pagexplorer.ui.shell;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import javafx.application.Platform;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.scene.control.Button;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.BorderPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.javafx.FontIcon;
import org.pagexplorer.dataset.Samples;
import org.pagexplorer.domain.UserException;
import org.pagexplorer.lab.EngineLane;
import org.pagexplorer.lab.Home;
import org.pagexplorer.ui.explore.ExploreView;
import org.pagexplorer.ui.explore.ExploreViewModel;
import org.pagexplorer.ui.support.Background;
import org.pagexplorer.ui.support.FileDialogs;
import org.pagexplorer.ui.support.ModelShelf;
import org.pagexplorer.ui.support.Theme;

/**
 * The whole window but its frame: rail, models, screen, status. Composes the screens and gives them
 * what they need.
 */
public final class MainWindow extends BorderPane {
  private final EngineLane lane;
  private final ModelShelf shelf = new ModelShelf();
  private final ObjectProperty<Theme> theme = new SimpleObjectProperty<>(Theme.LIGHT);
  private final ExploreViewModel explore;
  private final StatusLine status;
  private final FileDialogs dialogs;
  private String device;

  /**
   * @param lane the engine's thread; the window does not close it
   * @param device the device that the lane was made for
   */
  public MainWindow(EngineLane lane, String device, FileDialogs dialogs) {
    this.lane = lane;
    this.device = device;
    this.dialogs = dialogs;
    explore = new ExploreViewModel(lane, shelf);
    ExploreView exploreView =
        new ExploreView(explore, theme, dialogs, this::open, explore.rows()::openDataset);
    status = new StatusLine(explore, this::useDevice);
    VBox.setVgrow(exploreView, Priority.ALWAYS);
    setLeft(new HBox(rail(), new ModelPane(shelf, dialogs, this::open)));
    setCenter(new VBox(new NoticeBar(explore.noticeProperty()), exploreView));
    setBottom(status);
    theme.addListener((property, old, now) -> dress(now));
    sceneProperty().addListener((property, old, now) -> dress(theme.get()));
    new Dropping(this).listen();
    new Shortcuts(this).listen();
  }

  private VBox rail() {
    ToggleButton screen = new ToggleButton("Explore", new FontIcon("mdi2i-image-multiple-outline"));
    screen.getStyleClass().add("rail-button");
    screen.setSelected(true);
    screen.setOnAction(event -> screen.setSelected(true));
    Region space = new Region();
    VBox.setVgrow(space, Priority.ALWAYS);
    VBox rail =
        new VBox(
            4,
            screen,
            space,
            railButton(
                "export",
                "mdi2e-export-variant",
                "Export",
                "Save the grid as a figure (Ctrl+E)",
                this::export),
            railButton(
                "theme",
                "mdi2t-theme-light-dark",
                "Theme",
                "Light or dark (Ctrl+D)",
                this::switchTheme),
            railButton(
                "help", "mdi2h-help-circle-outline", "Help", "Keys and words (F1)", this::help));
    rail.getStyleClass().add("rail");
    return rail;
  }

  private static Button railButton(
      String id, String icon, String text, String tip, Runnable action) {
    Button button = new Button(text, new FontIcon(icon));
    button.setId(id);
    button.getStyleClass().addAll("flat", "rail-button");
    button.setTooltip(new Tooltip(tip));
    button.setOnAction(event -> action.run());
    return button;
  }

  private void dress(Theme now) {
    if (getScene() != null) {
      now.applyTo(getScene());
    }
  }

  /** Loads models, samples and PyTorch, each on its own thread, behind the visible window. */
  public CompletableFuture<List<String>> begin() {
    Background.run(
        () -> Samples.open(Home.assets()), explore.rows().sourceProperty()::set, explore::report);
    List<String> broken = shelf.scan(Home.modelFolders());
    if (!broken.isEmpty()) {
      explore.noticeProperty().set(broken.getFirst());
    }
    shelf.models().stream()
        .filter(model -> model.card().method().equals("class-mean"))
        .findFirst()
        .or(() -> shelf.models().stream().findFirst())
        .ifPresent(shelf.chosenProperty()::set);
    return lane.start()
        .whenComplete(
            (devices, failure) ->
                Platform.runLater(
                    () -> {
                      if (failure == null) {
                        status.loaded(devices, device);
                      } else {
                        status.failed();
                        explore.report(failure);
                      }
                    }));
  }

  private void useDevice(String chosen) {
    String before = device;
    lane.useDevice(chosen)
        .whenComplete(
            (now, failure) ->
                Platform.runLater(
                    () -> {
                      device = failure == null ? chosen : before;
                      if (failure != null) {
                        explore.report(failure);
                      }
                      explore.restart();
                    }));
  }

  /** Opens checkpoints, pictures and data sets, each told by what it is. */
  void open(List<Path> files) {
    for (Path file : files) {
      String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
      if (Files.isDirectory(file)) {
        explore.rows().openDataset(file);
      } else if (name.endsWith(".safetensors")) {
        openModel(file);
      } else {
        explore.addPictures(List.of(file));
      }
    }
  }

  private void openModel(Path file) {
    try {
      shelf.open(file);
    } catch (UserException e) {
      explore.report(e);
    }
  }

  /** Asks where, then saves the grid as a picture. */
  void export() {
    dialogs.save("grid.png").ifPresent(explore::export);
  }

  void switchTheme() {
    theme.set(theme.get().other());
  }

  void help() {
    Help.show(getScene().getWindow());
  }

  public ExploreViewModel explore() {
    return explore;
  }

  ObjectProperty<Theme> themeProperty() {
    return theme;
  }

  FileDialogs dialogs() {
    return dialogs;
  }
}
