package org.pagexplorer.ui.attack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import javafx.scene.paint.Color;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pagexplorer.domain.Architecture;
import org.pagexplorer.domain.AttackedImage;
import org.pagexplorer.domain.Cards;
import org.pagexplorer.domain.Goal;
import org.pagexplorer.domain.Image;
import org.pagexplorer.domain.InputShape;
import org.pagexplorer.domain.ModelCard;
import org.pagexplorer.lab.attack.AttackedGrid;
import org.pagexplorer.lab.attack.OriginalImage;
import org.pagexplorer.lab.figure.GridFigure;
import org.pagexplorer.lab.model.OpenModel;
import org.pagexplorer.ui.support.Theme;

/** An exported figure's bars mean what the window's do. */
class FigureColorsTest {
  private static final Image WHITE = white();

  private static Image white() {
    float[] pixels = new float[InputShape.CIFAR.size()];
    java.util.Arrays.fill(pixels, 1);
    return new Image(InputShape.CIFAR, pixels);
  }

  private static int rgb(Color color) {
    return (int) Math.round(255 * color.getRed()) << 16
        | (int) Math.round(255 * color.getGreen()) << 8
        | (int) Math.round(255 * color.getBlue());
  }

  /** Drawn with one picture in which class 0 has this probability. */
  private static Set<Integer> colors(Goal goal, float first) {
    ModelCard card =
        Cards.of("m", Architecture.resNet18(2, InputShape.CIFAR, 2), List.of("a", "b"));
    AttackedImage one =
        new AttackedImage(
            goal,
            WHITE,
            new float[] {0.5f, 0.5f},
            new float[] {first, 1 - first},
            new float[] {0},
            new float[] {0},
            0,
            0,
            0,
            0,
            0,
            0);
    AttackedGrid grid =
        new AttackedGrid(
            List.of(new OpenModel(Path.of("m"), "0".repeat(64), card, java.util.Optional.empty())),
            List.of(new OriginalImage("x", "x", WHITE, OptionalInt.empty(), "")),
            List.of("a"),
            List.of(List.of(List.of(one))));
    GridFigure figure = GridFigure.of(grid, "PGD");
    BufferedImage picture =
        new BufferedImage(figure.width(), figure.height(), BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = picture.createGraphics();
    figure.draw(graphics);
    graphics.dispose();
    Set<Integer> colors = new TreeSet<>();
    for (int y = 0; y < picture.getHeight(); y++) {
      for (int x = 0; x < picture.getWidth(); x++) {
        colors.add(picture.getRGB(x, y) & 0xFFFFFF);
      }
    }
    return colors;
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void greenIsWhereTheGoalIsMetAndBlueWhereItIsNot(boolean targeted) {
    Goal goal = targeted ? Goal.reach(0) : Goal.leave(0);
    int green = rgb(Theme.LIGHT.success());
    int blue = rgb(Theme.LIGHT.accent());
    for (float first : new float[] {0.9f, 0.1f}) {
      boolean met = goal.isMetBy(first > 0.5 ? 0 : 1);
      Set<Integer> colors = colors(goal, first);
      assertTrue(colors.contains(met ? green : blue), "the bar");
      assertFalse(colors.contains(met ? blue : green), "no other one");
    }
    assertEquals(targeted, goal.targeted());
  }
}
