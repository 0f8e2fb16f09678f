package org.pagexplorer.ui.attack;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import javafx.beans.Observable;
import javafx.beans.property.IntegerProperty;
import javafx.beans.property.SimpleIntegerProperty;
import org.pagexplorer.dataset.MaskFile;
import org.pagexplorer.domain.InputShape;
import org.pagexplorer.lab.JsonFields;
import org.pagexplorer.lab.attack.OriginalImage;
import org.pagexplorer.lab.attack.PaintedRegion;
import org.pagexplorer.lab.attack.RegionText;

/**
 * The regions that somebody painted, image by image; they stay while other rows are shown. On the
 * FX thread.
 */
final class Painted {
  /** Images; of more, those that were painted first are forgotten. */
  private static final int MOST = 100;

  /** Characters of all masks as they are remembered, well below what a settings file may have. */
  private static final int LONGEST = 4 << 20;

  private final Map<String, List<PaintedRegion>> regions = new LinkedHashMap<>();
  private final IntegerProperty revision = new SimpleIntegerProperty();

  /** Of one image; none takes its regions away. */
  void put(String image, List<PaintedRegion> painted) {
    regions.remove(image);
    if (!painted.isEmpty()) {
      regions.put(image, List.copyOf(painted));
    }
    while (regions.size() > 1 && (regions.size() > MOST || length() > LONGEST)) {
      regions.remove(regions.keySet().iterator().next());
    }
    revision.set(revision.get() + 1);
  }

  private long length() {
    return regions.values().stream()
        .flatMap(List::stream)
        .mapToLong(region -> RegionText.encoded(region.mask()).length())
        .sum();
  }

  /**
   * Another norm has other sizes: all regions have the attack's radius again.
   *
   * @return whether any had its own
   */
  boolean forgetRadii() {
    boolean some =
        regions.values().stream()
            .flatMap(List::stream)
            .anyMatch(region -> region.epsilon().isPresent());
    if (some) {
      regions.replaceAll(
          (image, painted) ->
              painted.stream()
                  .map(r -> new PaintedRegion(r.mask(), r.target(), OptionalDouble.empty()))
                  .toList());
      revision.set(revision.get() + 1);
    }
    return some;
  }

  /** What is painted now, for other threads. */
  Map<String, List<PaintedRegion>> now() {
    return Map.copyOf(regions);
  }

  /** The image with what is painted on it, in whatever size it has. */
  OriginalImage on(OriginalImage image, String key) {
    return on(image, regions.getOrDefault(key, List.of()));
  }

  static OriginalImage on(OriginalImage image, List<PaintedRegion> painted) {
    InputShape shape = image.image().shape();
    List<PaintedRegion> fitted =
        painted.stream()
            .map(
                region ->
                    new PaintedRegion(
                        MaskFile.resized(region.mask(), shape), region.target(), region.epsilon()))
            .filter(region -> !region.mask().isEmpty()) // so small that nothing is left of it
            .toList();
    return fitted.equals(image.regions()) ? image : image.within(fitted);
  }

  /** Told of every change. */
  Observable changes() {
    return revision;
  }

  JsonElement give() {
    JsonArray images = new JsonArray();
    regions.forEach(
        (image, painted) -> {
          JsonArray all = new JsonArray();
          painted.forEach(region -> all.add(RegionText.json(region)));
          JsonObject one = new JsonObject();
          one.addProperty("image", image);
          one.add("regions", all);
          images.add(one);
        });
    JsonObject json = new JsonObject();
    json.add("images", images);
    return json;
  }

  /**
   * Takes what was given.
   *
   * @throws IllegalArgumentException if something is missing or wrong: then all stays as it is
   */
  void take(JsonFields json) {
    Map<String, List<PaintedRegion>> taken = new LinkedHashMap<>();
    if (json.object().get("images") instanceof JsonArray images && !images.isEmpty()) {
      for (JsonFields one : json.objects("images", MOST)) {
        taken.put(
            one.raw("image"),
            one.objects("regions", RegionText.MOST).stream().map(RegionText::parse).toList());
      }
    }
    if (!taken.equals(regions)) {
      regions.clear();
      regions.putAll(taken);
      revision.set(revision.get() + 1);
    }
  }
}
