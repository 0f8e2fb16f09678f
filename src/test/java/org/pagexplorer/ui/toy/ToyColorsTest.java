package org.pagexplorer.ui.toy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.pagexplorer.ui.support.Waiting.waitFor;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.stream.IntStream;
import javafx.scene.control.ToggleButton;
import javafx.scene.paint.Paint;
import javafx.stage.Stage;
import org.junit.jupiter.api.Test;
import org.kordamp.ikonli.javafx.FontIcon;
import org.pagexplorer.domain.Method;
import org.pagexplorer.lab.figure.Drawing;
import org.pagexplorer.lab.figure.Palette;
import org.pagexplorer.ui.control.CurveChart;
import org.pagexplorer.ui.support.Exhibit;
import org.pagexplorer.ui.support.FxTest;
import org.pagexplorer.ui.support.Theme;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.Start;

/** Classes and methods have the colors that they have in charts and figures. */
@FxTest
class ToyColorsTest extends ToyStage {
  @Start
  void start(Stage stage) {
    open(stage);
  }

  private static long pixelsOf(Color color, BufferedImage picture) {
    return IntStream.range(0, picture.getHeight())
        .mapToLong(
            y ->
                IntStream.range(0, picture.getWidth())
                    .filter(x -> picture.getRGB(x, y) == color.getRGB())
                    .count())
        .sum();
  }

  private Paint brush(FxRobot robot, String id) {
    Paint[] fill = new Paint[1];
    robot.interact(
        () -> {
          view.applyCss();
          ToggleButton button = (ToggleButton) view.lookup(id);
          fill[0] = ((FontIcon) button.getGraphic()).getFill();
        });
    return fill[0];
  }

  @Test
  void eachBrushHasTheColorOfItsClassAndTheChosenToolAFrame(FxRobot robot) {
    pause(robot);
    for (Theme theme : List.of(Theme.DARK, Theme.LIGHT)) {
      robot.interact(
          () -> {
            model.view().themeProperty().set(theme);
            theme.applyTo(view.getScene());
          });
      for (String tool : List.of("#toy-tool-orange", "#toy-tool-erase")) {
        robot.interact(((ToggleButton) view.lookup(tool))::fire);
        assertEquals(theme.color(Palette.ofClass(0)), brush(robot, "#toy-tool-blue"));
        assertEquals(theme.color(Palette.ofClass(1)), brush(robot, "#toy-tool-orange"));
        robot.interact(
            () -> {
              ToggleButton button = (ToggleButton) view.lookup(tool);
              assertTrue(button.isSelected());
              assertEquals(2, button.getBackground().getFills().size(), "a frame, and its inside");
            });
      }
      assertEquals(theme.color(0), ToyPalette.of(theme).point()[0]);
      assertEquals(theme.color(1), ToyPalette.of(theme).point()[1]);
    }
  }

  @Test
  void curvesHaveTheMethodsColorsAndFiguresTheClasses(FxRobot robot) {
    pause(robot);
    robot.interact(() -> model.attackFrom(10, 20));
    List<CurveChart> charts =
        view.lookupAll(".chart").stream().map(CurveChart.class::cast).toList();
    waitFor("losses", PATIENCE, () -> charts.stream().noneMatch(chart -> chart.figure().isEmpty()));
    assertEquals(
        List.of(Palette.ofMethod(Method.VANILLA), Palette.ofMethod(Method.NEAREST_NEIGHBOR)),
        charts.stream().map(chart -> chart.figure().curves().getFirst().color()).toList());
    Exhibit[] panels = new Exhibit[1];
    robot.interact(() -> panels[0] = view.exports().getFirst().whole().get().orElseThrow());
    Drawing figure = panels[0].drawing().orElseThrow().get();
    BufferedImage picture = figure.pixels(3, 1 << 24);
    for (int label = 0; label < 2; label++) {
      Color color = Palette.LIGHT.of(Palette.ofClass(label));
      assertTrue(pixelsOf(color, picture) > 100, "points of class " + label);
    }
  }
}
