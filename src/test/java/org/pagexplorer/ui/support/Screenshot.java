package org.pagexplorer.ui.support;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javafx.geometry.Rectangle2D;
import javafx.scene.image.PixelFormat;
import javafx.scene.image.WritableImage;
import javafx.stage.Screen;
import javafx.stage.Window;
import javax.imageio.ImageIO;
import org.testfx.util.WaitForAsyncUtils;

/** A picture of the screen with all windows as they are. */
final class Screenshot {
  private static final Path FOLDER = Path.of("target", "screenshots");

  private Screenshot() {}

  /** Writes {@code target/screenshots/Class.method.png}, and returns that file. */
  static Path write(Class<?> testClass, Method test) throws IOException, TimeoutException {
    BufferedImage picture =
        WaitForAsyncUtils.waitFor(
            10, TimeUnit.SECONDS, WaitForAsyncUtils.asyncFx(Screenshot::take));
    Files.createDirectories(FOLDER);
    Path file = FOLDER.resolve(testClass.getSimpleName() + "." + test.getName() + ".png");
    ImageIO.write(picture, "png", file.toFile());
    return file;
  }

  private static BufferedImage take() {
    Rectangle2D screen = Screen.getPrimary().getBounds();
    BufferedImage picture =
        new BufferedImage(
            (int) screen.getWidth(), (int) screen.getHeight(), BufferedImage.TYPE_INT_ARGB);
    for (Window window : List.copyOf(Window.getWindows())) {
      if (window.getScene() != null) {
        draw(window, picture);
      }
    }
    return picture;
  }

  private static void draw(Window window, BufferedImage onto) {
    WritableImage image = window.getScene().snapshot(null);
    int width = (int) image.getWidth();
    int height = (int) image.getHeight();
    int[] pixels = new int[width * height];
    image
        .getPixelReader()
        .getPixels(0, 0, width, height, PixelFormat.getIntArgbInstance(), pixels, 0, width);
    BufferedImage copy = new BufferedImage(width, height, BufferedImage.TYPE_INT_ARGB);
    copy.setRGB(0, 0, width, height, pixels, 0, width);
    onto.createGraphics().drawImage(copy, (int) window.getX(), (int) window.getY(), null);
  }
}
