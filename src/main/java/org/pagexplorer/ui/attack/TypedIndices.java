package org.pagexplorer.ui.attack;

import java.util.ArrayList;
import java.util.List;
import org.pagexplorer.dataset.Dataset;
import org.pagexplorer.domain.UserException;

/** Indices of a dataset's images as one types them, for instance {@code 0, 7, 12}. */
final class TypedIndices {
  private TypedIndices() {}

  /**
   * @throws UserException if one of them is not an index of the dataset
   */
  static List<Integer> parse(String text, Dataset dataset) {
    List<Integer> indices = new ArrayList<>();
    for (String part : text.strip().split("[,;\\s]+", -1)) {
      indices.add(index(part, dataset));
    }
    return indices;
  }

  private static int index(String part, Dataset dataset) {
    int last = dataset.size() - 1;
    try {
      int index = Integer.parseInt(part);
      if (index >= 0 && index <= last) {
        return index;
      }
    } catch (NumberFormatException e) {
      throw new UserException(
          "\"" + part + "\" is not an index; type numbers from 0 to " + last + ".", e);
    }
    throw new UserException(
        dataset.name() + " has images 0 to " + last + ", not " + part + "; type another index.");
  }
}
