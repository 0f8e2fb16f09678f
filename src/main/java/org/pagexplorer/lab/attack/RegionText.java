package org.pagexplorer.lab.attack;

import com.google.gson.JsonObject;
import java.util.Base64;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.WeakHashMap;
import org.pagexplorer.dataset.MaskFile;
import org.pagexplorer.domain.InputShape;
import org.pagexplorer.domain.Mask;
import org.pagexplorer.lab.JsonFields;

/** Painted regions as JSON: the mask as a gray PNG, then what it has of its own. */
public final class RegionText {
  /** Of an image. */
  public static final int MOST = 100;

  private static final String NAME = "of a painted region";

  private static final double LARGEST = 1e6;

  /** Every change of the window asks for all of them. */
  private static final Map<Mask, String> ENCODED = Collections.synchronizedMap(new WeakHashMap<>());

  private RegionText() {}

  public static JsonObject json(PaintedRegion region) {
    JsonObject one = new JsonObject();
    one.addProperty("mask", encoded(region.mask()));
    region.target().ifPresent(target -> one.addProperty("target", target));
    region.epsilon().ifPresent(epsilon -> one.addProperty("epsilon", epsilon));
    return one;
  }

  /** The mask as it stands in JSON. */
  public static String encoded(Mask mask) {
    return ENCODED.computeIfAbsent(mask, m -> Base64.getEncoder().encodeToString(MaskFile.png(m)));
  }

  /**
   * The region of such JSON, on an image of a shape.
   *
   * @throws IllegalArgumentException if something is missing or wrong
   * @throws org.pagexplorer.domain.UserException if the mask is no picture of that size
   */
  public static PaintedRegion parse(JsonFields one, InputShape shape) {
    return parse(one, MaskFile.decode(NAME, one.bytes("mask"), shape));
  }

  /** The same, whatever the mask's size. */
  public static PaintedRegion parse(JsonFields one) {
    return parse(one, MaskFile.decode(NAME, one.bytes("mask")));
  }

  private static PaintedRegion parse(JsonFields one, Mask mask) {
    return new PaintedRegion(
        mask,
        one.has("target") ? Optional.of(one.line("target")) : Optional.empty(),
        one.has("epsilon")
            ? OptionalDouble.of(one.number("epsilon", 0, LARGEST))
            : OptionalDouble.empty());
  }
}
