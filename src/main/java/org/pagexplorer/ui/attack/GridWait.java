package org.pagexplorer.ui.attack;

import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;
import org.pagexplorer.ui.support.Exhibit;
import org.pagexplorer.ui.support.ExportChoice.Pending;

/**
 * Waits for the grid on a screen, also over the screen's being left and shown again, when it begins
 * again with the same setup. On the FX thread.
 */
public final class GridWait implements Pending {
  private final List<GridAttack> wanted;
  private final Supplier<List<GridAttack>> now;
  private final BooleanSupplier resting;
  private final BooleanSupplier busy;
  private final Function<List<GridAttack>, Optional<Exhibit>> made;

  /**
   * @param now the screen's attacks
   * @param resting whether another screen is shown
   * @param busy whether they run
   * @param made what is exported, once it is finished
   */
  public GridWait(
      Supplier<List<GridAttack>> now,
      BooleanSupplier resting,
      BooleanSupplier busy,
      Function<List<GridAttack>, Optional<Exhibit>> made) {
    wanted = List.copyOf(now.get());
    this.now = now;
    this.resting = resting;
    this.busy = busy;
    this.made = made;
  }

  @Override
  public Optional<Exhibit> whole() {
    return isSame(now.get()) ? made.apply(now.get()) : Optional.empty();
  }

  @Override
  public String words() {
    return resting.getAsBoolean()
        ? "waits until its screen is shown again"
        : GridProgress.of(now.get());
  }

  @Override
  public String lost() {
    List<GridAttack> shown = now.get();
    if (shown.isEmpty()) {
      return ""; // it is about to start over
    }
    if (!isSame(shown)) {
      return "The grid was changed before it was finished.";
    }
    boolean ended = !busy.getAsBoolean() && !resting.getAsBoolean();
    return ended && whole().isEmpty() ? "The attack ended before the grid was finished." : "";
  }

  private boolean isSame(List<GridAttack> shown) {
    if (shown.size() != wanted.size()) {
      return false;
    }
    for (int k = 0; k < shown.size(); k++) {
      if (!isSame(shown.get(k), wanted.get(k))) {
        return false;
      }
    }
    return true;
  }

  private static boolean isSame(GridAttack one, GridAttack other) {
    return one == other
        || (one.specification().equals(other.specification())
            && one.model().equals(other.model())
            && one.images().equals(other.images())
            && one.heads().equals(other.heads())
            && one.precision() == other.precision());
  }
}
