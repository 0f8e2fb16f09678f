package org.pagexplorer.ui.toy;

import java.util.Locale;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.MenuButton;
import javafx.scene.control.ProgressBar;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.HBox;
import javafx.scene.layout.StackPane;
import javafx.scene.paint.Color;
import org.kordamp.ikonli.javafx.FontIcon;
import org.pagexplorer.domain.Method;
import org.pagexplorer.lab.toy.ToySetup;
import org.pagexplorer.ui.control.Buttons;
import org.pagexplorer.ui.control.CompactRow;
import org.pagexplorer.ui.support.Keys;
import org.pagexplorer.ui.support.Tips;
import org.pagexplorer.ui.toy.ToyViewModel.Tool;

/** Play, pause, step; what the pointer does; another panel; exports. */
final class ToyBar extends StackPane {
  private final ToyViewModel model;
  private final ToyExport export;

  ToyBar(ToyViewModel model, ToyExport export, Runnable manySeeds) {
    this.model = model;
    this.export = export;
    getStyleClass().add("toy-bar");
    ProgressBar progress = progress();
    CompactRow row =
        new CompactRow(
            play(),
            Buttons.icon(
                "toy-step",
                "mdi2s-skip-next",
                "One training step of every panel",
                () -> model.once(false)),
            Buttons.icon(
                "toy-epoch",
                "mdi2s-skip-forward",
                "One epoch of every panel: once through the points",
                () -> model.once(true)),
            Buttons.icon(
                "toy-reset",
                "mdi2r-restart",
                "Restart the training from its first weights",
                model::restart),
            speed(),
            epoch(),
            progress,
            new HBox(4, tools()),
            undoing(),
            addPanel(),
            seeds(manySeeds),
            exports());
    getChildren().add(row.withNice(progress));
  }

  private HBox undoing() {
    Button undo =
        Buttons.icon(
            "toy-undo",
            "mdi2u-undo",
            "Undo (" + Keys.words(Keys.shortcut(KeyCode.Z)) + ")",
            model.points()::undo);
    Button redo =
        Buttons.icon(
            "toy-redo",
            "mdi2r-redo",
            "Redo (" + Keys.words(Keys.shiftShortcut(KeyCode.Z)) + ")",
            model.points()::redo);
    undo.disableProperty().bind(model.points().history().canUndoProperty().not());
    redo.disableProperty().bind(model.points().history().canRedoProperty().not());
    return new HBox(4, undo, redo);
  }

  private Button play() {
    FontIcon icon = new FontIcon("mdi2p-play");
    Button button = new Button("", icon);
    button.setId("toy-play");
    button.getStyleClass().add("accent");
    Runnable show =
        () -> {
          boolean playing = model.playingProperty().get();
          icon.setIconLiteral(playing ? "mdi2p-pause" : "mdi2p-play");
          String words = playing ? "Pause (space)" : "Train (space)";
          Tips.on(button, words);
          button.setAccessibleText(words);
        };
    model.playingProperty().addListener((property, old, now) -> show.run());
    show.run();
    button.setOnAction(event -> model.togglePlay());
    return button;
  }

  private ComboBox<Speed> speed() {
    ComboBox<Speed> box = new ComboBox<>();
    box.setId("toy-speed");
    box.setPrefWidth(118);
    box.getItems().setAll(Speed.values());
    Tips.on(box, "How fast the networks train while they are watched");
    box.valueProperty().bindBidirectional(model.speedProperty());
    return box;
  }

  private Label epoch() {
    Label label = new Label();
    label.setId("toy-epochs");
    label.setMinWidth(118);
    Runnable show =
        () ->
            label.setText(
                String.format(
                    Locale.ROOT,
                    "epoch %.2f / %d",
                    model.epochsProperty().get(),
                    model.setupProperty().get().epochs()));
    model.epochsProperty().addListener((property, old, now) -> show.run());
    model.setupProperty().addListener((property, old, now) -> show.run());
    show.run();
    return label;
  }

  private ProgressBar progress() {
    ProgressBar bar = new ProgressBar(0);
    bar.setPrefWidth(90);
    model
        .epochsProperty()
        .subscribe(
            now ->
                bar.setProgress(
                    Math.min(1, now.doubleValue() / model.setupProperty().get().epochs())));
    return bar;
  }

  private ToggleButton[] tools() {
    ToggleGroup group = new ToggleGroup();
    return new ToggleButton[] {
      tool(group, Tool.ATTACK, "toy-tool-attack", "mdi2t-target", "Click to attack; drag to pan"),
      tool(
          group,
          Tool.PAINT_BLUE,
          "toy-tool-blue",
          "mdi2b-brush",
          "Click or drag in a plane to paint points of class 0, blue"),
      tool(
          group,
          Tool.PAINT_ORANGE,
          "toy-tool-orange",
          "mdi2b-brush",
          "Click or drag in a plane to paint points of class 1, orange"),
      tool(
          group,
          Tool.ERASE,
          "toy-tool-erase",
          "mdi2e-eraser",
          "Click or drag in a plane to erase points")
    };
  }

  private ToggleButton tool(ToggleGroup group, Tool tool, String id, String icon, String tip) {
    FontIcon picture = new FontIcon(icon);
    if (tool == Tool.PAINT_BLUE || tool == Tool.PAINT_ORANGE) {
      int label = tool == Tool.PAINT_BLUE ? 0 : 1;
      String font = picture.getStyle(); // without it, there is no such picture
      Runnable paint =
          () ->
              picture.setStyle( // stronger than the theme's own color of icons
                  font
                      + "-fx-icon-color: "
                      + css(ToyPalette.of(model.view().themeProperty().get()).point()[label])
                      + ";");
      model.view().themeProperty().addListener((property, old, now) -> paint.run());
      paint.run();
    }
    ToggleButton button = new ToggleButton("", picture);
    button.getStyleClass().add("tool");
    button.setId(id);
    button.setToggleGroup(group);
    Tips.on(button, tip);
    button.setAccessibleText(tip);
    button.setSelected(model.toolProperty().get() == tool);
    button.setOnAction(
        event -> {
          button.setSelected(true);
          model.toolProperty().set(tool);
        });
    model.toolProperty().addListener((property, old, now) -> button.setSelected(now == tool));
    return button;
  }

  private static String css(Color color) {
    return color.toString().replaceFirst("0x", "#");
  }

  private MenuButton addPanel() {
    MenuButton menu = new MenuButton("Panel", new FontIcon("mdi2p-plus"));
    menu.setId("toy-add-panel");
    Tips.on(menu, "Add a network trained with another method, four at most; all restart");
    for (Method method : Method.ofPoints()) {
      menu.getItems()
          .add(
              Buttons.item(
                  "toy-add-" + method.id(),
                  method.title(),
                  () -> model.addPanel(new ToySetup.Scheme(method, ToySetup.DEFAULT_LAMBDA))));
    }
    model
        .setupProperty()
        .subscribe(now -> menu.setDisable(now.schemes().size() == ToySetup.MOST_SCHEMES));
    return menu;
  }

  private static Button seeds(Runnable manySeeds) {
    Button button = new Button("10 seeds", new FontIcon("mdi2c-chart-scatter-plot"));
    button.setId("toy-seeds");
    Tips.on(
        button,
        "Train each panel's scheme with ten seeds in the background, to see how much is luck");
    button.setOnAction(event -> manySeeds.run());
    return button;
  }

  private MenuButton exports() {
    MenuButton menu = new MenuButton("Export", new FontIcon("mdi2e-export-variant"));
    menu.setId("toy-export");
    Tips.on(menu, "Save the panels, boundaries, weights, or points, or copy the setup as text");
    menu.getItems()
        .addAll(
            Buttons.item("toy-export-open", "Export…", export::open),
            Buttons.item("toy-copy-setup", "Copy setup as text", export::copySetup),
            Buttons.item("toy-paste-setup", "Paste setup", export::pasteSetup));
    return menu;
  }
}
