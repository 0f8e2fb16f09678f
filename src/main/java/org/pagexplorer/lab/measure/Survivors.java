package org.pagexplorer.lab.measure;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.pagexplorer.domain.AttackMethod;

/** How many images have withstood each attack of a suite and those before. */
public final class Survivors {
  /** AutoAttack's: share of the images from which on it warns. */
  private static final double SQUARE_SHARE = 0.002;

  private Survivors() {}

  /** An attack, and how many are left after it. */
  public record After(AttackMethod attack, int survivors) {}

  /** In the order in which they run; none where the column is no suite or nothing is measured. */
  public static List<After> of(Column column, Cell cell) {
    List<After> all = new ArrayList<>();
    List<AttackMethod> parts =
        column.attack().map(attack -> attack.method().parts()).orElse(List.of());
    for (int i = 0; i < Math.min(parts.size(), cell.standing().length); i++) {
      all.add(new After(parts.get(i), cell.standing()[i]));
    }
    return all;
  }

  /**
   * AutoAttack's warning where Square, which takes no gradients, still breaks some of those that
   * the attacks before it have left.
   */
  public static Optional<String> warning(Column column, Cell cell) {
    List<After> all = of(column, cell);
    if (all.size() < 2 || all.getLast().attack() != AttackMethod.SQUARE) {
      return Optional.empty();
    }
    int more = all.get(all.size() - 2).survivors() - all.getLast().survivors();
    return more <= SQUARE_SHARE * cell.n()
        ? Optional.empty()
        : Optional.of(
            "Square, which takes no gradients, broke %d more: the gradients may be masked"
                .formatted(more));
  }

  /** For instance {@code survivors after APGD-CE 45, APGD-T 41, FAB-T 41, Square 41}. */
  public static Optional<String> line(Column column, Cell cell) {
    List<String> each =
        of(column, cell).stream()
            .map(after -> after.attack().title() + " " + after.survivors())
            .toList();
    return each.isEmpty()
        ? Optional.empty()
        : Optional.of("survivors after " + String.join(", ", each));
  }
}
