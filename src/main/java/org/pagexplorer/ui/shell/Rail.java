package org.pagexplorer.ui.shell;

import java.util.Locale;
import javafx.beans.property.ObjectProperty;
import javafx.scene.control.Button;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.javafx.FontIcon;
import org.pagexplorer.ui.shell.MainWindow.Screen;
import org.pagexplorer.ui.support.Keys;
import org.pagexplorer.ui.support.Tips;

/** The window's left edge: a button a screen, and what works on all of them. */
final class Rail extends VBox {
  private final ObjectProperty<Screen> screen;
  private final ToggleGroup group = new ToggleGroup();

  /**
   * @param running opens the list of what runs
   */
  Rail(MainWindow window, Button running) {
    super(4);
    screen = window.screenProperty();
    getStyleClass().add("rail");
    Region space = new Region();
    VBox.setVgrow(space, Priority.ALWAYS);
    getChildren()
        .addAll(
            screenButton(
                Screen.EXPLORE,
                "Explore",
                "mdi2i-image-multiple-outline",
                "One model: images attacked toward every class, step by step, with their numbers"),
            screenButton(
                Screen.COMPARE,
                "Compare",
                "mdi2c-compare",
                "Several models on the same images: pictures, accuracies under attack, alignment of"
                    + " their gradients, and a blind test"),
            screenButton(
                Screen.TOY,
                "Playground",
                "mdi2c-chart-scatter-plot-hexbin",
                "The paper's two-dimensional experiment: networks that learn points of the plane,"
                    + " with and without aligned gradients"),
            screenButton(
                Screen.TRAIN,
                "Train",
                "mdi2s-school-outline",
                "Train models, with aligned gradients or without; runs go on when the window is"
                    + " closed"),
            space,
            running,
            button(
                "export",
                "mdi2e-export-variant",
                "Export",
                "Save pictures, curves, or tables of this screen ("
                    + Keys.words(Keys.shortcut(KeyCode.E))
                    + ")",
                window::export),
            button(
                "theme",
                "mdi2t-theme-light-dark",
                "Theme",
                "Switch between light and dark (" + Keys.words(Keys.shortcut(KeyCode.D)) + ")",
                window::switchTheme),
            button(
                "help", "mdi2h-help-circle-outline", "Help", "Keys and words (F1)", window::help));
  }

  private ToggleButton screenButton(Screen which, String text, String icon, String tip) {
    ToggleButton button = new ToggleButton(text, new FontIcon(icon));
    button.setId("screen-" + text.toLowerCase(Locale.ROOT));
    button.getStyleClass().add("rail-button");
    Tips.on(button, tip);
    button.setToggleGroup(group);
    button.setSelected(screen.get() == which);
    button.setOnAction(
        event -> {
          button.setSelected(true);
          screen.set(which);
        });
    screen.addListener((property, old, now) -> button.setSelected(now == which));
    return button;
  }

  private static Button button(String id, String icon, String text, String tip, Runnable action) {
    Button button = new Button(text, new FontIcon(icon));
    button.setId(id);
    button.getStyleClass().addAll("flat", "rail-button");
    Tips.on(button, tip);
    button.setOnAction(event -> action.run());
    return button;
  }
}
