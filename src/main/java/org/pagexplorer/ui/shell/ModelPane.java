package org.pagexplorer.ui.shell;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.javafx.FontIcon;
import org.pagexplorer.checkpoint.catalogue.ModelFile;
import org.pagexplorer.domain.ModelCard;
import org.pagexplorer.domain.ModelCard.Measurement;
import org.pagexplorer.ui.settings.RecentFiles;
import org.pagexplorer.ui.support.FileDialogs;
import org.pagexplorer.ui.support.ModelShelf;

/** The models at hand, each with the numbers of its card; the chosen one is attacked. */
final class ModelPane extends VBox {

  ModelPane(ModelShelf shelf, FileDialogs dialogs, RecentFiles recent, Consumer<List<Path>> open) {
    super(8);
    getStyleClass().add("model-pane");
    Label title = new Label("Models");
    title.getStyleClass().add("pane-title");
    ListView<ModelFile> list = new ListView<>(shelf.models());
    list.setId("models");
    list.setCellFactory(view -> new ModelCell());
    list.setPlaceholder(new Label("No models yet"));
    VBox.setVgrow(list, Priority.ALWAYS);
    list.getSelectionModel()
        .selectedItemProperty()
        .addListener(
            (property, old, now) -> {
              if (now != null) {
                shelf.chosenProperty().set(now);
              }
            });
    shelf
        .chosenProperty()
        .addListener((property, old, now) -> list.getSelectionModel().select(now));
    Button add = new Button("Open…", new FontIcon("mdi2p-plus"));
    add.setId("open-model");
    add.setMaxWidth(Double.MAX_VALUE);
    add.setTooltip(new Tooltip("Open a checkpoint, ours or PyTorch's; or drop one on the window"));
    add.setOnAction(event -> open.accept(dialogs.open()));
    HBox.setHgrow(add, Priority.ALWAYS);
    getChildren().addAll(title, list, new HBox(4, add, new RecentMenu(recent, open)));
  }

  /** Name, kind, and the accuracies that the card knows. */
  private static final class ModelCell extends ListCell<ModelFile> {
    private final Label name = new Label();
    private final Label kind = new Label();
    private final Label first = new Label();
    private final Label second = new Label(); // beside the first it would be wider than the pane
    private final VBox box = new VBox(1, name, kind, first, second);

    ModelCell() {
      name.getStyleClass().add("model-name");
      kind.getStyleClass().add("model-kind");
      for (Label accuracy : List.of(first, second)) {
        accuracy.getStyleClass().add("model-kind");
        accuracy.managedProperty().bind(accuracy.textProperty().isNotEmpty());
      }
      box.getStyleClass().add("model-lines");
    }

    @Override
    protected void updateItem(@Nullable ModelFile model, boolean empty) {
      super.updateItem(model, empty);
      if (empty || model == null) {
        setGraphic(null);
        setTooltip(null);
        return;
      }
      ModelCard card = model.card();
      name.setText(card.name());
      kind.setText(card.architecture().title());
      first.setText(accuracy(card, 0));
      second.setText(accuracy(card, 1));
      setTooltip(new Tooltip(details(model)));
      setGraphic(box);
    }

    private static String accuracy(ModelCard card, int which) {
      return card.measurements().stream()
          .skip(which)
          .findFirst()
          .map(m -> attack(m) + " " + percent(m.accuracy()))
          .orElse("");
    }

    /** {@code L2 PGD-20} of {@code L2 PGD-20, ε = 0.5}: the tooltip has the rest. */
    private static String attack(Measurement measurement) {
      return measurement.attack().split(",", 2)[0];
    }

    private static String details(ModelFile model) {
      ModelCard card = model.card();
      String measured =
          card.measurements().stream()
              .map(
                  m ->
                      m.attack()
                          + ": "
                          + percent(m.accuracy())
                          + " of "
                          + m.n()
                          + " images, "
                          + m.dataset())
              .collect(Collectors.joining("\n"));
      return card.architecture().description()
          + "\ntrained on "
          + card.dataset()
          + " ("
          + card.method()
          + ")"
          + (measured.isEmpty() ? "" : "\n" + measured)
          + (card.command().isEmpty() ? "" : "\n" + card.command())
          + "\n"
          + model.file();
    }

    private static String percent(double share) {
      return String.format(Locale.ROOT, "%.1f %%", 100 * share);
    }
  }
}
