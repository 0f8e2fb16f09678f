package org.pagexplorer.lab.toy;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.pagexplorer.domain.ModelCard;
import org.pagexplorer.domain.Normalization;
import org.pagexplorer.domain.Software;
import org.pagexplorer.lab.toy.ToySetup.Points;

/** What a checkpoint of the playground says of itself. */
public final class ToyCard {
  private ToyCard() {}

  /** The name of a setup's points. */
  public static String datasetOf(ToySetup setup) {
    return switch (setup.points()) {
      case Points.Drawn(var shape) -> "toy: " + shape.title();
      case Points.Own(var points) -> "toy: " + points.size() + " points of one's own";
    };
  }

  /**
   * @param epochs passes over the points so far
   */
  public static ModelCard of(
      ToySetup setup, ToySetup.Scheme scheme, String dataset, double epochs) {
    SequencedMap<String, String> training = new LinkedHashMap<>();
    training.put("setup", SetupText.of(setup.withSchemes(List.of(scheme))));
    training.put("epochs", ToySetup.number(epochs));
    return new ModelCard(
        scheme.title(),
        setup.architecture(),
        List.of("blue", "orange"),
        Normalization.identity(setup.architecture().input().channels()),
        scheme.method().id(),
        training,
        setup.seed(),
        dataset,
        "",
        Software.NAME_AND_VERSION,
        "",
        List.of());
  }
}
