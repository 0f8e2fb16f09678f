package org.pagexplorer.ui.attack;

import java.util.OptionalInt;
import org.pagexplorer.domain.Image;

/**
 * An image in a row of the grid.
 *
 * @param image its pixels, of the shape that the models take
 * @param name for people: a data set's index or a file's name, and what was done to fit it
 * @param label its true class, if known
 */
public record OriginalImage(Image image, String name, OptionalInt label) {}
