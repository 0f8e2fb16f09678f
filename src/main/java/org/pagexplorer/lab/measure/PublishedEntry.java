package org.pagexplorer.lab.measure;

import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import org.pagexplorer.domain.Norm;
import org.pagexplorer.domain.RobustnessAttack;
import org.pagexplorer.lab.attack.SpecificationFields;

/**
 * A model's published accuracies, as RobustBench's leaderboard has them; nothing of it was measured
 * here.
 *
 * @param id what the leaderboard calls it, for instance {@code Engstrom2019Robustness}
 * @param title of the paper
 * @param dataset as the entry writes it, for instance {@code cifar10}
 * @param threat what it is robust against, in words: {@code L∞}, {@code corruptions}, or empty
 *     where that is not known
 * @param norm where that is a norm known here
 * @param epsilon its radius, for pixels in [0, 1]
 * @param clean accuracy in [0, 1]
 * @param robust accuracy under AutoAttack, in [0, 1]
 * @param architecture of the network, or empty
 * @param additionalData whether it was trained with more images than the dataset's
 * @param venue where and when, or empty
 * @param link of http or https, or empty
 * @param warning what RobustBench says against the number, or empty
 */
public record PublishedEntry(
    String id,
    String title,
    String dataset,
    String threat,
    Optional<Norm> norm,
    OptionalDouble epsilon,
    OptionalDouble clean,
    OptionalDouble robust,
    String architecture,
    boolean additionalData,
    String venue,
    String link,
    String warning) {
  /** Of ε, relative: 8/255 may be written with five digits. */
  private static final double SAME = 1e-4;

  /** How a row of a table names it, so that nobody takes it for a measured one. */
  public String rowName() {
    return id + " (published)";
  }

  /**
   * Why its number may not stand in a column; nothing where dataset, norm and ε are the same.
   *
   * @param measuredOn the dataset whose test images are counted here
   */
  public Optional<String> obstacle(Column column, String measuredOn) {
    if (!isSameDataset(measuredOn)) {
      return Optional.of("on %s, not %s".formatted(dataset, measuredOn));
    }
    return column.attack().isEmpty()
        ? clean.isPresent() ? Optional.empty() : Optional.of("no clean accuracy is given")
        : obstacle(column.attack().get());
  }

  private Optional<String> obstacle(RobustnessAttack attack) {
    if (norm.isEmpty()) {
      return Optional.of(
          threat.isEmpty()
              ? "its norm is not known: keep the file in a folder named Linf, L2, or L1"
              : "of " + threat + ", not " + attack.threat().norm().title());
    }
    if (norm.get() != attack.threat().norm()) {
      return Optional.of(threat + " there, " + attack.threat().norm().title() + " here");
    }
    if (epsilon.isEmpty()) {
      return Optional.of("its ε is not known");
    }
    double here = attack.threat().epsilon();
    if (Math.abs(epsilon.getAsDouble() - here) > SAME * here) {
      return Optional.of(
          "ε = %s there, %s here".formatted(epsilonWords(), SpecificationFields.number(here)));
    }
    return robust.isPresent()
        ? Optional.empty()
        : Optional.of("no accuracy under AutoAttack is given");
  }

  /** Fewer of the same images have a name of their own; copies as JPEG are other images. */
  private boolean isSameDataset(String measuredOn) {
    return letters(dataset).equals(letters(measuredOn.replace("(subset)", "")));
  }

  private static String letters(String name) {
    return name.toLowerCase(Locale.ROOT).replaceAll("[^\\p{Alnum}]", "");
  }

  /** In [0, 1]; nothing where it may not stand in that column. */
  public OptionalDouble in(Column column, String measuredOn) {
    if (obstacle(column, measuredOn).isPresent()) {
      return OptionalDouble.empty();
    }
    return column.attack().isEmpty() ? clean : robust;
  }

  /** What was attacked, for instance {@code L∞, ε = 8/255}. */
  public String attackWords() {
    return (threat.isEmpty() ? "an unknown norm" : threat)
        + (epsilon.isEmpty() || norm.isEmpty() ? "" : ", ε = " + epsilonWords());
  }

  private String epsilonWords() {
    double value = epsilon.orElse(Double.NaN);
    double levels = value * 255;
    boolean whole = norm.filter(Norm.LINF::equals).isPresent() && isWhole(levels);
    return whole ? Math.round(levels) + "/255" : SpecificationFields.number(value);
  }

  private static boolean isWhole(double levels) {
    return Math.abs(levels - Math.rint(levels)) < SAME && levels >= 1;
  }
}
