package org.pagexplorer.ui.viewer;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import javafx.geometry.Orientation;
import javafx.geometry.Pos;
import javafx.geometry.VPos;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.Separator;
import javafx.scene.control.Slider;
import javafx.scene.control.TextField;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.shape.Rectangle;
import org.kordamp.ikonli.javafx.FontIcon;
import org.pagexplorer.dataset.Fit;
import org.pagexplorer.dataset.MaskFile;
import org.pagexplorer.domain.InputShape;
import org.pagexplorer.domain.Norm;
import org.pagexplorer.domain.UserException;
import org.pagexplorer.lab.attack.SpecificationFields;
import org.pagexplorer.ui.attack.AttackSetup;
import org.pagexplorer.ui.control.Buttons;
import org.pagexplorer.ui.control.NumberFields;
import org.pagexplorer.ui.support.BackgroundTask;
import org.pagexplorer.ui.support.FileDialogs;
import org.pagexplorer.ui.support.Tips;
import org.pagexplorer.ui.viewer.PaintViewModel.Tool;

/** What one paints with, and what becomes of a region; in two lines where one is too narrow. */
final class PaintBar extends FlowPane {
  private static final String OWN = "the column's class";
  private static final double LARGEST = 0.5;

  private final PaintViewModel paint;
  private final AttackSetup setup;
  private final FileDialogs dialogs;
  private final Supplier<List<String>> classes;
  private final ToggleGroup tools = new ToggleGroup();
  private final HBox regions = new HBox(2);
  private final ComboBox<String> target = new ComboBox<>();
  private final TextField epsilon = new TextField();
  private final Button add;
  private final Button remove;
  private final Button save;
  private boolean showing;
  private int shownRegion;

  PaintBar(
      PaintViewModel paint,
      AttackSetup setup,
      FileDialogs dialogs,
      Supplier<List<String>> classes) {
    super(8, 6);
    this.paint = paint;
    this.setup = setup;
    this.dialogs = dialogs;
    this.classes = classes;
    setId("paint-bar");
    setRowValignment(VPos.CENTER);
    setMinHeight(USE_PREF_SIZE);
    add =
        Buttons.icon(
            "paint-add",
            "mdi2p-plus",
            "One more region, with a class and an ε of its own; it lies over the others",
            paint::add);
    remove =
        Buttons.icon(
            "paint-remove",
            "mdi2d-delete-outline",
            "Take this region away; without any, all of the picture may change",
            paint::remove);
    save =
        Buttons.icon(
            "paint-save",
            "mdi2c-content-save-outline",
            "Save the region as a picture, for --mask on the command line",
            this::save);
    getChildren().addAll(tools(), sliders(), regionBox(), files());
    managedProperty().bind(visibleProperty());
    visibleProperty().bind(paint.onProperty());
    paint.revisionProperty().addListener((property, old, now) -> show());
    show();
  }

  private HBox tools() {
    HBox box = new HBox(2);
    for (Tool tool : Tool.values()) {
      ToggleButton button = new ToggleButton("", new FontIcon(icon(tool)));
      button.setId("paint-" + tool.name().toLowerCase(Locale.ROOT));
      button.setAccessibleText(words(tool));
      Tips.on(button, words(tool));
      button.setToggleGroup(tools);
      button.setSelected(tool == paint.toolProperty().get());
      button.setOnAction(
          event -> {
            button.setSelected(true); // one of them always is
            paint.toolProperty().set(tool);
          });
      paint.toolProperty().addListener((property, old, now) -> button.setSelected(now == tool));
      box.getChildren().add(button);
    }
    box.setAlignment(Pos.CENTER_LEFT);
    return box;
  }

  private static String icon(Tool tool) {
    return switch (tool) {
      case BRUSH -> "mdi2b-brush";
      case RECTANGLE -> "mdi2r-rectangle-outline";
      case ERASER -> "mdi2e-eraser";
    };
  }

  private static String words(Tool tool) {
    return switch (tool) {
      case BRUSH -> "Brush: paint on the original what may change (B)";
      case RECTANGLE -> "Rectangle: drag from corner to corner of what may change (R)";
      case ERASER -> "Eraser: what is wiped stays as it is (E)";
    };
  }

  private HBox sliders() {
    Slider size = new Slider(0.01, LARGEST, paint.radiusProperty().get());
    size.setId("paint-size");
    Tips.on(size, "The brush's radius, as a share of the picture's width ([ and ])");
    size.valueProperty().bindBidirectional(paint.radiusProperty());
    Slider soft = new Slider(0, 1, paint.softnessProperty().get());
    soft.setId("paint-softness");
    Tips.on(
        soft,
        "How soft edges are: at the left hard; a pixel at half strength may change by half of δ");
    soft.valueProperty().bindBidirectional(paint.softnessProperty());
    for (Slider slider : List.of(size, soft)) {
      slider.setPrefWidth(90);
      slider.setMinWidth(60);
    }
    HBox box = new HBox(6, new Label("size"), size, new Label("soft edges"), soft);
    box.setAlignment(Pos.CENTER_LEFT);
    return box;
  }

  private HBox regionBox() {
    regions.setAlignment(Pos.CENTER_LEFT);
    target.setId("paint-target");
    target.setPrefWidth(190);
    target.setVisibleRowCount(12);
    Tips.on(
        target,
        "The class that this region is turned into: that of the picture's column, or one of its"
            + " own");
    target.setOnAction(
        event -> {
          if (!showing && target.getValue() != null) {
            String chosen = target.getValue();
            paint.target(chosen.equals(OWN) ? Optional.empty() : Optional.of(chosen));
          }
        });
    epsilon.setId("paint-epsilon");
    epsilon.setPrefColumnCount(5);
    epsilon.setPromptText("as set");
    Tips.on(
        epsilon,
        "The region's own ε, in pixel units of 0 to 1, as 0.5 or 8/255; empty for the attack's");
    epsilon.setOnAction(event -> takeEpsilon());
    epsilon.focusedProperty().addListener((property, old, now) -> takeEpsilon());
    HBox box =
        new HBox(
            6,
            new Label("region"),
            regions,
            add,
            remove,
            new Label("toward"),
            target,
            new Label("ε"),
            epsilon);
    box.setAlignment(Pos.CENTER_LEFT);
    return box;
  }

  private HBox files() {
    Button undo =
        Buttons.icon(
            "paint-undo", "mdi2u-undo", "Undo the last stroke (Ctrl+Z)", () -> setup.undo().undo());
    undo.disableProperty().bind(setup.undo().canUndoProperty().not());
    Button redo =
        Buttons.icon("paint-redo", "mdi2r-redo", "Redo (Ctrl+Shift+Z)", () -> setup.undo().redo());
    redo.disableProperty().bind(setup.undo().canRedoProperty().not());
    HBox box =
        new HBox(
            6,
            Buttons.of(
                "paint-open",
                "From picture…",
                "Take the region from a picture: white may change, black not; or, where it has"
                    + " transparent parts, what is opaque",
                this::open),
            save,
            new Separator(Orientation.VERTICAL),
            undo,
            redo);
    box.setAlignment(Pos.CENTER_LEFT);
    return box;
  }

  private void open() {
    Optional<InputShape> shape = paint.shape();
    Optional<Path> file = dialogs.open().stream().findFirst();
    if (shape.isPresent() && file.isPresent()) {
      Fit fit = setup.rows().fitProperty().get();
      BackgroundTask.of(() -> MaskFile.read(file.get(), shape.get(), fit))
          .onDone(paint::take)
          .onFailed(setup.notice()::report)
          .start();
    }
  }

  private void save() {
    dialogs
        .save("mask.png")
        .ifPresent(
            file -> {
              try {
                paint.save(file);
              } catch (UserException e) {
                setup.notice().report(e);
              }
            });
  }

  private void takeEpsilon() {
    String typed = epsilon.getText().strip();
    if (showing || typed.equals(shownEpsilon())) {
      return;
    }
    if (typed.isEmpty()) {
      paint.epsilon(OptionalDouble.empty());
      return;
    }
    double value = NumberFields.parsePixels(typed);
    boolean isLinf = setup.settings().normProperty().get() == Norm.LINF;
    if (value >= 0 && value <= (isLinf ? 1 : 1e6)) {
      paint.epsilon(OptionalDouble.of(value));
    } else {
      setup
          .notice()
          .say(
              isLinf
                  ? "A region's ε is a number from 0 to 1 in L∞, as 8/255; kept as it was."
                  : "A region's ε is a number of 0 or more, as 2.5; kept as it was.");
      epsilon.setText(shownEpsilon());
    }
  }

  private String shownEpsilon() {
    return paint.epsilon().isPresent()
        ? SpecificationFields.number(paint.epsilon().getAsDouble())
        : "";
  }

  /** Another model may know other classes. */
  void update() {
    if (!items().equals(target.getItems())) {
      show();
    }
  }

  /** A class that the chosen model does not know stays chosen, for models that do. */
  private List<String> items() {
    List<String> items = new ArrayList<>(List.of(OWN));
    items.addAll(classes.get());
    paint.target().filter(chosen -> !items.contains(chosen)).ifPresent(items::add);
    return items;
  }

  /** Brings it up to the view model. */
  private void show() {
    showing = true;
    int count = Math.max(1, paint.regions().size());
    regions.getChildren().setAll(IntStream.range(0, count).mapToObj(this::chip).toList());
    List<String> items = items();
    if (!items.equals(target.getItems())) {
      target.getItems().setAll(items);
    }
    target.setValue(paint.target().orElse(OWN));
    int selected = paint.selectedProperty().get();
    if (!epsilon.isFocused() || selected != shownRegion) { // what is being typed is not lost
      epsilon.setText(shownEpsilon());
    }
    shownRegion = selected;
    add.setDisable(paint.regions().isEmpty() || paint.regions().size() >= PaintViewModel.MOST);
    boolean none = paint.chosen().isEmpty();
    remove.setDisable(none);
    save.setDisable(none);
    target.setDisable(none);
    epsilon.setDisable(none);
    showing = false;
  }

  private ToggleButton chip(int region) {
    Rectangle color = new Rectangle(10, 10, RegionOverlay.color(region));
    ToggleButton chip = new ToggleButton(String.valueOf(region + 1), color);
    chip.setId("paint-region-" + (region + 1));
    chip.setSelected(region == paint.selectedProperty().get());
    Tips.on(chip, "Region " + (region + 1) + ": painted, given a class, or taken away next");
    chip.setOnAction(
        event -> {
          paint.selectedProperty().set(region);
          chip.setSelected(true);
        });
    return chip;
  }
}
