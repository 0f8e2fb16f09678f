package org.pagexplorer.ui.viewer;

import java.util.ArrayList;
import java.util.List;
import javafx.geometry.Pos;
import javafx.scene.control.ComboBox;
import javafx.scene.control.ToggleButton;
import javafx.scene.layout.HBox;
import org.kordamp.ikonli.javafx.FontIcon;
import org.pagexplorer.domain.SaliencyMethod;
import org.pagexplorer.ui.control.Titles;
import org.pagexplorer.ui.support.Tips;

/** Chooses what is shown of the class's score: a gradient, a mean of gradients, or Grad-CAM. */
final class SaliencyBar extends HBox {
  private static final double NARROWEST = 90;
  private static final String HOLD =
      "Keep this scale for other tiles and models, so that their pictures can be compared; else the"
          + " 99th percentile of a picture's own values is in full color";

  private final SaliencyChoice choice;
  private final ComboBox<SaliencyMethod> method = new ComboBox<>();
  private final ComboBox<String> layer = new ComboBox<>();
  private List<String> shown = List.of();

  SaliencyBar(SaliencyChoice choice) {
    super(6);
    this.choice = choice;
    setAlignment(Pos.CENTER_LEFT);
    method.setId("viewer-saliency");
    method.getItems().setAll(SaliencyMethod.values());
    method.setConverter(Titles.of(SaliencyMethod::title));
    method.valueProperty().bindBidirectional(choice.methodProperty());
    Tips.on(
        method,
        "What is shown of the class's score on the original image: its gradient, a mean of"
            + " gradients around it or on the way to it, or where a layer looks (Grad-CAM)");
    layer.setId("viewer-saliency-layer");
    layer.setConverter(Titles.of(name -> name.isEmpty() ? "last layer" : name));
    layer.getItems().setAll(List.of(""));
    layer.setValue("");
    layer
        .valueProperty()
        .addListener(
            (property, old, now) -> {
              if (now != null) {
                choice.layerProperty().set(now);
              }
            });
    choice
        .layerProperty()
        .addListener(
            (property, old, now) -> {
              if (layer.getItems().contains(now)) {
                layer.setValue(now);
              }
            });
    Tips.on(layer, "The layer whose maps Grad-CAM weights by the mean gradients of the logit");
    layer.visibleProperty().bind(method.valueProperty().isEqualTo(SaliencyMethod.GRAD_CAM));
    layer.managedProperty().bind(layer.visibleProperty());
    ToggleButton hold = new ToggleButton("", new FontIcon("mdi2l-lock-outline"));
    hold.setId("viewer-saliency-hold");
    hold.setAccessibleText(HOLD);
    Tips.on(hold, HOLD);
    hold.selectedProperty().bindBidirectional(choice.heldProperty());
    method.setMinWidth(NARROWEST);
    layer.setMinWidth(NARROWEST);
    for (var control : List.of(method, layer, hold)) {
      control.getStyleClass().add("small");
    }
    getChildren().addAll(method, layer, hold);
  }

  /** Offers a model's layers; what is chosen stays chosen for models that have it. */
  void offer(List<String> layers) {
    if (!layers.equals(shown)) {
      shown = List.copyOf(layers);
      String wanted = choice.layerProperty().get();
      List<String> items = new ArrayList<>(List.of(""));
      items.addAll(layers);
      layer.getItems().setAll(items);
      layer.setValue(layers.contains(wanted) ? wanted : "");
      choice.layerProperty().set(wanted);
    }
  }
}
