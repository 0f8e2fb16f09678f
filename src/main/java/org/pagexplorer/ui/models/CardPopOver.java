package org.pagexplorer.ui.models;

import java.util.List;
import java.util.Map;
import javafx.geometry.Bounds;
import javafx.geometry.VPos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import javafx.stage.Window;
import org.controlsfx.control.PopOver;
import org.controlsfx.control.PopOver.ArrowLocation;
import org.pagexplorer.checkpoint.CheckpointFiles;
import org.pagexplorer.checkpoint.catalogue.ModelFile;
import org.pagexplorer.ui.control.Buttons;
import org.pagexplorer.ui.control.Labels;
import org.pagexplorer.ui.support.BackgroundTask;
import org.pagexplorer.ui.support.Notice;

/** A model's card beside it, as fields that one reads; Esc, or a click elsewhere, closes it. */
final class CardPopOver extends PopOver {
  private static final double WIDTH = 470;

  /** Its border, its arrow, and what is left free of the window. */
  private static final double AROUND = 60;

  private final GridPane grid = new GridPane(12, 7);
  private final VBox card;
  private int rows;

  CardPopOver(ModelFile model, String notes, Runnable reveal, Notice notice) {
    getStyleClass().add("model-card");
    setAnimated(false);
    setDetachable(false);
    grid.getColumnConstraints().addAll(new ColumnConstraints(), new ColumnConstraints());
    grid.getColumnConstraints().getFirst().setMinWidth(Region.USE_PREF_SIZE);
    grid.getColumnConstraints().getLast().setHgrow(Priority.ALWAYS);
    Label title = Labels.styled("import-title", model.card().name());
    title.setWrapText(true);
    if (!notes.isEmpty()) {
      add("Notes", notes);
    }
    for (Map.Entry<String, String> field : CardFields.of(model).entrySet()) {
      add(field.getKey(), field.getValue());
    }
    addSha256(model, notice);
    ModelActions.command(model)
        .ifPresent(command -> add("Command", command).getStyleClass().add("report"));
    card = new VBox(12, title, buttons(model, reveal), grid);
    card.setId("model-card");
    card.getStyleClass().add("model-card-content");
  }

  private FlowPane buttons(ModelFile model, Runnable reveal) {
    Button copy =
        Buttons.of(
            "card-copy-command",
            "Copy command",
            "Copy the command that trains this model",
            () -> ModelActions.copyCommand(model));
    copy.setDisable(ModelActions.command(model).isEmpty());
    Button show =
        Buttons.of(
            "card-reveal",
            "Show in folder",
            "Show the model's file in the system's file manager",
            reveal);
    List.of(copy, show).forEach(button -> button.getStyleClass().add("small"));
    return new FlowPane(8, 6, copy, show);
  }

  private Label add(String name, String value) {
    Label head = Labels.styled("field-name", name);
    head.setMinWidth(Region.USE_PREF_SIZE);
    GridPane.setValignment(head, VPos.TOP);
    Label text = new Label(value);
    text.setWrapText(true);
    text.setMinHeight(Region.USE_PREF_SIZE);
    grid.addRow(rows++, head, text);
    return text;
  }

  private void addSha256(ModelFile model, Notice notice) {
    Label shown = add("SHA-256", "…");
    shown.setId("card-sha256");
    shown.getStyleClass().add("report");
    BackgroundTask.of(() -> CheckpointFiles.sha256(model.file()))
        .onDone(shown::setText)
        .onFailed(notice::report)
        .start();
  }

  /** What it shows, in its usual width. */
  Region content() {
    card.setPrefWidth(WIDTH);
    return card;
  }

  /** To the right of a node, within its window. */
  void showBeside(Node node) {
    Window window = node.getScene().getWindow();
    Bounds place = node.localToScreen(node.getBoundsInLocal());
    double top = place.getCenterY() - window.getY();
    double below = window.getHeight() - top;
    boolean downwards = below >= top;
    double left = window.getX() + window.getWidth() - place.getMaxX();
    double width = Math.min(WIDTH, Math.max(left, window.getWidth() * 0.6) - AROUND);
    card.setPrefWidth(width - 20); // of the scroll bar
    ScrollPane scroll = new ScrollPane(card);
    scroll.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
    scroll.setFitToWidth(true);
    scroll.setPrefWidth(width);
    scroll.setMaxWidth(width);
    scroll.setMaxHeight(Math.max(below, top) - AROUND);
    setContentNode(scroll);
    setArrowLocation(downwards ? ArrowLocation.LEFT_TOP : ArrowLocation.LEFT_BOTTOM);
    show(node);
    scroll.requestFocus();
  }
}
