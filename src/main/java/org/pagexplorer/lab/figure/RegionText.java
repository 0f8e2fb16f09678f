package org.pagexplorer.lab.figure;

import com.google.gson.JsonObject;
import java.util.Base64;
import java.util.Optional;
import java.util.OptionalDouble;
import org.pagexplorer.dataset.MaskFile;
import org.pagexplorer.domain.InputShape;
import org.pagexplorer.lab.JsonFields;
import org.pagexplorer.lab.attack.PaintedRegion;

/** Painted regions as JSON: the mask as a gray PNG, then what it has of its own. */
final class RegionText {
  /** Of an image. */
  static final int MOST = 100;

  private static final double LARGEST = 1e9;

  private RegionText() {}

  static JsonObject json(PaintedRegion region) {
    JsonObject one = new JsonObject();
    one.addProperty("mask", Base64.getEncoder().encodeToString(MaskFile.png(region.mask())));
    region.target().ifPresent(target -> one.addProperty("target", target));
    region.epsilon().ifPresent(epsilon -> one.addProperty("epsilon", epsilon));
    return one;
  }

  /**
   * The region of such JSON.
   *
   * @throws IllegalArgumentException if something is missing or wrong
   */
  static PaintedRegion parse(JsonFields one, InputShape shape) {
    return new PaintedRegion(
        MaskFile.decode(
            "of a mask of the figure's specification", SubjectText.decoded(one, "mask"), shape),
        one.has("target") ? Optional.of(one.line("target")) : Optional.empty(),
        one.has("epsilon")
            ? OptionalDouble.of(one.number("epsilon", 0, LARGEST))
            : OptionalDouble.empty());
  }
}
