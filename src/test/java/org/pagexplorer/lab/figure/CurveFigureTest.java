package org.pagexplorer.lab.figure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jfree.chart.LegendItemCollection;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pagexplorer.dataset.ImageFiles;
import org.pagexplorer.lab.figure.CurveFigure.Axis;
import org.pagexplorer.lab.figure.CurveFigure.Curve;
import org.pagexplorer.lab.measure.ResultTable;

class CurveFigureTest {
  private static final Axis STEPS = new Axis("step", 0, 3, true, false);

  @TempDir Path folder;

  private static CurveFigure figure(boolean log, double... y) {
    Axis loss = new Axis("loss", 0, Double.NaN, false, log);
    double[] x = new double[y.length];
    for (int i = 0; i < x.length; i++) {
      x[i] = i;
    }
    return new CurveFigure("loss", STEPS, loss, List.of(Curve.of("a", x, y, 0)), true);
  }

  private static int pixelsOf(Color color, BufferedImage picture) {
    int found = 0;
    for (int i = 0; i < picture.getWidth() * picture.getHeight(); i++) {
      int rgb = picture.getRGB(i % picture.getWidth(), i / picture.getWidth());
      found += rgb == color.getRGB() ? 1 : 0;
    }
    return found;
  }

  @Test
  void aLongNameIsShortenedInTheLegendAndSaysSo() {
    String name = "🐱".repeat(50);
    double[] x = {0, 1};
    Axis loss = new Axis("loss", 0, 1, false, false);
    List<Curve> curves = List.of(Curve.of("Class Mean", x, x, 0), Curve.of(name, x, x, 1));
    CurveFigure figure = new CurveFigure("loss", STEPS, loss, curves, true);
    LegendItemCollection items =
        CurvePlot.of(figure, ChartLooks.PAPER).getXYPlot().getLegendItems();
    assertEquals("Class Mean", items.get(0).getLabel());
    assertEquals("🐱".repeat(39) + "…", items.get(1).getLabel());
  }

  @Test
  void numbersOfAllCurvesAreARowAnX() {
    Curve band =
        new Curve(
            "b, c",
            new double[] {1, 2},
            new double[] {0.1f, 3},
            new double[] {0, 1},
            new double[] {1, 4.25},
            1,
            false);
    Axis y = new Axis("loss", 0, Double.NaN, false, false);
    Curve first = Curve.of("", new double[] {0, 1}, new double[] {1e-7, Double.NaN}, 0);
    ResultTable table = new CurveFigure("x", STEPS, y, List.of(first, band), true).table();
    assertEquals(
        """
        step,loss,"b, c","b, c, low","b, c, high"\r
        0,1.0E-7,,,\r
        1,,0.1,0,1\r
        2,,3,1,4.25\r
        """,
        table.csv());
    assertEquals("step\tloss\tb, c\tb, c, low\tb, c, high", table.tsv().lines().findFirst().get());
    assertEquals("2\t\t3\t1\t4.25", table.tsv().lines().skip(3).findFirst().get());
  }

  @Test
  void aPictureShowsTheCurveInItsColorAndAFileHoldsIt() throws IOException {
    assumeTrue(Lettering.hasFonts(), "no fonts on this machine");
    Drawing drawing = figure(false, 1, 0.5, 0.25, 0.125).drawing();
    int drawn = pixelsOf(Palette.LIGHT.of(0), drawing.pixels(2, 1 << 22));
    assertTrue(drawn > 500, drawn + " pixels of the curve");
    for (int scale : new int[] {1, 3}) {
      Path file = folder.resolve(scale + ".png");
      drawing.write(file, scale);
      assertEquals(scale * drawing.width(), ImageFiles.read(file, 1 << 24).getWidth());
    }
    Path svg = folder.resolve("loss.svg");
    drawing.write(svg);
    String text = Files.readString(svg);
    assertTrue(text.contains("<svg") && text.contains(">step<"), "letters stay letters");
    assertTrue(text.contains("rgb(0,114,178)") || text.contains("#0072b2"), "the curve's color");
  }

  @Test
  void aLogarithmicAxisDrawsWhatIsAboveZeroOnly() {
    assertTrue(figure(true, 0, -1).isEmpty());
    assertFalse(figure(false, 0, -1).isEmpty());
    assertFalse(figure(true, 0, 1e-3).isEmpty());
    assumeTrue(Lettering.hasFonts(), "no fonts on this machine");
    // Straight on a logarithmic axis: the middle value lies halfway up, not at the bottom.
    BufferedImage picture = figure(true, 1e-4, 1e-2, 1).drawing().pixels(1, 1 << 22);
    int middle = picture.getWidth() * 2 / 5;
    int row = 0;
    while (row < picture.getHeight()
        && picture.getRGB(middle, row) != Palette.LIGHT.of(0).getRGB()) {
      row++;
    }
    assertTrue(row > 100 && row < 250, "row " + row + " of " + picture.getHeight());
  }

  @Test
  void noCurvesAtAllAreDrawnWithoutFailing() {
    Axis log = new Axis("loss", 0, Double.NaN, false, true);
    BufferedImage picture =
        new CurveFigure("x", STEPS, log, List.of(), true).drawing().pixels(1, 1 << 22);
    assertEquals(560, picture.getWidth());
    assertEquals(560, figure(true, 0, 0).drawing().pixels(1, 1 << 22).getWidth());
  }

  @Test
  void aTableIsDrawnWithItsNotesBrokenIntoLines() throws IOException {
    assumeTrue(Lettering.hasFonts(), "no fonts on this machine");
    ResultTable table =
        new ResultTable(
            List.of("model", "clean"),
            List.of(List.of("RIGD", "91.2"), List.of("vanilla", "94.0")),
            List.of("a note of many words ".repeat(20).strip()));
    Drawing drawing = TableFigure.of(table);
    assertTrue(drawing.width() < 600, "notes are broken: " + drawing.width());
    Path svg = folder.resolve("table.svg");
    drawing.write(svg);
    String text = Files.readString(svg);
    for (String word : List.of(">RIGD<", ">94.0<", ">model<", "many words")) {
      assertTrue(text.contains(word), word);
    }
  }
}
