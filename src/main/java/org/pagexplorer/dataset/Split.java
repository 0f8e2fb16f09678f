package org.pagexplorer.dataset;

import org.pagexplorer.domain.Named;
import org.pagexplorer.domain.UserException;

/** The two parts of a labelled dataset. */
public enum Split implements Named {
  TRAIN,
  TEST;

  /** The split which is not this one. */
  Split other() {
    return this == TRAIN ? TEST : TRAIN;
  }

  /**
   * The split of an {@link #id()}.
   *
   * @throws UserException if there is none of that name
   */
  public static Split of(String id) {
    return Named.find(values(), id)
        .orElseThrow(
            () -> new UserException("There is no split “" + id + "”: choose train or test."));
  }
}
