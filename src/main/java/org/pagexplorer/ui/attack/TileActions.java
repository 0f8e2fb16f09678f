package org.pagexplorer.ui.attack;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.pagexplorer.dataset.ImageFiles;
import org.pagexplorer.domain.Image;
import org.pagexplorer.ui.support.BackgroundTask;
import org.pagexplorer.ui.support.ClipboardText;
import org.pagexplorer.ui.support.FileDialogs;
import org.pagexplorer.ui.support.Notice;

/** What one does with the selected tile: always with the step that is shown. On the FX thread. */
public final class TileActions {
  private final Supplier<Optional<ShownTile>> shown;
  private final ImageRows rows;
  private final Consumer<List<Path>> add;
  private final FileDialogs dialogs;
  private final Notice notice;

  /**
   * @param shown the selected tile; nothing where none is, or none of its steps is computed yet
   * @param add makes pictures rows
   */
  public TileActions(
      Supplier<Optional<ShownTile>> shown,
      AttackSetup setup,
      Consumer<List<Path>> add,
      FileDialogs dialogs) {
    this.shown = shown;
    this.rows = setup.rows();
    this.add = add;
    this.dialogs = dialogs;
    notice = setup.notice();
  }

  /** Whether there is such a tile. */
  public boolean isPossible() {
    return shown.get().isPresent();
  }

  /** Picture and numbers: whatever is pasted into takes what it can. */
  public void copy() {
    shown.get().ifPresent(tile -> Copying.both(tile.image(), tile.words()));
  }

  void copyPicture() {
    shown.get().ifPresent(tile -> Copying.picture(tile.image()));
  }

  void copyNumbers() {
    shown.get().ifPresent(tile -> ClipboardText.copy(tile.words()));
  }

  /** The command that makes the tile again. */
  public void copyCommand() {
    shown.get().ifPresent(t -> Copying.command(TileCommand.of(t.attack(), t.tile(), rows), notice));
  }

  /** As it is, a pixel a pixel. */
  void save() {
    shown
        .get()
        .ifPresent(
            tile ->
                dialogs
                    .save(tile.name() + ".png")
                    .ifPresent(file -> Copying.save(tile.image(), file, notice)));
  }

  /** The tile's attack, from step to step. */
  public void saveAnimation() {
    shown
        .get()
        .ifPresent(
            t ->
                dialogs.export(
                    List.of(
                        AttackAnimation.ofTile(t.attack(), t.tile())
                            .choice(
                                "Attack on this tile",
                                Copying.fileName(TileWords.goal(t.attack(), t.tile()))))));
  }

  /** What the attack made becomes a row of its own, the first one. */
  void useAsOriginal() {
    shown
        .get()
        .ifPresent(
            tile -> {
              Image image = tile.image();
              String name = tile.name();
              BackgroundTask.of(() -> PictureFolder.keep(ImageFiles.toBuffered(image), name))
                  .onDone(file -> add.accept(List.of(file)))
                  .onFailed(notice::report)
                  .start();
            });
  }
}
