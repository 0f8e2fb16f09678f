package org.pagexplorer.ui.viewer;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import org.pagexplorer.domain.Image;
import org.pagexplorer.domain.SaliencyMap;
import org.pagexplorer.domain.SaliencyMethod;
import org.pagexplorer.domain.SaliencySpecification;
import org.pagexplorer.lab.figure.SaliencyView;
import org.pagexplorer.lab.saliency.SaliencyScale;
import org.pagexplorer.ui.settings.Part;

/** What the large view shows of a class's score, and on which scale. On the FX thread. */
public final class SaliencyChoice {
  private final ObjectProperty<SaliencyMethod> method =
      new SimpleObjectProperty<>(SaliencyMethod.GRADIENT);
  private final StringProperty layer = new SimpleStringProperty("");
  private final BooleanProperty held = new SimpleBooleanProperty();
  private final Map<SaliencySpecification, Double> scales = new HashMap<>();

  SaliencyChoice() {}

  /**
   * What is chosen, with the usual parameters.
   *
   * @param layers those of the model that is shown; it may lack the chosen one
   */
  SaliencySpecification specification(List<String> layers) {
    SaliencySpecification usual = SaliencySpecification.of(method.get());
    boolean has = method.get() == SaliencyMethod.GRAD_CAM && layers.contains(layer.get());
    return has ? usual.ofLayer(layer.get()) : usual;
  }

  /** The value in full color: of this map, or while it is held, of the first one of its kind. */
  double scale(SaliencySpecification of, SaliencyMap map) {
    double own = SaliencyScale.of(List.of(map.values()));
    double shown = held.get() ? scales.getOrDefault(of, own) : own;
    scales.put(of, shown);
    return shown;
  }

  /** A map as it is shown. */
  static Image picture(SaliencySpecification of, SaliencyMap map, Image original, double scale) {
    return SaliencyView.SIGNED.picture(of.method(), map.values(), original, scale);
  }

  /** What is shown, its scale, and how far integrated gradients add up. */
  static String words(SaliencySpecification of, SaliencyMap map, double scale) {
    String range = of.method().isSigned() ? "± %.2g" : "0 to %.2g";
    String sum =
        map.completeness()
            .map(found -> String.format(Locale.ROOT, ", Σ %.2f of %.2f", found.sum(), found.gain()))
            .orElse("");
    return String.format(Locale.ROOT, range, scale) + sum;
  }

  ObjectProperty<SaliencyMethod> methodProperty() {
    return method;
  }

  /** One of the model's; empty for the last. */
  StringProperty layerProperty() {
    return layer;
  }

  /** Whether the scale stays when another tile or model is shown. */
  BooleanProperty heldProperty() {
    return held;
  }

  /** What is to be remembered. */
  public Part part() {
    return new Part("saliency")
        .choice("method", method, SaliencyMethod.values())
        .text("layer", layer);
  }
}
