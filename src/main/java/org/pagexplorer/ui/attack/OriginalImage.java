package org.pagexplorer.ui.attack;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.pagexplorer.domain.Image;
import org.pagexplorer.domain.Printable;

/**
 * An image in a row of the grid.
 *
 * @param image its pixels, of the shape that the models take
 * @param name for people: a data set's index or a file's name, and what was done to fit it
 * @param className its true class as its data set calls it, if known
 */
public record OriginalImage(Image image, String name, Optional<String> className) {

  public OriginalImage {
    name = Printable.of(name);
  }

  /** Its true class among those of a model, which may number them otherwise or not know it. */
  public OptionalInt labelAmong(List<String> classes) {
    int label = className.map(classes::indexOf).orElse(-1);
    return label < 0 ? OptionalInt.empty() : OptionalInt.of(label);
  }
}
