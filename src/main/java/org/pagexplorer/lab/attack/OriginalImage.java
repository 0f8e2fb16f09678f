package org.pagexplorer.lab.attack;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.pagexplorer.domain.Image;

/**
 * An original image: what is attacked, and where it comes from.
 *
 * @param origin for people: an index of a dataset, or a file
 * @param caption a word or two for below the picture: its class where that is known, as its data
 *     set calls it; else the file's name
 * @param image of the models' shape
 * @param label its true class, where that is known, by its dataset's number
 * @param note what was done to fit it; empty for nothing
 * @param regions all that may be changed of it, the last on top; empty for the whole image
 * @param key tells it from other images of the same origin, as two files of one name; the origin
 *     where nothing else does
 */
public record OriginalImage(
    String origin,
    String caption,
    Image image,
    OptionalInt label,
    String note,
    List<PaintedRegion> regions,
    String key) {

  public OriginalImage {
    regions = List.copyOf(regions);
    for (PaintedRegion region : regions) {
      if (!region.mask().fits(image.shape())) {
        throw new IllegalArgumentException(
            region.mask() + " does not fit an image of " + image.shape());
      }
    }
  }

  /** An image that its origin tells from others. */
  public OriginalImage(
      String origin,
      String caption,
      Image image,
      OptionalInt label,
      String note,
      List<PaintedRegion> regions) {
    this(origin, caption, image, label, note, regions, origin);
  }

  /** The same that may be changed as a whole. */
  public OriginalImage(String origin, String caption, Image image, OptionalInt label, String note) {
    this(origin, caption, image, label, note, List.of());
  }

  /** The same image, of which only such regions may be changed. */
  public OriginalImage within(List<PaintedRegion> painted) {
    return new OriginalImage(origin, caption, image, label, note, painted, key);
  }

  /** The same image, which this tells from others. */
  public OriginalImage keyed(String other) {
    return new OriginalImage(origin, caption, image, label, note, regions, other);
  }

  /** For the end of a line on an attack: {@code , within painted regions}, or nothing. */
  public static String regionsInWords(List<OriginalImage> images) {
    return images.stream().allMatch(image -> image.regions().isEmpty())
        ? ""
        : ", within painted regions";
  }

  /** Its true class as its dataset calls it, if known. */
  public Optional<String> className() {
    return label.isPresent() ? Optional.of(caption) : Optional.empty();
  }

  /** Its true class among those of a model, which may number them otherwise or not know it. */
  public OptionalInt labelAmong(List<String> classes) {
    int own = className().map(classes::indexOf).orElse(-1);
    return own < 0 ? OptionalInt.empty() : OptionalInt.of(own);
  }

  /** What is said of it to others: its label is among those of a model, its origin all its key. */
  public OriginalImage among(List<String> classes) {
    return new OriginalImage(origin, caption, image, labelAmong(classes), note, regions);
  }
}
