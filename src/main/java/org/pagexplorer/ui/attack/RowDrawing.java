package org.pagexplorer.ui.attack;

import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.pagexplorer.dataset.Dataset;
import org.pagexplorer.lab.attack.OriginalImage;

/** Draws rows from a dataset; not on the FX thread. */
interface RowDrawing {
  /**
   * @param over whether nobody waits for them anymore
   */
  List<OriginalImage> draw(ImageSource from, BooleanSupplier over) throws Exception;

  /** Whatever a function makes of a dataset. */
  static RowDrawing of(Function<ImageSource, List<OriginalImage>> choice) {
    return (from, over) -> choice.apply(from);
  }

  /**
   * @param misclassified finds {@link RowChoice#WRONG} ones
   */
  static RowDrawing of(ShownRows rows, Optional<Misclassified> misclassified) {
    int page = rows.page();
    int count = rows.count();
    return (from, over) ->
        switch (rows.choice()) {
          case RowChoice.EACH -> from.onePerClass(RowChoice.MOST_CLASSES, page);
          case RowChoice.RANDOM -> from.atRandom(count, page);
          case RowChoice.TYPED -> from.ofIndices(rows.indices());
          case RowChoice.WRONG ->
              misclassified.isEmpty()
                  ? List.of()
                  : from.ofIndices(misclassified.get().find(from.dataset(), page, count, over));
          default -> from.ofClass(from.dataset().classes().indexOf(rows.choice()), count, page);
        };
  }

  /** Whether a dataset has such rows. */
  static boolean isPossible(ShownRows rows, Dataset dataset) {
    return switch (rows.choice()) {
      case RowChoice.TYPED ->
          !rows.indices().isEmpty()
              && rows.indices().stream().allMatch(i -> i >= 0 && i < dataset.size());
      case RowChoice.EACH, RowChoice.RANDOM, RowChoice.WRONG -> true;
      default -> dataset.classes().contains(rows.choice());
    };
  }
}
