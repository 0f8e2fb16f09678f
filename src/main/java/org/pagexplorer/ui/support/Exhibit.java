package org.pagexplorer.ui.support;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import javafx.scene.image.Image;
import javafx.scene.input.Clipboard;
import javafx.scene.input.ClipboardContent;
import org.pagexplorer.files.TextFile;
import org.pagexplorer.lab.figure.CurveFigure;
import org.pagexplorer.lab.figure.Drawing;
import org.pagexplorer.lab.figure.FigureFile;
import org.pagexplorer.lab.figure.TableFigure;
import org.pagexplorer.lab.measure.ResultTable;

/**
 * Something on the screen as it was when it was asked for: a picture, numbers, or both, on the way
 * to a file or to the clipboard. Made on the FX thread, written on another.
 *
 * @param stem of the proposed file's name, without an ending
 * @param formats as endings of names, the usual one first
 * @param drawing made where it is wanted, on any thread; nothing where there are numbers only
 * @param numbers nothing where there is a picture only
 */
public record Exhibit(
    String stem,
    List<String> formats,
    Optional<Supplier<Drawing>> drawing,
    Optional<ResultTable> numbers,
    Writer writer) {

  /** Pixels a point of a PNG, where nobody says otherwise. */
  public static final int SCALE = FigureFile.PNG_SCALE;

  /** The format of a picture that moves which is a folder of pictures. */
  public static final String FRAMES = "frames";

  /** Pixels of a copied picture: more fill the clipboard's memory. */
  private static final int MOST_COPIED = 1 << 24;

  /** Saves it, not on the FX thread. */
  @FunctionalInterface
  public interface Writer {
    /**
     * Writes a file whole, or leaves what was there.
     *
     * @param file its ending is one of the formats
     * @param scale pixels a point of a PNG
     * @return a sentence that says where it is
     */
    String write(Path file, int scale, ExportWatch watch);
  }

  /** Curves: as a picture and as numbers. */
  public static Exhibit of(CurveFigure curves) {
    ResultTable numbers = curves.table();
    return new Exhibit(
        curves.stem(),
        List.of("png", "svg", "pdf", "csv"),
        Optional.of(curves::drawing),
        Optional.of(numbers),
        (file, scale, watch) ->
            ending(file).equals("csv")
                ? write(file, numbers.csv())
                : draw(curves.drawing(), file, scale, watch));
  }

  /**
   * A table: as a picture and as numbers.
   *
   * @param compact as a paper has it
   * @param numbers every one
   */
  public static Exhibit of(String stem, ResultTable compact, ResultTable numbers) {
    return new Exhibit(
        stem,
        List.of("csv", "tex", "png", "svg", "pdf"),
        Optional.of(() -> TableFigure.of(compact)),
        Optional.of(numbers),
        (file, scale, watch) ->
            switch (ending(file)) {
              case "csv" -> write(file, numbers.csv());
              case "tex" -> write(file, compact.latex());
              default -> draw(TableFigure.of(compact), file, scale, watch);
            });
  }

  /** Draws into a file; a sentence that says where it is. */
  public static String draw(Drawing drawing, Path file, int scale, ExportWatch watch) {
    watch.over(drawing).write(file, scale);
    return "Saved " + file + ".";
  }

  private static String write(Path file, String text) {
    TextFile.save(file, text);
    return "Saved " + file + ".";
  }

  /** Picture and numbers: whatever is pasted into takes what it can. On the FX thread. */
  public void copy() {
    ClipboardContent content = new ClipboardContent();
    drawing.ifPresent(made -> content.putImage(picture(made.get())));
    numbers.ifPresent(table -> content.putString(table.tsv()));
    Clipboard.getSystemClipboard().setContent(content);
  }

  /** On the FX thread. */
  public void copyPicture() {
    ClipboardContent content = new ClipboardContent();
    drawing.ifPresent(made -> content.putImage(picture(made.get())));
    Clipboard.getSystemClipboard().setContent(content);
  }

  /** On the FX thread. */
  public void copyNumbers() {
    ClipboardContent content = new ClipboardContent();
    numbers.ifPresent(table -> content.putString(table.tsv()));
    Clipboard.getSystemClipboard().setContent(content);
  }

  private static Image picture(Drawing drawing) {
    return Pictures.image(drawing.pixels(SCALE, MOST_COPIED));
  }

  /** The name that is proposed for a file. */
  public static String name(String stem, String format) {
    return format.equals(FRAMES) ? stem + "-" + FRAMES : stem + "." + format;
  }

  /**
   * Saves it in the background and says what became of it; on the FX thread.
   *
   * @param format what a name without one of the endings gets
   */
  public void save(Path chosen, String format, int scale, Notice notice) {
    Path file = complete(chosen, format);
    if (!file.equals(chosen) && Files.exists(file)) { // nobody was asked whether to replace it
      notice.say(file + " is there already; choose another name.");
      return;
    }
    ExportWatch watch = new ExportWatch("Export of " + file.getFileName());
    BackgroundTask.of(() -> writer.write(file, scale, watch))
        .within(watch.request())
        .listed(watch::activity)
        .onDone(notice::done)
        .onFailed(notice::report)
        .start();
  }

  /** The file's name with one of the endings. */
  private Path complete(Path chosen, String format) {
    return formats.contains(ending(chosen)) || format.equals(FRAMES)
        ? chosen
        : chosen.resolveSibling(chosen.getFileName() + "." + format);
  }

  /** Of a name, in small letters; the whole name where there is no dot. */
  public static String ending(Path file) {
    String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
    return name.substring(name.lastIndexOf('.') + 1);
  }
}
