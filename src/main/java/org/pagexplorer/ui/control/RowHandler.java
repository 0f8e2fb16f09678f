package org.pagexplorer.ui.control;

import javafx.geometry.Point2D;

/** Does what the user asks for of a grid's images, which are its rows, or groups of them. */
public interface RowHandler {
  /** A grid whose images stay where they are. */
  RowHandler NONE = new RowHandler() {};

  /** Puts an image where another one is. */
  default void move(int from, int to) {}

  /** Takes an image out. */
  default void remove(int image) {}

  /**
   * Opens the menu of the image that is selected now.
   *
   * @param place on the screen
   */
  default void menu(Point2D place) {}
}
