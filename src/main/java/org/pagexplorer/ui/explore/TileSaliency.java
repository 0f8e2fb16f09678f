package org.pagexplorer.ui.explore;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.pagexplorer.domain.Goal;
import org.pagexplorer.domain.SaliencyMap;
import org.pagexplorer.domain.SaliencySpecification;
import org.pagexplorer.engine.Classifier;
import org.pagexplorer.engine.Saliency;
import org.pagexplorer.lab.attack.TargetGrid.Tile;
import org.pagexplorer.lab.model.EngineLane;
import org.pagexplorer.ui.attack.GridAttack;
import org.pagexplorer.ui.support.BackgroundTask;
import org.pagexplorer.ui.support.Notice;
import org.pagexplorer.ui.support.Request;
import org.pagexplorer.ui.support.Requests;
import org.pagexplorer.ui.viewer.ViewerViewModel;

/** Computes saliency maps of tiles on the engine's lane, the latest that was asked for alone. */
final class TileSaliency implements ViewerViewModel.Saliencies {
  /** Gradients between two looks whether the map is still wanted. */
  private static final int BATCH = 10;

  private final EngineLane lane;
  private final Notice notice;
  private final Requests requests = new Requests();

  TileSaliency(EngineLane lane, Notice notice) {
    this.lane = lane;
    this.notice = notice;
  }

  @Override
  public void ask(
      GridAttack of, Tile tile, SaliencySpecification how, Consumer<SaliencyMap> answer) {
    Request mine = requests.next();
    BackgroundTask.on(
            lane,
            l -> {
              Classifier f = of.loaded(l).classifier();
              return new Saliency(f, how, BATCH).of(tile.image(), target(tile, f), mine);
            })
        .within(mine)
        .onDone((Optional<SaliencyMap> found) -> found.ifPresent(answer))
        .onFailed(notice::report)
        .start();
  }

  /** The goal's class; of a goal about none, the one that the model predicts. */
  private static int target(Tile tile, Classifier f) {
    int own = tile.goal().classIndex();
    return own == Goal.NO_CLASS ? f.predictions(List.of(tile.image()))[0] : own;
  }

  @Override
  public void cancel() {
    requests.cancel();
  }
}
