package org.pagexplorer.ui.compare;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import org.kordamp.ikonli.javafx.FontIcon;
import org.pagexplorer.ui.support.FileDialogs;
import org.pagexplorer.ui.support.Tips;

/** Where other people's numbers come from. */
final class PublishedMenu {
  private PublishedMenu() {}

  static MenuButton of(MeasureViewModel model, FileDialogs dialogs) {
    MenuButton menu = new MenuButton("Published", new FontIcon("mdi2f-format-list-bulleted"));
    menu.setId("measure-beside");
    Tips.on(
        menu,
        "Show published accuracies below the measured ones: RobustBench's model_info, a folder or"
            + " files of it. Those of another dataset, norm, or ε are marked as not comparable.");
    MenuItem folder =
        item(
            "folder",
            "Add published results from a folder…",
            () -> add(model, dialogs.openPublished()));
    MenuItem files =
        item("files", "Add published results from files…", () -> model.beside(dialogs.open()));
    MenuItem remove = item("remove", "Remove published results", model::besideNothing);
    menu.getItems().setAll(folder, files, remove);
    return menu;
  }

  private static void add(MeasureViewModel model, Optional<Path> folder) {
    model.beside(folder.map(List::of).orElse(List.of()));
  }

  private static MenuItem item(String id, String text, Runnable action) {
    MenuItem item = new MenuItem(text);
    item.setId("measure-beside-" + id);
    item.setOnAction(event -> action.run());
    return item;
  }
}
