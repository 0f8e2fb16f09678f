package org.pagexplorer.domain;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * A part of an image that an attack may change.
 *
 * @param mask where
 * @param target the class that this part is to be turned into; else the attack's own goal
 * @param epsilon its own radius, at least 0; else the attack's
 */
public record ImageRegion(Mask mask, OptionalInt target, OptionalDouble epsilon) {

  public ImageRegion {
    checkEpsilon(epsilon);
  }

  /**
   * @throws IllegalArgumentException if it is no radius of a region
   */
  public static void checkEpsilon(OptionalDouble epsilon) {
    if (epsilon.isPresent() && !(epsilon.getAsDouble() >= 0 && epsilon.getAsDouble() <= 1e6)) {
      throw new IllegalArgumentException(
          "a region's ε must be from 0 to 1e6, not " + epsilon.getAsDouble());
    }
  }

  /** A region with the attack's own goal and radius. */
  public static ImageRegion of(Mask mask) {
    return new ImageRegion(mask, OptionalInt.empty(), OptionalDouble.empty());
  }

  /** What this region wants, in an attack with such a goal. */
  public Goal goal(Goal ofAttack) {
    return target.isPresent() ? Goal.reach(target.getAsInt()) : ofAttack;
  }

  /**
   * The masks' values where regions lie one over the other, the last on top: a mask is multiplied
   * by 1 − m of each above it, so that their sum is at most 1.
   */
  public static List<float[]> layered(List<ImageRegion> regions) {
    List<float[]> masks = new ArrayList<>();
    for (int i = 0; i < regions.size(); i++) {
      float[] values = regions.get(i).mask().values();
      for (ImageRegion above : regions.subList(i + 1, regions.size())) {
        float[] covering = above.mask().values();
        for (int j = 0; j < values.length; j++) {
          values[j] *= 1 - covering[j];
        }
      }
      masks.add(values);
    }
    return masks;
  }
}
