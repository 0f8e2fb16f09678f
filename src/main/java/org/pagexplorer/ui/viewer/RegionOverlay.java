package org.pagexplorer.ui.viewer;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javafx.scene.canvas.GraphicsContext;
import javafx.scene.image.WritableImage;
import javafx.scene.paint.Color;
import org.pagexplorer.domain.Mask;
import org.pagexplorer.lab.attack.MaskOutline;
import org.pagexplorer.lab.attack.PaintedRegion;
import org.pagexplorer.ui.support.Theme;

/** Regions over an enlarged original: each in its color, with its outline. */
final class RegionOverlay {
  private static final double TINT = 0.45;

  private final Map<Integer, Tinted> made = new HashMap<>();

  /** Kept as long as the mask stays. */
  private record Tinted(Mask mask, WritableImage image, List<MaskOutline.Edge> outline) {}

  /**
   * @param left of the picture on the canvas
   * @param scale of its pixels
   * @param selected has a wider outline; −1 for none
   */
  void draw(
      GraphicsContext g,
      List<PaintedRegion> regions,
      double left,
      double top,
      double scale,
      int selected) {
    made.keySet().removeIf(index -> index >= regions.size());
    for (int i = 0; i < regions.size(); i++) {
      Tinted tinted = tinted(i, regions.get(i).mask());
      g.drawImage(
          tinted.image(), left, top, tinted.mask().width() * scale, tinted.mask().height() * scale);
      outline(g, tinted, left, top, scale, Color.BLACK, i == selected ? 4 : 3);
      outline(g, tinted, left, top, scale, color(i), i == selected ? 2.5 : 1);
    }
  }

  /** The palette's brighter one, over a picture whatever the window's theme. */
  static Color color(int region) {
    return Theme.DARK.color(region);
  }

  private static void outline(
      GraphicsContext g,
      Tinted tinted,
      double left,
      double top,
      double scale,
      Color color,
      double width) {
    g.setStroke(color);
    g.setLineWidth(width);
    for (MaskOutline.Edge edge : tinted.outline()) {
      g.strokeLine(
          left + edge.x0() * scale,
          top + edge.y0() * scale,
          left + edge.x1() * scale,
          top + edge.y1() * scale);
    }
    g.setLineWidth(1);
  }

  private Tinted tinted(int index, Mask mask) {
    Tinted known = made.get(index);
    if (known != null && known.mask() == mask) {
      return known;
    }
    WritableImage image = new WritableImage(mask.width(), mask.height());
    Color color = color(index);
    float[] values = mask.values();
    for (int y = 0; y < mask.height(); y++) {
      for (int x = 0; x < mask.width(); x++) {
        double alpha = TINT * values[y * mask.width() + x];
        image
            .getPixelWriter()
            .setColor(x, y, new Color(color.getRed(), color.getGreen(), color.getBlue(), alpha));
      }
    }
    Tinted now = new Tinted(mask, image, MaskOutline.of(mask));
    made.put(index, now);
    return now;
  }
}
