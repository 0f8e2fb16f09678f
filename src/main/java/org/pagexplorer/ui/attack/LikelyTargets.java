package org.pagexplorer.ui.attack;

import javafx.beans.property.ReadOnlyIntegerProperty;
import javafx.beans.property.ReadOnlyIntegerWrapper;

/**
 * How many of the classes that the model finds likeliest for the images shown are targets; 0 where
 * the user has chosen others. On the FX thread.
 */
public final class LikelyTargets {
  /** Of a model with more than {@link #FEW} classes, before anybody has chosen. */
  public static final int FIRST = 10;

  /**
   * That are asked about: as many rows as a window shows, and a large model looks at in a few s.
   */
  public static final int MOST_IMAGES = 12;

  private static final int FEW = 20;

  private final ReadOnlyIntegerWrapper count = new ReadOnlyIntegerWrapper();

  /** Whether a model begins with all of its classes. */
  public static boolean isFew(int classes) {
    return classes <= FEW;
  }

  /** The likeliest are wanted, of whatever images are shown from now on. */
  public void ask(int wanted) {
    count.set(0); // who asks again gets those of now
    count.set(wanted);
  }

  /** The user has chosen. */
  public void leave() {
    count.set(0);
  }

  /** Whether the likeliest are wanted. */
  public boolean isAsked() {
    return count.get() > 0;
  }

  public ReadOnlyIntegerProperty countProperty() {
    return count.getReadOnlyProperty();
  }
}
