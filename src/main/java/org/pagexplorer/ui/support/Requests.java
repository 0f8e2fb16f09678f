package org.pagexplorer.ui.support;

import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;

/** Requests of which only the latest counts, and whether work for that is under way; on FX's. */
public final class Requests {
  private final ReadOnlyBooleanWrapper busy = new ReadOnlyBooleanWrapper();
  private Request latest = new Request(this);

  /** A new one, which takes the place of the one before. */
  public Request next() {
    cancel();
    return latest;
  }

  /** Nobody waits for the latest anymore. */
  public void cancel() {
    latest.end();
    latest = new Request(this);
    tasksChanged();
  }

  /** The latest, for work that is to be dropped with it. */
  public Request latest() {
    return latest;
  }

  void tasksChanged() {
    busy.set(latest.isBusy());
  }

  public boolean isBusy() {
    return busy.get();
  }

  public ReadOnlyBooleanProperty busyProperty() {
    return busy.getReadOnlyProperty();
  }
}
