package org.pagexplorer.ui.shell;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.javafx.FontIcon;
import org.pagexplorer.checkpoint.catalogue.ModelFile;
import org.pagexplorer.ui.models.ArrangementMenu;
import org.pagexplorer.ui.models.ModelList;
import org.pagexplorer.ui.settings.RecentFiles;
import org.pagexplorer.ui.support.FileDialogs;
import org.pagexplorer.ui.support.ModelShelf;
import org.pagexplorer.ui.support.Notice;
import org.pagexplorer.ui.support.Tips;

/** The models at hand, and what opens others. */
final class ModelPane extends VBox {
  private final ModelList list;

  ModelPane(
      ModelShelf shelf,
      FileDialogs dialogs,
      RecentFiles recent,
      Notice notice,
      Consumer<List<Path>> open) {
    super(8);
    getStyleClass().add("model-pane");
    list = new ModelList(shelf, notice);
    VBox.setVgrow(list, Priority.ALWAYS);
    Label title = new Label();
    title.setId("models-title");
    title.getStyleClass().add("pane-title");
    title.textProperty().bind(list.titleProperty());
    Region space = new Region();
    HBox.setHgrow(space, Priority.ALWAYS);
    HBox head = new HBox(4, title, space, new ArrangementMenu(list));
    head.setAlignment(Pos.CENTER_LEFT);
    Button add = new Button("Open…", new FontIcon("mdi2p-plus"));
    add.setId("open-model");
    add.setMaxWidth(Double.MAX_VALUE);
    Tips.on(add, "Open a checkpoint, ours or PyTorch's; or drop one on the window");
    add.setOnAction(event -> open.accept(dialogs.open()));
    HBox.setHgrow(add, Priority.ALWAYS);
    getChildren().addAll(head, list, new HBox(4, add, new RecentMenu(recent, open)));
  }

  /** What a model's card shows, for pictures of it. */
  Region card(ModelFile model) {
    return list.card(model);
  }

  /** Where one types which model to look for. */
  void search() {
    list.search();
  }
}
