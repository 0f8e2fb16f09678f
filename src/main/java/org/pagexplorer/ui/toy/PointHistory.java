package org.pagexplorer.ui.toy;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import org.pagexplorer.lab.toy.ToySetup.Points;

/** What the points were before each stroke, to go back to and forth again. */
final class PointHistory {
  private static final int LONGEST = 100;

  private final Deque<Points> before = new ArrayDeque<>();
  private final Deque<Points> after = new ArrayDeque<>();
  private final ReadOnlyBooleanWrapper canUndo = new ReadOnlyBooleanWrapper();
  private final ReadOnlyBooleanWrapper canRedo = new ReadOnlyBooleanWrapper();

  /** The points are about to change. */
  void keep(Points points) {
    before.push(points);
    after.clear();
    if (before.size() > LONGEST) {
      before.removeLast();
    }
    tell();
  }

  /** The points before the latest change; the present ones can be come back to. */
  Optional<Points> undo(Points present) {
    return move(before, after, present);
  }

  /** The points before the latest undo. */
  Optional<Points> redo(Points present) {
    return move(after, before, present);
  }

  private Optional<Points> move(Deque<Points> from, Deque<Points> to, Points present) {
    if (from.isEmpty()) {
      return Optional.empty();
    }
    to.push(present);
    Points found = from.pop();
    tell();
    return Optional.of(found);
  }

  private void tell() {
    canUndo.set(!before.isEmpty());
    canRedo.set(!after.isEmpty());
  }

  ReadOnlyBooleanProperty canUndoProperty() {
    return canUndo.getReadOnlyProperty();
  }

  ReadOnlyBooleanProperty canRedoProperty() {
    return canRedo.getReadOnlyProperty();
  }
}
