package org.pagexplorer.ui.support;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import javafx.scene.control.CheckBox;
import javafx.scene.control.MenuButton;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.Slider;
import javafx.scene.control.Tab;
import javafx.scene.control.TabPane;
import javafx.scene.control.TextField;
import javafx.scene.layout.VBox;
import javafx.stage.Stage;
import org.junit.jupiter.api.Test;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.Start;

@FxTest
class ControlTipsTest {
  @Start
  void start(Stage stage) {
    stage.setTitle("nothing is shown");
  }

  @Test
  void thoseWithoutATooltipAreNamedFoldedAwayOrNot(FxRobot robot) {
    ControlTips tips = new ControlTips();
    robot.interact(
        () -> {
          CheckBox box = new CheckBox();
          box.setId("folded");
          box.setVisible(false);
          Slider slider = new Slider();
          slider.setId("slider");
          Tips.on(slider, "Moves");
          TextField field = new TextField();
          field.setId("field");
          MenuButton menu = new MenuButton();
          menu.setId("menu");
          Tips.on(menu, " ");
          ScrollPane scroll = new ScrollPane(new VBox(field, menu));
          tips.look("here", new VBox(box, slider, new TabPane(new Tab("tab", scroll))));
        });
    assertEquals(
        "here: CheckBox folded\nhere: MenuButton menu\nhere: TextField field", tips.silent());
    assertEquals(Map.of("folded", "", "slider", "Moves", "field", "", "menu", " "), tips.said());
  }
}
