package org.pagexplorer.ui.attack;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Executors;
import javafx.scene.input.Clipboard;
import javafx.scene.input.ClipboardContent;
import org.pagexplorer.dataset.ImageFiles;
import org.pagexplorer.domain.Image;
import org.pagexplorer.ui.support.BackgroundTask;
import org.pagexplorer.ui.support.ClipboardText;
import org.pagexplorer.ui.support.Notice;
import org.pagexplorer.ui.support.Pictures;
import org.pagexplorer.ui.support.Pictures.Picture;

/** Images and words into the system's clipboard, and images into files. On the FX thread. */
public final class Copying {
  private static final String PNG = ".png";

  private Copying() {}

  /** An image as it is shown, a pixel a pixel. */
  public static void picture(Image image) {
    ClipboardContent content = new ClipboardContent();
    content.putImage(shown(image));
    Clipboard.getSystemClipboard().setContent(content);
  }

  /** A command, or why there is none. */
  static void command(Optional<String> command, Notice notice) {
    command.ifPresentOrElse(
        ClipboardText::copy,
        () ->
            notice.say(
                "These are a figure's images, which are in no dataset: pag figure --from reproduces"
                    + " the figure."));
  }

  /** Both: whatever is pasted into takes what it can. */
  public static void both(Image image, String words) {
    ClipboardContent content = new ClipboardContent();
    content.putString(words);
    content.putImage(shown(image));
    Clipboard.getSystemClipboard().setContent(content);
  }

  private static javafx.scene.image.Image shown(Image image) {
    Picture picture = Picture.of(image.shape().width(), image.shape().height());
    Pictures.fromImage(image, picture.pixels());
    return picture.image();
  }

  /**
   * Writes a PNG file, a pixel a pixel, and says what became of it.
   *
   * @param chosen with or without the ending
   */
  public static void save(Image image, Path chosen, Notice notice) {
    String name = chosen.getFileName().toString();
    boolean ends = name.toLowerCase(Locale.ROOT).endsWith(PNG);
    Path file = ends ? chosen : chosen.resolveSibling(name + PNG);
    BackgroundTask.of(
            Executors.callable(() -> ImageFiles.writePng(file, ImageFiles.toBuffered(image))))
        .onDone(done -> notice.done("Saved " + file + "."))
        .onFailed(notice::report)
        .start();
  }

  /** For a file: letters, digits and hyphens alone. */
  static String fileName(String words) {
    return words.replace("→", "to").replaceAll("[^\\p{L}\\p{N}-]+", "-");
  }
}
