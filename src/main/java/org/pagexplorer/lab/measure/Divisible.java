package org.pagexplorer.lab.measure;

import com.google.gson.JsonObject;
import java.util.List;

/**
 * A study whose images may be measured by several processes, each some of them: what one has
 * measured another adds, to the same numbers as if it had measured them itself.
 */
public interface Divisible extends Study {
  /**
   * Measures only some of the images; to be said before anything is measured.
   *
   * @param from the first, in the order of measuring
   * @param to behind the last
   */
  void only(int from, int to);

  /** What was measured so far, a piece each, in the order in which it is to be added. */
  List<JsonObject> measured();

  /**
   * Adds a piece that another study of the same models, images and attacks has measured.
   *
   * @throws IllegalArgumentException if it is none, or not the next one of its kind
   */
  void add(JsonObject piece);
}
