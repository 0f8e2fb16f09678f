package org.pagexplorer.ui.viewer;

import java.util.Locale;
import java.util.Optional;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.SeparatorMenuItem;
import javafx.scene.input.ContextMenuEvent;
import org.pagexplorer.domain.Image;
import org.pagexplorer.ui.attack.ActionItem;
import org.pagexplorer.ui.attack.Copying;
import org.pagexplorer.ui.attack.TileActions;
import org.pagexplorer.ui.support.FileDialogs;
import org.pagexplorer.ui.support.Notice;
import org.pagexplorer.ui.viewer.ViewerViewModel.Part;

/** What a right click on one of the enlarged pictures offers. */
final class ViewerMenu extends ContextMenu {
  private final ViewerViewModel model;
  private Part part = Part.RESULT;

  ViewerMenu(ViewerViewModel model, TileActions tile, FileDialogs dialogs, Notice notice) {
    this.model = model;
    getItems()
        .addAll(
            ActionItem.of(
                this,
                "viewer-copy-picture",
                "Copy this picture",
                () -> picture().isPresent(),
                () -> picture().ifPresent(Copying::picture)),
            ActionItem.of(
                this,
                "viewer-save",
                "Save this picture…",
                () -> picture().isPresent(),
                () -> picture().ifPresent(image -> save(image, dialogs, notice))),
            new SeparatorMenuItem(),
            ActionItem.of(
                this, "viewer-copy", "Copy result and its numbers", tile::isPossible, tile::copy),
            ActionItem.of(
                this,
                "viewer-copy-command",
                "Copy as pag command",
                tile::isPossible,
                tile::copyCommand),
            ActionItem.of(
                this,
                "viewer-animation",
                "Save attack as animation…",
                tile::isPossible,
                tile::saveAnimation));
  }

  /** As it is shown, where it is computed already. */
  private Optional<Image> picture() {
    return model.picture(part);
  }

  private void save(Image image, FileDialogs dialogs, Notice notice) {
    dialogs
        .save(part.name().toLowerCase(Locale.ROOT) + ".png")
        .ifPresent(file -> Copying.save(image, file, notice));
  }

  void show(PicturePane pane, ContextMenuEvent event) {
    part = pane.part();
    show(pane, event.getScreenX(), event.getScreenY());
    event.consume();
  }
}
