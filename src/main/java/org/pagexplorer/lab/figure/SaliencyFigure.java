package org.pagexplorer.lab.figure;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.pagexplorer.domain.Image;
import org.pagexplorer.domain.InputShape;
import org.pagexplorer.domain.SaliencyMap;
import org.pagexplorer.domain.SaliencyMap.Completeness;
import org.pagexplorer.domain.SaliencyMethod;
import org.pagexplorer.domain.SaliencySpecification;
import org.pagexplorer.lab.saliency.SaliencyGrid;
import org.pagexplorer.lab.saliency.SaliencyScale;

/**
 * Saliency maps as a figure: a row an image and model, interleaved by image; the original, then a
 * column a method and view.
 */
public final class SaliencyFigure {
  private static final Color INK = new Color(0x1F2328);
  private static final Color QUIET = new Color(0x667080);
  private static final int MARGIN = 28;
  private static final int GAP = 8;
  private static final int TILE = 96;
  private static final int ORIGINAL_GAP = 22;
  private static final int CAPTION = 16;
  private static final int GROUP_GAP = 14;
  private static final int LINE = 15;
  private static final int LABEL = 13;
  private static final int SMALL = 11;
  private static final int WIDEST_NAME = 180;

  private final SaliencyGrid grid;
  private final SaliencyScale scale;
  private final List<Column> columns = new ArrayList<>();
  private final List<Double> common;
  private final List<String> footer;
  private final int factor;
  private final InputShape shape;
  private final int namesWidth;
  private final int headerHeight;

  /** A method as it is shown. */
  private record Column(int method, SaliencyView view, List<String> heading) {}

  /**
   * @param views at least one
   * @param footer a sentence on how the maps were made
   */
  public SaliencyFigure(
      SaliencyGrid grid, SaliencyScale scale, List<SaliencyView> views, String footer) {
    this.grid = grid;
    this.scale = scale;
    shape = grid.subjects().getFirst().image().shape();
    common =
        IntStream.range(0, grid.methods().size())
            .mapToObj(m -> SaliencyScale.of(grid.of(m).toList()))
            .toList();
    factor = Math.max(1, TILE / Math.max(shape.width(), shape.height()));
    for (int m = 0; m < grid.methods().size(); m++) {
      for (SaliencyView view : views) {
        columns.add(new Column(m, view, heading(m, view)));
      }
    }
    namesWidth =
        grid.models().stream()
            .mapToInt(model -> Lettering.width(model.card().name(), LABEL, true))
            .map(width -> Math.min(width, WIDEST_NAME) + 2 * GAP)
            .max()
            .orElse(0);
    headerHeight = LINE * columns.stream().mapToInt(c -> c.heading().size()).max().orElse(1) + GAP;
    this.footer = footer(footer, views);
  }

  private List<String> heading(int m, SaliencyView view) {
    SaliencySpecification spec = grid.methods().get(m);
    SaliencyMethod method = spec.method();
    String title = view == SaliencyView.MAGNITUDE ? "|" + method.title() + "|" : method.title();
    List<String> lines = new ArrayList<>(Lettering.lines(title, tileWidth() + GAP, SMALL));
    if (!spec.layer().isEmpty()) {
      lines.add(spec.layer());
    }
    if (scale == SaliencyScale.COMMON) {
      lines.add(range(method, view, common.get(m)));
    }
    return lines;
  }

  private static String range(SaliencyMethod method, SaliencyView view, double value) {
    boolean signed = method.isSigned() && view == SaliencyView.SIGNED;
    return String.format(Locale.ROOT, signed ? "± %.3g" : "0 to %.3g", value);
  }

  private List<String> footer(String made, List<SaliencyView> views) {
    List<String> sentences = new ArrayList<>();
    sentences.add(made + ".");
    sentences.add(
        scale == SaliencyScale.COMMON
            ? "Full color is one value for all models and images of a column: the 99th percentile"
                + " of |value|."
            : "Each picture has a scale of its own, below it: the 99th percentile of its |value|."
                + " Sizes cannot be compared.");
    if (views.contains(SaliencyView.SIGNED)) {
      sentences.add("Gray is 0; brighter is positive, darker is negative, in each color channel.");
    }
    if (views.contains(SaliencyView.MAGNITUDE)) {
      sentences.add("Of |·|, black is 0, and white is the largest |value| of a pixel's channels.");
    }
    int room = Math.max(right() - MARGIN, 4 * TILE);
    return sentences.stream().flatMap(s -> Lettering.lines(s, room, SMALL).stream()).toList();
  }

  /** Ready to be written. */
  public Drawing drawing() {
    int text =
        footer.stream().mapToInt(line -> Lettering.width(line, SMALL, false)).max().orElse(0);
    return new Drawing(Math.max(right(), MARGIN + text) + MARGIN, height(), this::draw);
  }

  private int tileWidth() {
    return factor * shape.width();
  }

  private int tileHeight() {
    return factor * shape.height();
  }

  private int originalLeft() {
    return MARGIN + namesWidth;
  }

  private int left(int column) {
    return originalLeft() + tileWidth() + ORIGINAL_GAP + column * (tileWidth() + GAP);
  }

  private int right() {
    return left(columns.size()) - GAP;
  }

  private int pitch() {
    boolean sums =
        grid.methods().stream()
            .anyMatch(spec -> spec.method() == SaliencyMethod.INTEGRATED_GRADIENTS);
    return tileHeight() + CAPTION + 4 + (sums && scale == SaliencyScale.OWN ? LINE : 0);
  }

  private int top(int i, int k) {
    int group = grid.models().size() * pitch() + GROUP_GAP;
    return MARGIN + headerHeight + i * group + k * pitch();
  }

  private int bottom() {
    return top(grid.subjects().size(), 0);
  }

  private int height() {
    return bottom() + footer.size() * LINE + MARGIN;
  }

  private void draw(Graphics2D graphics) {
    graphics.setColor(Color.WHITE);
    graphics.fillRect(0, 0, drawing().width(), height());
    Lettering letters = new Lettering(graphics);
    header(letters);
    for (int i = 0; i < grid.subjects().size(); i++) {
      original(graphics, letters, i);
      for (int k = 0; k < grid.models().size(); k++) {
        if (graphics.hitClip(0, top(i, k), right() + MARGIN, pitch())) {
          row(graphics, letters, i, k);
        }
      }
    }
    for (int line = 0; line < footer.size(); line++) {
      int baseline = bottom() + line * LINE + SMALL;
      letters.draw(footer.get(line), MARGIN, baseline, Integer.MAX_VALUE, 0, SMALL, false, QUIET);
    }
  }

  private void header(Lettering letters) {
    small(letters, "original", originalLeft(), MARGIN + headerHeight - GAP - 4, INK);
    for (int j = 0; j < columns.size(); j++) {
      List<String> lines = columns.get(j).heading();
      for (int line = 0; line < lines.size(); line++) {
        int baseline = MARGIN + headerHeight - GAP - 4 - (lines.size() - 1 - line) * LINE;
        boolean last = line == lines.size() - 1 && scale == SaliencyScale.COMMON;
        small(letters, lines.get(line), left(j), baseline, last ? QUIET : INK);
      }
    }
  }

  private void small(Lettering letters, String text, int left, int baseline, Color ink) {
    int reach = tileWidth() + GAP;
    letters.draw(text, left - GAP / 2, baseline, reach, 0.5, SMALL, false, ink);
  }

  private void original(Graphics2D graphics, Lettering letters, int i) {
    int top = (top(i, 0) + top(i, grid.models().size() - 1)) / 2;
    tile(graphics, grid.subjects().get(i).image(), originalLeft(), top);
    String caption = grid.subjects().get(i).caption();
    String target = grid.target(i);
    String text = caption.equals(target) ? caption : caption + " → " + target;
    small(letters, text, originalLeft(), top + tileHeight() + SMALL + 2, QUIET);
  }

  private void row(Graphics2D graphics, Lettering letters, int i, int k) {
    int top = top(i, k);
    int baseline = top + tileHeight() / 2 + LABEL / 3;
    String name = grid.models().get(k).card().name();
    letters.draw(name, MARGIN, baseline, namesWidth - GAP, 0, LABEL, true, INK);
    for (int j = 0; j < columns.size(); j++) {
      Column column = columns.get(j);
      SaliencyMethod method = grid.methods().get(column.method()).method();
      SaliencyMap map = grid.at(k, column.method(), i);
      double own =
          scale == SaliencyScale.COMMON
              ? common.get(column.method())
              : SaliencyScale.of(List.of(map.values()));
      Image original = grid.subjects().get(i).image();
      tile(graphics, column.view().picture(method, map.values(), original, own), left(j), top);
      int below = top + tileHeight() + SMALL + 2;
      if (scale == SaliencyScale.OWN) {
        small(letters, range(method, column.view(), own), left(j), below, QUIET);
        below += LINE;
      }
      String sum = map.completeness().map(SaliencyFigure::sum).orElse("");
      small(letters, sum, left(j), below, QUIET);
    }
  }

  private static String sum(Completeness found) {
    return String.format(Locale.ROOT, "Σ %.2f of %.2f", found.sum(), found.gain());
  }

  /** Enlarged by hand, since what shows a PDF or an SVG would blur small pictures. */
  private void tile(Graphics2D graphics, Image image, int left, int top) {
    BufferedImage large = Enlarged.of(image, 2 * factor);
    graphics.drawImage(large, left, top, tileWidth(), tileHeight(), null);
  }
}
