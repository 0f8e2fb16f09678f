package org.pagexplorer.lab.attack;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.pagexplorer.domain.ImageRegion;
import org.pagexplorer.domain.Mask;

/**
 * A region that somebody painted on an image: all that an attack may change of it, with the other
 * regions.
 *
 * @param mask of the image's height and width
 * @param target the class that it is to be turned into, as models name it; else the picture's own
 * @param epsilon its own radius; else the attack's
 */
public record PaintedRegion(Mask mask, Optional<String> target, OptionalDouble epsilon) {

  public PaintedRegion {
    ImageRegion.checkEpsilon(epsilon);
  }

  /** A region toward the picture's own class within the attack's ball. */
  public static PaintedRegion of(Mask mask) {
    return new PaintedRegion(mask, Optional.empty(), OptionalDouble.empty());
  }

  /** The same for a model of such classes; one that it does not know is the picture's own. */
  public ImageRegion among(List<String> classes) {
    int index = target.map(classes::indexOf).orElse(-1);
    return new ImageRegion(mask, index < 0 ? OptionalInt.empty() : OptionalInt.of(index), epsilon);
  }

  /** The same for several. */
  public static List<ImageRegion> among(List<PaintedRegion> regions, List<String> classes) {
    return regions.stream().map(region -> region.among(classes)).toList();
  }

  /** The same regions; a class that a model does not know is the picture's own for it. */
  public static List<PaintedRegion> known(List<PaintedRegion> regions, List<String> classes) {
    return regions.stream()
        .map(r -> new PaintedRegion(r.mask(), r.target().filter(classes::contains), r.epsilon()))
        .toList();
  }
}
