package org.pagexplorer.ui.explore;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import javafx.beans.InvalidationListener;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import org.pagexplorer.checkpoint.catalogue.ModelFile;
import org.pagexplorer.domain.Image;
import org.pagexplorer.lab.attack.LikelyClasses;
import org.pagexplorer.lab.model.EngineLane;
import org.pagexplorer.ui.attack.AttackSetup;
import org.pagexplorer.ui.attack.LikelyTargets;
import org.pagexplorer.ui.control.TileRange;
import org.pagexplorer.ui.support.BackgroundTask;
import org.pagexplorer.ui.support.Coalesced;
import org.pagexplorer.ui.support.ModelShelf;
import org.pagexplorer.ui.support.Requests;

/**
 * Makes the classes that the chosen model finds likeliest for the images shown the targets, as long
 * as these are asked for. On the FX thread.
 */
final class LikelyColumns {
  private final EngineLane lane;
  private final ModelShelf shelf;
  private final AttackSetup setup;
  private final Supplier<TileRange> inSight;
  private final Requests asking = new Requests();
  private final Coalesced find = new Coalesced(this::find);
  private final ReadOnlyBooleanWrapper pending = new ReadOnlyBooleanWrapper();

  LikelyColumns(EngineLane lane, ModelShelf shelf, AttackSetup setup, Supplier<TileRange> inSight) {
    this.lane = lane;
    this.shelf = shelf;
    this.setup = setup;
    this.inSight = inSight;
    InvalidationListener refresh = property -> refresh();
    setup.likely().countProperty().addListener(refresh);
    setup.rows().images().addListener(refresh);
  }

  /** The images, the model, or the number of targets is another one. */
  void refresh() {
    asking.cancel();
    boolean asked = setup.likely().countProperty().get() > 0;
    pending.set(asked);
    if (asked) {
      find.request();
    }
  }

  private void find() {
    Optional<ModelFile> model = shelf.chosen();
    List<Image> images = images();
    int count = setup.likely().countProperty().get();
    if (model.isEmpty() || images.isEmpty() || count == 0) {
      return; // it is asked again when there are some
    }
    BackgroundTask.on(
            lane,
            own ->
                LikelyClasses.of(
                    own.classifier(model.get().file(), setup.settings().precisionProperty().get()),
                    images,
                    count))
        .within(asking.next())
        .onDone(
            targets -> {
              setup.targets().setAll(targets);
              pending.set(false);
            })
        .onFailed(
            failure -> {
              pending.set(false);
              setup.notice().report(failure);
            })
        .start();
  }

  /** Those in sight, of the shape that the model takes. */
  private List<Image> images() {
    return setup.rows().images().stream()
        .map(row -> row.image())
        .filter(
            image ->
                shelf
                    .chosen()
                    .filter(m -> m.card().architecture().input().equals(image.shape()))
                    .isPresent())
        .skip(inSight.get() == TileRange.ALL ? 0 : Math.max(0, inSight.get().firstRow()))
        .limit(LikelyTargets.MOST_IMAGES)
        .toList();
  }

  /** Whether the targets are still being looked for. */
  boolean isPending() {
    return pending.get();
  }

  ReadOnlyBooleanProperty pendingProperty() {
    return pending.getReadOnlyProperty();
  }
}
