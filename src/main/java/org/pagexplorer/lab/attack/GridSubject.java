package org.pagexplorer.lab.attack;

import java.util.OptionalInt;
import org.pagexplorer.domain.Image;

/**
 * An image to be attacked, and where it comes from.
 *
 * @param origin for people: an index of a data set, or a file
 * @param caption a word or two for below the picture: its class, or the file's name
 * @param image of the models' shape
 * @param label its true class, where that is known
 * @param note what was done to fit it; empty for nothing
 */
public record GridSubject(
    String origin, String caption, Image image, OptionalInt label, String note) {}
