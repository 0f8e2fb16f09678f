package org.pagexplorer.ui.explore;

import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyDoubleProperty;
import org.jspecify.annotations.Nullable;
import org.pagexplorer.domain.AttackedImage;
import org.pagexplorer.domain.Image;
import org.pagexplorer.engine.InputGradients;
import org.pagexplorer.lab.attack.TargetGrid.Tile;
import org.pagexplorer.lab.model.EngineLane;
import org.pagexplorer.ui.attack.GridAttack;
import org.pagexplorer.ui.attack.GridExports;
import org.pagexplorer.ui.attack.GridPart;
import org.pagexplorer.ui.attack.GridProgress;
import org.pagexplorer.ui.control.TileRange;
import org.pagexplorer.ui.support.Activity;
import org.pagexplorer.ui.support.BackgroundTask;
import org.pagexplorer.ui.support.ExportChoice;
import org.pagexplorer.ui.support.Notice;
import org.pagexplorer.ui.support.Requests;

/** The attack on the Explore screen, as it runs. On the FX thread. */
final class ExploredAttack {
  private final EngineLane lane;
  private final Notice notice;
  private final Runnable changed;
  private final Requests attacks = new Requests();
  private final Speedometer speedometer = new Speedometer();
  private TileRange inSight = TileRange.ALL;
  private @Nullable GridAttack attack;

  /** Of it, what is still chosen is shown until it is made again. */
  private @Nullable GridAttack before;

  /**
   * @param changed called when it has ended
   */
  ExploredAttack(EngineLane lane, Notice notice, Runnable changed) {
    this.lane = lane;
    this.notice = notice;
    this.changed = changed;
  }

  /** Nothing before it has begun. */
  Optional<GridAttack> now() {
    return Optional.ofNullable(attack);
  }

  /** It is no longer of what is chosen. */
  void forget() {
    cancel();
    if (attack != null) {
      before = attack;
    }
    attack = null;
  }

  void show(GridAttack next) {
    if (before != null) {
      next.keep(before);
      before = null;
    }
    attack = next;
    speedometer.reset();
  }

  /** Starts the one that is shown, with the tiles that are in sight. */
  void start() {
    if (attack != null) {
      attack.look(inSight);
      run(attack);
    }
  }

  private void run(GridAttack next) {
    BackgroundTask.after(next.start(lane))
        .within(attacks.next())
        .onFailed(notice::report)
        .andFinally(changed)
        .start();
  }

  TileRange inSight() {
    return inSight;
  }

  /**
   * These tiles are in sight: they are attacked first.
   *
   * @param resting whether the screen is hidden
   */
  void look(TileRange now, boolean resting) {
    inSight = now;
    if (attack != null && attack.look(now) && !resting) {
      run(attack);
    }
  }

  /** Ends it within one step; what it made so far stays on the screen. */
  void cancel() {
    if (attack != null) {
      attack.cancel();
    }
    attacks.cancel();
  }

  /** It was cut short: there is something left to compute. */
  boolean isUnfinished() {
    return attack != null && !attack.isSettled();
  }

  void readSpeed() {
    now().ifPresent(now -> speedometer.read(now.imageSteps()));
  }

  /** It, while it runs. */
  Optional<Activity> activity() {
    return now()
        .filter(now -> attacks.isBusy())
        .map(
            now ->
                GridProgress.activity(
                    "Attack on " + now.model().card().name(), List.of(now), this::cancel));
  }

  /**
   * The grid, its selected row and its selected tile.
   *
   * @param resting whether the screen is hidden
   */
  List<ExportChoice> exports(int tile, BooleanSupplier resting) {
    return List.of(
        export("Grid", "grid", GridPart::whole, resting),
        export("Selected row", "row", now -> GridPart.row(now, tile), resting),
        export("Selected tile", "tile", now -> GridPart.tile(now, tile), resting));
  }

  private ExportChoice export(
      String title, String stem, Function<GridAttack, GridPart> part, BooleanSupplier resting) {
    return GridExports.choice(
        title, stem, () -> now().stream().toList(), now().map(part), resting, attacks::isBusy);
  }

  /** How far a tile is; −1 before its first step. */
  int stepOf(int tile) {
    return having(tile).map(now -> now.trajectory(tile).latest()).orElse(-1);
  }

  /** What it made of a tile, once it is done. */
  Optional<AttackedImage> lastResult(int tile) {
    return having(tile).flatMap(now -> Optional.ofNullable(now.trajectory(tile).result()));
  }

  private Optional<GridAttack> having(int tile) {
    return now().filter(now -> tile < now.tiles().size());
  }

  /**
   * ∇ₓ f(x)_c of a tile's original, c its goal's class, computed on the engine's lane; the answer
   * comes on the FX thread.
   */
  void gradient(GridAttack of, Tile tile, Consumer<Image> answer) {
    BackgroundTask.on(
            lane,
            l ->
                InputGradients.ofLogit(
                        of.loaded(l).classifier(),
                        List.of(tile.image()),
                        new int[] {tile.goal().classIndex()})
                    .getFirst())
        .onDone(answer)
        .onFailed(notice::report)
        .start();
  }

  /** PGD steps of single images a second. */
  ReadOnlyDoubleProperty speedProperty() {
    return speedometer.speedProperty();
  }

  ReadOnlyBooleanProperty busyProperty() {
    return attacks.busyProperty();
  }
}
