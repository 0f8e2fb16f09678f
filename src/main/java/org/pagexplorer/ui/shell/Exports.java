package org.pagexplorer.ui.shell;

import java.awt.image.BufferedImage;
import java.nio.file.Path;
import javafx.beans.property.StringProperty;
import javafx.scene.Node;
import javafx.scene.SnapshotParameters;
import javafx.scene.image.PixelFormat;
import javafx.scene.image.PixelReader;
import javafx.scene.image.WritableImage;
import javafx.scene.transform.Transform;
import org.pagexplorer.dataset.ImageFiles;
import org.pagexplorer.ui.support.Background;

/** Nodes as PNG files. */
final class Exports {
  private static final double SCALE = 2;

  private Exports() {}

  /** Saves a picture of a node at twice its size, and says so in the notice. */
  static void savePng(Node node, Path file, StringProperty notice) {
    BufferedImage picture = toBuffered(picture(node, SCALE));
    Background.run(
        () -> {
          ImageFiles.writePng(file, picture);
          return file;
        },
        saved -> notice.set("Saved " + saved + "."),
        failure -> notice.set(String.valueOf(failure.getMessage())));
  }

  /** What a node looks like, enlarged. */
  static WritableImage picture(Node node, double scale) {
    SnapshotParameters parameters = new SnapshotParameters();
    parameters.setTransform(Transform.scale(scale, scale));
    if (node.getScene() != null) {
      parameters.setFill(node.getScene().getFill());
    }
    return node.snapshot(parameters, null);
  }

  static BufferedImage toBuffered(WritableImage image) {
    int width = (int) image.getWidth();
    int height = (int) image.getHeight();
    int[] pixels = new int[width * height];
    PixelReader reader = image.getPixelReader();
    reader.getPixels(0, 0, width, height, PixelFormat.getIntArgbInstance(), pixels, 0, width);
    BufferedImage buffered = new BufferedImage(width, height, BufferedImage.TYPE_INT_ARGB);
    buffered.setRGB(0, 0, width, height, pixels, 0, width);
    return buffered;
  }
}
