package org.pagexplorer.ui.compare;

import java.util.List;
import javafx.scene.Node;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.pagexplorer.lab.measure.Study;
import org.pagexplorer.ui.support.ExportChoice;
import org.pagexplorer.ui.support.FileDialogs;

/**
 * A study's bar, and under it what was found, filling in live.
 *
 * @param <S> what is measured
 */
abstract class MeasuringPane<S extends Study> extends VBox {
  private final MeasuringViewModel<S> model;
  private final MeasuringBar bar;

  /** Call {@link #update} at the constructor's end. */
  MeasuringPane(MeasuringViewModel<S> model, MeasuringBar bar, Node found, FileDialogs dialogs) {
    super(10);
    this.model = model;
    this.bar = bar;
    getStyleClass().add("measure-pane");
    ScrollPane scroll = new ScrollPane(found);
    scroll.setFitToWidth(true);
    VBox.setVgrow(scroll, Priority.ALWAYS);
    getChildren().addAll(bar, scroll);
    bar.setOnExport(() -> dialogs.export(exports()));
    model.revisionProperty().addListener((property, old, now) -> update());
    model.stateProperty().addListener((property, old, now) -> update());
    model.imagesProperty().addListener((property, old, now) -> update());
  }

  final void update() {
    bar.update();
    model.study().ifPresentOrElse(this::show, this::showNothing);
  }

  abstract void show(S study);

  /** What can be exported, each as far as it is there; the likeliest first. */
  abstract List<ExportChoice> exports();

  /** Says what could be measured. */
  abstract void showNothing();
}
