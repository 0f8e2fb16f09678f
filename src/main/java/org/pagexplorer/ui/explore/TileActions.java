package org.pagexplorer.ui.explore;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import javafx.scene.input.Clipboard;
import javafx.scene.input.ClipboardContent;
import org.pagexplorer.dataset.ImageFiles;
import org.pagexplorer.domain.Image;
import org.pagexplorer.domain.InputShape;
import org.pagexplorer.ui.attack.GridAttack;
import org.pagexplorer.ui.attack.PictureFolder;
import org.pagexplorer.ui.attack.TileCommand;
import org.pagexplorer.ui.attack.TileWords;
import org.pagexplorer.ui.attack.Trajectory.Step;
import org.pagexplorer.ui.support.BackgroundTask;
import org.pagexplorer.ui.support.FileDialogs;
import org.pagexplorer.ui.support.Notice;
import org.pagexplorer.ui.support.Pictures;
import org.pagexplorer.ui.support.Pictures.Picture;

/** What one does with the selected tile: always with the step that is shown. On the FX thread. */
final class TileActions {
  private final ExploreViewModel model;
  private final FileDialogs dialogs;
  private final Notice notice;

  /** The selected tile as it is shown. */
  private record Shown(GridAttack attack, int tile, Step step) {
    InputShape shape() {
      return attack.tiles().get(tile).image().shape();
    }

    /** Rounded to 8 bits, as it is shown. */
    Image image() {
      float[] values = new float[step.pixels().length];
      for (int i = 0; i < values.length; i++) {
        values[i] = (step.pixels()[i] & 255) / 255f;
      }
      return new Image(shape(), values);
    }

    /** For a file, from its first class to its goal. */
    String name() {
      String goal = TileWords.goal(attack, tile).replace("→", "to");
      return goal.replaceAll("[^\\p{L}\\p{N}-]+", "-") + "-step-" + step.number();
    }
  }

  TileActions(ExploreViewModel model, FileDialogs dialogs) {
    this.model = model;
    this.dialogs = dialogs;
    notice = model.setup().notice();
  }

  /** Nothing where no tile is selected, or none of its steps is computed yet. */
  private Optional<Shown> shown() {
    int tile = model.selectedTileProperty().get();
    return model
        .attack()
        .filter(now -> tile >= 0 && tile < now.tiles().size())
        .flatMap(
            now ->
                Optional.ofNullable(now.trajectory(tile).at(model.scrubbedStepProperty().get()))
                    .map(step -> new Shown(now, tile, step)));
  }

  boolean isPossible() {
    return shown().isPresent();
  }

  /** Picture and numbers: whatever is pasted into takes what it can. */
  void copy() {
    shown()
        .ifPresent(
            tile -> {
              ClipboardContent content = new ClipboardContent();
              content.putImage(picture(tile).image());
              content.putString(words(tile));
              Clipboard.getSystemClipboard().setContent(content);
            });
  }

  void copyPicture() {
    shown()
        .ifPresent(
            tile -> {
              ClipboardContent content = new ClipboardContent();
              content.putImage(picture(tile).image());
              Clipboard.getSystemClipboard().setContent(content);
            });
  }

  private static Picture picture(Shown tile) {
    Picture picture = Picture.of(tile.shape().width(), tile.shape().height());
    Pictures.fromBytes(tile.step().pixels(), 0, tile.shape(), picture.pixels());
    return picture;
  }

  void copyNumbers() {
    shown().ifPresent(tile -> copy(words(tile)));
  }

  private String words(Shown tile) {
    return TileWords.of(tile.attack(), tile.tile(), model.scrubbedStepProperty().get());
  }

  void copyCommand() {
    shown().ifPresent(tile -> copy(TileCommand.of(tile.attack(), tile.tile(), model.rows())));
  }

  private static void copy(String text) {
    ClipboardContent content = new ClipboardContent();
    content.putString(text);
    Clipboard.getSystemClipboard().setContent(content);
  }

  /** As it is, a pixel a pixel. */
  void save() {
    shown()
        .ifPresent(
            tile ->
                dialogs.save(tile.name() + ".png").ifPresent(file -> write(tile.image(), file)));
  }

  private void write(Image image, Path file) {
    BackgroundTask.of(
            Executors.callable(() -> ImageFiles.writePng(file, ImageFiles.toBuffered(image))))
        .onDone(done -> notice.done("Saved " + file + "."))
        .onFailed(notice::report)
        .start();
  }

  /** What the attack made becomes a row of its own, the first one. */
  void useAsOriginal() {
    shown()
        .ifPresent(
            tile -> {
              Image image = tile.image();
              String name = tile.name();
              BackgroundTask.of(() -> PictureFolder.keep(ImageFiles.toBuffered(image), name))
                  .onDone(file -> model.addPictures(List.of(file)))
                  .onFailed(notice::report)
                  .start();
            });
  }
}
