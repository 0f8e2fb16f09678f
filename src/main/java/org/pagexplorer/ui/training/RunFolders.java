package org.pagexplorer.ui.training;

import java.nio.file.Path;
import java.util.stream.Stream;
import javafx.geometry.Insets;
import javafx.geometry.Pos;
import javafx.scene.control.CheckMenuItem;
import javafx.scene.control.MenuButton;
import javafx.scene.layout.HBox;
import org.kordamp.ikonli.javafx.FontIcon;
import org.pagexplorer.lab.cluster.SharedFolders.Folders;
import org.pagexplorer.ui.control.Buttons;
import org.pagexplorer.ui.support.FileDialogs;
import org.pagexplorer.ui.support.Tips;

/** Above the runs: other folders whose runs are shown, too, for instance a cluster's. */
final class RunFolders extends HBox {
  private static final String TIP = "Recently opened folders of runs; the selected ones are shown";

  private final TrainingViewModel model;
  private final MenuButton recent = new MenuButton();

  RunFolders(TrainingViewModel model, FileDialogs dialogs) {
    super(4);
    this.model = model;
    setAlignment(Pos.CENTER_RIGHT);
    setPadding(new Insets(8, 12, 0, 12));
    getStyleClass().add("run-folders");
    recent.setId("run-folders");
    recent.setGraphic(new FontIcon("mdi2h-history"));
    Tips.on(recent, TIP);
    recent.setAccessibleText(TIP);
    getChildren()
        .addAll(
            Buttons.of(
                "run-open-folder",
                "Open folder…",
                "Also show the runs of another folder, for instance a cluster's that is mounted",
                () -> dialogs.openRuns().ifPresent(folder -> model.show(folder, true))),
            recent);
    model.foldersProperty().addListener((property, old, now) -> fill(now));
    fill(model.foldersProperty().get());
  }

  private void fill(Folders folders) {
    recent
        .getItems()
        .setAll(
            Stream.concat(
                    folders.shown().stream().map(folder -> item(folder, true)),
                    folders.hidden().stream().map(folder -> item(folder, false)))
                .toList());
    recent.setDisable(recent.getItems().isEmpty());
  }

  private CheckMenuItem item(Path folder, boolean shown) {
    CheckMenuItem item = new CheckMenuItem(folder.toString());
    item.setMnemonicParsing(false);
    item.setId("run-folder-" + folder.getFileName());
    item.setSelected(shown);
    item.setOnAction(event -> model.show(folder, item.isSelected()));
    return item;
  }
}
