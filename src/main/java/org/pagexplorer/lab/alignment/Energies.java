package org.pagexplorer.lab.alignment;

import java.util.List;
import java.util.stream.Stream;

/**
 * log Σ_c exp f_c(x): a classifier read as an unnormalized log-density of images, the negative
 * energy (Grathwohl et al. 2020, "Your classifier is secretly an energy based model").
 *
 * @param clean of the held-out images
 * @param attacked of their attacked versions
 * @param drawn of pictures that the model made
 */
public record Energies(List<Double> clean, List<Double> attacked, List<Double> drawn) {
  static final Energies NONE = new Energies(List.of(), List.of(), List.of());

  public Energies {
    clean = List.copyOf(clean);
    attacked = List.copyOf(attacked);
    drawn = List.copyOf(drawn);
  }

  Energies with(ImageMeasures image) {
    return new Energies(
        joined(clean, List.of(image.energy())),
        joined(attacked, List.of(image.attackedEnergy())),
        drawn);
  }

  Energies withDrawn(List<Double> more) {
    return new Energies(clean, attacked, joined(drawn, more));
  }

  private static List<Double> joined(List<Double> some, List<Double> more) {
    return Stream.concat(some.stream(), more.stream()).toList();
  }

  /** The middle value; NaN of none. */
  public static double median(List<Double> values) {
    double[] sorted = values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    int n = sorted.length;
    return n == 0 ? Double.NaN : (sorted[(n - 1) / 2] + sorted[n / 2]) / 2;
  }

  /**
   * How often a value of the first is larger than one of the second, ties half (the area under the
   * ROC curve, Mann and Whitney's U / nm): 0.5 where they cannot be told apart; NaN of none.
   */
  public static double auroc(List<Double> larger, List<Double> smaller) {
    double[] sorted = smaller.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    double sum = 0;
    for (double value : larger) {
      sum += (below(sorted, value) + below(sorted, Math.nextUp(value))) / 2.0;
    }
    return sum / ((double) larger.size() * smaller.size());
  }

  /** How many are less. */
  private static int below(double[] sorted, double value) {
    int low = 0;
    int high = sorted.length;
    while (low < high) {
      int middle = (low + high) / 2;
      if (sorted[middle] < value) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
