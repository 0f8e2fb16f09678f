package org.pagexplorer.ui.compare;

import javafx.scene.Node;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.pagexplorer.lab.measure.Study;

/**
 * A study's bar, and under it what was found, filling in live.
 *
 * @param <S> what is measured
 */
abstract class MeasuringPane<S extends Study> extends VBox {
  private final MeasuringViewModel<S> model;
  private final MeasuringBar bar;

  /** Call {@link #update} at the constructor's end. */
  MeasuringPane(MeasuringViewModel<S> model, MeasuringBar bar, Node found) {
    super(10);
    this.model = model;
    this.bar = bar;
    getStyleClass().add("measure-pane");
    ScrollPane scroll = new ScrollPane(found);
    scroll.setFitToWidth(true);
    VBox.setVgrow(scroll, Priority.ALWAYS);
    getChildren().addAll(bar, scroll);
    model.revisionProperty().addListener((property, old, now) -> update());
    model.stateProperty().addListener((property, old, now) -> update());
    model.imagesProperty().addListener((property, old, now) -> update());
  }

  final void update() {
    bar.update();
    model.study().ifPresentOrElse(this::show, this::showNothing);
  }

  abstract void show(S study);

  /** Says what could be measured. */
  abstract void showNothing();
}
