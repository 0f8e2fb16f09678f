package org.pagexplorer.ui.compare;

import java.util.List;
import java.util.Set;
import javafx.beans.InvalidationListener;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.collections.FXCollections;
import org.pagexplorer.ui.attack.AttackSetup;
import org.pagexplorer.ui.attack.TargetList;
import org.pagexplorer.ui.settings.Part;

/**
 * Among which classes a comparison's targets are chosen: Explore's, so that what one sees there is
 * what one compares; where the compared models share others, among these, and they are the
 * comparison's own. On the FX thread.
 */
final class ComparedTargets {
  private final AttackSetup explored;
  private final ComparedModels compared;
  private final AttackSetup own;
  private final ReadOnlyObjectWrapper<AttackSetup> setup;
  private List<String> classes = List.of();
  private boolean filling;

  /** Its own of the last time, until their classes are known. */
  private List<String> proposed = List.of();

  /**
   * @param changed called when other targets of its own are chosen
   */
  ComparedTargets(AttackSetup explored, ComparedModels compared, Runnable changed) {
    this.explored = explored;
    this.compared = compared;
    own = explored.toward(new TargetList(FXCollections.observableArrayList(), () -> classes));
    own.list().isHidden().set(true);
    setup = new ReadOnlyObjectWrapper<>(explored);
    InvalidationListener tell =
        property -> {
          if (!filling) {
            changed.run();
          }
        };
    own.targets().addListener(tell);
    own.likely().countProperty().addListener(tell);
  }

  /** The models, or Explore's, may be others by now. */
  void update() {
    List<String> shared = compared.classes().names();
    boolean foreign =
        !shared.isEmpty() && !Set.copyOf(explored.classes().get()).containsAll(shared);
    if (foreign && !shared.equals(classes)) {
      classes = shared;
      quietly(own.list()::begin);
      quietly(() -> own.list().choose(proposed));
      proposed = List.of();
    }
    AttackSetup now = foreign ? own : explored;
    if (setup.get() != now) {
      setup.set(now);
    }
  }

  /** Whether its own are in sight instead of Explore's. */
  void setInSight(boolean inSight) {
    boolean isOwn = inSight && setup.get() == own;
    explored.list().isHidden().set(isOwn);
    own.list().isHidden().set(!isOwn);
  }

  /** Remembers its own, also those of the last time whose models are not there yet. */
  Part addTo(Part part) {
    return part.texts(
        "targets",
        () -> proposed.isEmpty() ? own.targetNames() : proposed,
        names -> proposed = List.copyOf(names),
        own.targets(),
        own.likely().countProperty());
  }

  /** Whether the likeliest of the shared classes are wanted, whichever these are. */
  boolean areToBeFound() {
    return setup.get() == own && own.likely().isAsked();
  }

  /** Shows what was found. */
  void found(List<Integer> likeliest) {
    if (areToBeFound()) {
      quietly(() -> own.targets().setAll(likeliest));
    }
  }

  private void quietly(Runnable change) {
    filling = true;
    change.run();
    filling = false;
  }

  /** With the targets that count. */
  AttackSetup setup() {
    return setup.get();
  }

  ReadOnlyObjectProperty<AttackSetup> setupProperty() {
    return setup.getReadOnlyProperty();
  }
}
