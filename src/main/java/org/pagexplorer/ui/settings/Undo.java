package org.pagexplorer.ui.settings;

import com.google.gson.JsonObject;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import javafx.animation.PauseTransition;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.util.Duration;

/**
 * What can be undone of some parts' values. Changes that follow one another at once, as a slider's
 * on its way, are one. On the FX thread.
 */
public final class Undo {
  private static final Duration AT_ONCE = Duration.millis(400);
  private static final int MOST = 200;

  private final List<Part> parts = new ArrayList<>();
  private final Map<Part, BooleanSupplier> hidden = new HashMap<>();
  private final Deque<List<JsonObject>> before = new ArrayDeque<>();
  private final Deque<List<JsonObject>> after = new ArrayDeque<>();
  private final PauseTransition settling = new PauseTransition(AT_ONCE);
  private final ReadOnlyBooleanWrapper canUndo = new ReadOnlyBooleanWrapper();
  private final ReadOnlyBooleanWrapper canRedo = new ReadOnlyBooleanWrapper();
  private List<JsonObject> now = List.of();

  public Undo() {
    settling.setOnFinished(event -> keep());
  }

  /** From here on, changes of these can be undone, too. */
  public void watch(Part part) {
    parts.add(part);
    part.listen(property -> changed());
    forget();
  }

  /**
   * The same of a part that is not always in sight: while it is not, it stays as it is, and its
   * changes are passed over.
   */
  public void watch(Part part, BooleanSupplier isHidden) {
    hidden.put(part, isHidden);
    watch(part);
  }

  /** What is now is where it begins: as after what was remembered has been set. */
  public void forget() {
    before.clear();
    after.clear();
    now = give();
    tell();
  }

  private void changed() {
    settling.playFromStart();
    canUndo.set(!before.isEmpty() || !give().equals(now));
  }

  private List<JsonObject> give() {
    return parts.stream().map(Part::give).toList();
  }

  /** What has changed so far is a change of its own, however soon another one follows. */
  public void keep() {
    settling.stop();
    List<JsonObject> changed = give();
    if (!changed.equals(now)) {
      before.push(now);
      after.clear();
      now = changed;
      if (before.size() > MOST) {
        before.removeLast();
      }
    }
    tell();
  }

  /** Sets the values back to those before the latest change. */
  public void undo() {
    keep();
    move(before, after);
  }

  /** Sets the values to those before the latest {@link #undo()}. */
  public void redo() {
    keep();
    move(after, before);
  }

  private void move(Deque<List<JsonObject>> from, Deque<List<JsonObject>> to) {
    boolean moved = false;
    while (!moved && !from.isEmpty()) {
      to.push(now);
      List<JsonObject> next = from.pop();
      for (int i = 0; i < parts.size(); i++) {
        Part part = parts.get(i);
        if (!hidden.getOrDefault(part, () -> false).getAsBoolean()) {
          moved |= !next.get(i).equals(now.get(i));
          part.take(next.get(i));
        }
      }
      settling.stop();
      now = give(); // what could not be set stays as it is
    }
    tell();
  }

  private void tell() {
    canUndo.set(!before.isEmpty());
    canRedo.set(!after.isEmpty());
  }

  public ReadOnlyBooleanProperty canUndoProperty() {
    return canUndo.getReadOnlyProperty();
  }

  public ReadOnlyBooleanProperty canRedoProperty() {
    return canRedo.getReadOnlyProperty();
  }
}
