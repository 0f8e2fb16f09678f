package org.pagexplorer.ui.compare;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import javafx.beans.InvalidationListener;
import javafx.beans.Observable;
import javafx.beans.property.ReadOnlyBooleanProperty;
import org.pagexplorer.domain.AttackedImage;
import org.pagexplorer.lab.model.EngineLane;
import org.pagexplorer.ui.attack.GridAttack;
import org.pagexplorer.ui.attack.GridExports;
import org.pagexplorer.ui.attack.GridPart;
import org.pagexplorer.ui.attack.GridProgress;
import org.pagexplorer.ui.control.TileRange;
import org.pagexplorer.ui.support.Activity;
import org.pagexplorer.ui.support.BackgroundTask;
import org.pagexplorer.ui.support.Complaint;
import org.pagexplorer.ui.support.ExportChoice;
import org.pagexplorer.ui.support.Notice;
import org.pagexplorer.ui.support.Request;
import org.pagexplorer.ui.support.Requests;
import org.pagexplorer.ui.support.Sentence;

/** The attacks of a comparison, one for each model, as they run. On the FX thread. */
final class ComparedAttacks {
  private final EngineLane lane;
  private final Complaint failures;
  private final Runnable changed;
  private final Requests attacking = new Requests();
  private final Set<GridAttack> failed = new HashSet<>();
  private List<GridAttack> attacks = List.of();

  /** Of them, what is still chosen is shown until it is made again. */
  private List<GridAttack> before = List.of();

  private TileRange inSight = TileRange.ALL;

  /**
   * @param changed called when there is something else to see
   */
  ComparedAttacks(EngineLane lane, Notice notice, Runnable changed) {
    this.lane = lane;
    this.changed = changed;
    failures = new Complaint(notice);
  }

  /** In the order of the models. */
  List<GridAttack> all() {
    return attacks;
  }

  /** They are no longer of what is chosen. */
  void forget() {
    if (!attacks.isEmpty()) {
      before = attacks;
    }
    attacks = List.of();
  }

  /** What is to be computed from now on. */
  Request next() {
    return attacking.next();
  }

  void show(List<GridAttack> next) {
    for (GridAttack attack : next) {
      before.stream()
          .filter(earlier -> earlier.model().isSameAs(attack.model()))
          .findFirst()
          .ifPresent(attack::keep);
    }
    before = List.of();
    attacks = List.copyOf(next);
  }

  /** Starts those that are shown. */
  void start(Request mine) {
    failed.clear();
    failures.settle();
    for (GridAttack attack : attacks) {
      attack.look(inSight.perRow(attacks.size()));
      run(attack, mine);
    }
  }

  private void run(GridAttack attack, Request mine) {
    BackgroundTask.after(attack.start(lane))
        .within(mine)
        .onFailed(failure -> failed(attack, failure))
        .andFinally(changed)
        .start();
  }

  /** The others go on. */
  private void failed(GridAttack attack, Throwable failure) {
    failed.add(attack);
    failures.say("\"%s\": %s".formatted(attack.model().card().name(), Sentence.of(failure)));
  }

  TileRange inSight() {
    return inSight;
  }

  /**
   * These tiles are in sight: they are attacked first.
   *
   * @param open whether the screen is shown
   */
  void look(TileRange now, boolean open) {
    inSight = now;
    for (GridAttack attack : attacks) {
      if (attack.look(now.perRow(attacks.size())) && open) {
        run(attack, attacking.latest());
      }
    }
  }

  /** Ends them within one step; what they made so far stays on the screen. */
  void cancel() {
    attacks.forEach(GridAttack::cancel);
    attacking.cancel();
  }

  /** Whether there is something left to compute, or nothing has begun. */
  boolean areUnfinished() {
    return attacks.isEmpty() || attacks.stream().anyMatch(attack -> !attack.isSettled());
  }

  /** Whether every picture is finished that can be. */
  private boolean isSettled() {
    return !attacking.isBusy()
        && !attacks.isEmpty()
        && attacks.stream().allMatch(attack -> attack.isSettled() || failed.contains(attack));
  }

  /** Calls once when every picture is finished, those of models that failed left out. */
  void settle(Runnable then) {
    if (isSettled()) {
      then.run();
      return;
    }
    attacking
        .busyProperty()
        .addListener(
            new InvalidationListener() {
              @Override
              public void invalidated(Observable property) {
                if (isSettled()) {
                  attacking.busyProperty().removeListener(this);
                  then.run();
                }
              }
            });
  }

  /** They, while they run. */
  Optional<Activity> activity() {
    return attacking.isBusy()
        ? Optional.of(
            GridProgress.activity(
                "Comparison of " + attacks.size() + " models", attacks, this::cancel))
        : Optional.empty();
  }

  /**
   * The grids as one figure.
   *
   * @param open whether the screen is shown
   */
  ExportChoice export(BooleanSupplier open) {
    Optional<GridAttack> without = attacks.stream().filter(failed::contains).findFirst();
    if (without.isPresent()) {
      return ExportChoice.of(
          "Pictures",
          "comparison",
          Optional::empty,
          "\"%s\" has no pictures: leave it out of the comparison, then export."
              .formatted(without.get().model().card().name()));
    }
    return GridExports.choice(
        "Pictures",
        "comparison",
        () -> attacks,
        attacks.stream().findFirst().map(GridPart::whole),
        () -> !open.getAsBoolean(),
        attacking::isBusy);
  }

  /** The attack that a row of the grid is of; nothing where there is no such row. */
  Optional<GridAttack> of(int tile) {
    int columns = attacks.isEmpty() ? 0 : attacks.getFirst().heads().size();
    return tile < 0 || columns == 0
        ? Optional.empty()
        : Optional.of(attacks.get(tile / columns % attacks.size()));
  }

  /** What a model made of a tile, row by row, once it is done. */
  Optional<AttackedImage> result(int model, int tile) {
    return model >= attacks.size() || tile >= attacks.get(model).tiles().size()
        ? Optional.empty()
        : Optional.ofNullable(attacks.get(model).trajectory(tile).result());
  }

  ReadOnlyBooleanProperty busyProperty() {
    return attacking.busyProperty();
  }
}
