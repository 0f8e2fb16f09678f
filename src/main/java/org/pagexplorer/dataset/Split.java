package org.pagexplorer.dataset;

import org.pagexplorer.domain.UserException;

/** The two parts of a labelled dataset. */
public enum Split {
  TRAIN("train"),
  TEST("test");

  private final String id;

  Split(String id) {
    this.id = id;
  }

  /** {@code "train"} or {@code "test"}, as in file names and on the command line. */
  public String id() {
    return id;
  }

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
    for (Split split : values()) {
      if (split.id.equals(id)) {
        return split;
      }
    }
    throw new UserException("There is no split “" + id + "”: choose train or test.");
  }
}
