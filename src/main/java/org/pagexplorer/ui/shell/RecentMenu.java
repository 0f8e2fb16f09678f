package org.pagexplorer.ui.shell;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import org.kordamp.ikonli.javafx.FontIcon;
import org.pagexplorer.lab.settings.Recents.Kind;
import org.pagexplorer.ui.control.Buttons;
import org.pagexplorer.ui.settings.RecentFiles;
import org.pagexplorer.ui.support.Tips;

/** Datasets, checkpoints and specifications that were opened recently. */
final class RecentMenu extends MenuButton {
  private final RecentFiles recent;
  private final Consumer<List<Path>> open;

  RecentMenu(RecentFiles recent, Consumer<List<Path>> open) {
    this.recent = recent;
    this.open = open;
    setId("recent");
    setGraphic(new FontIcon("mdi2h-history"));
    Tips.on(this, "Open recent files");
    setAccessibleText("Open recent files");
    recent.filesProperty().addListener((property, old, now) -> fill());
    fill();
  }

  private void fill() {
    getItems().clear();
    for (Kind kind : Kind.values()) {
      recent.of(kind).forEach(file -> getItems().add(item(kind, file)));
    }
    setDisable(getItems().isEmpty());
    if (!getItems().isEmpty()) {
      getItems().add(Buttons.item("recent-clear", "Clear this list", recent::clear));
    }
  }

  private static FontIcon icon(Kind kind) {
    return new FontIcon(
        switch (kind) {
          case MODELS -> "mdi2c-cube-outline";
          case DATASETS -> "mdi2f-folder-outline";
          case SPECIFICATIONS -> "mdi2c-code-json";
        });
  }

  /** Its name, with enough of its folder to tell it from another one. */
  private MenuItem item(Kind kind, Path file) {
    Path parent = file.getParent();
    String place = parent == null ? "" : "   " + shortened(parent.toString());
    MenuItem item = new MenuItem(file.getFileName() + place, icon(kind));
    item.setMnemonicParsing(false);
    item.setId("recent-" + file.getFileName());
    item.setOnAction(event -> open.accept(List.of(file)));
    return item;
  }

  private static String shortened(String folder) {
    return folder.length() <= 50 ? folder : "…" + folder.substring(folder.length() - 49);
  }
}
