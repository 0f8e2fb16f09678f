package org.pagexplorer.domain;

import java.util.List;
import java.util.Optional;

/**
 * A unit of a network: a channel of a layer, whose mean over the image counts, or at one place.
 *
 * @param layer as {@link LayerTap} calls it
 * @param channel from 0
 * @param place else the mean over all places
 */
public record LayerUnit(String layer, int channel, Optional<Place> place) {
  private static final String FORM = "LAYER:CHANNEL or LAYER:CHANNEL:ROW:COLUMN";

  /** Layers that are named where one does not exist; of more, the last ones. */
  private static final int NAMED = 8;

  /**
   * Where in a layer.
   *
   * @param row from the top, from 0
   * @param column from the left, from 0
   */
  public record Place(int row, int column) {}

  /**
   * Of {@code layer3.1.conv2:17}, or at a place, {@code layer3.1.conv2:17:2:5}.
   *
   * @throws UserException if it is neither
   */
  public static LayerUnit parse(String text) {
    String[] parts = text.strip().split(":", -1);
    if ((parts.length != 2 && parts.length != 4) || parts[0].isEmpty()) {
      throw unreadable(text);
    }
    return new LayerUnit(
        parts[0],
        number(parts[1], text),
        parts.length == 2
            ? Optional.empty()
            : Optional.of(new Place(number(parts[2], text), number(parts[3], text))));
  }

  private static int number(String digits, String text) {
    if (!digits.matches("\\d{1,7}")) {
      throw unreadable(text);
    }
    return Integer.parseInt(digits);
  }

  private static UserException unreadable(String text) {
    return new UserException(
        "\"" + text + "\" is not a unit of a layer: write it as " + FORM + ", from 0.");
  }

  /** As it is parsed. */
  public String text() {
    return layer + ":" + channel + place.map(at -> ":" + at.row() + ":" + at.column()).orElse("");
  }

  /** For people. */
  public String title() {
    return shortTitle() + " of " + layer;
  }

  /** Where the layer is known. */
  public String shortTitle() {
    return "unit "
        + channel
        + place.map(at -> " at %d, %d".formatted(at.row(), at.column())).orElse("");
  }

  /**
   * The layer that it is of.
   *
   * @throws UserException saying what there is, if the network has no such unit
   */
  public LayerTap.Layer in(Architecture architecture) {
    List<LayerTap.Layer> layers = LayerTap.of(architecture);
    if (layers.isEmpty()) {
      throw new UserException(
          "This model shows no layers, so that there are no features of it: choose another model.");
    }
    LayerTap.Layer own =
        layers.stream()
            .filter(one -> one.name().equals(layer))
            .findFirst()
            .orElseThrow(() -> missing(layers));
    InputShape shape = own.shape();
    if (channel >= shape.channels()) {
      throw new UserException(
          "%s has channels 0 to %d, not %d.".formatted(layer, shape.channels() - 1, channel));
    }
    if (place.isPresent()
        && (place.get().row() >= shape.height() || place.get().column() >= shape.width())) {
      throw new UserException(
          "%s has rows 0 to %d and columns 0 to %d, not %d, %d."
              .formatted(
                  layer,
                  shape.height() - 1,
                  shape.width() - 1,
                  place.get().row(),
                  place.get().column()));
    }
    return own;
  }

  private UserException missing(List<LayerTap.Layer> layers) {
    List<String> names = layers.stream().map(LayerTap.Layer::name).toList();
    boolean few = names.size() <= NAMED;
    return new UserException(
        "There is no layer \"%s\": %s %s."
            .formatted(
                layer,
                few ? "choose among" : "of the %d, the last are".formatted(names.size()),
                String.join(
                    ", ", few ? names : names.subList(names.size() - NAMED, names.size()))));
  }
}
