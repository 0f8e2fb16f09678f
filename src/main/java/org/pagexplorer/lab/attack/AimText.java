package org.pagexplorer.lab.attack;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.List;
import java.util.Optional;
import org.pagexplorer.domain.LayerUnit;
import org.pagexplorer.lab.JsonFields;

/** Aims as JSON; an object without one of the names is none. */
public final class AimText {
  private static final String BETWEEN = "between";
  private static final String AT = "at";
  private static final String FEATURES = "features";
  private static final String AWAY = "awayFromAll";

  private AimText() {}

  public static JsonObject json(Aim aim) {
    JsonObject json = new JsonObject();
    switch (aim) {
      case Aim.Between between -> {
        json.add(BETWEEN, array(List.of(between.from(), between.to())));
        JsonArray shares = new JsonArray();
        between.shares().forEach(shares::add);
        json.add(AT, shares);
      }
      case Aim.Features features ->
          json.add(FEATURES, array(features.units().stream().map(LayerUnit::text).toList()));
      case Aim.AwayFromAll _ -> json.addProperty(AWAY, true);
    }
    return json;
  }

  private static JsonArray array(List<String> texts) {
    JsonArray array = new JsonArray();
    texts.forEach(array::add);
    return array;
  }

  /**
   * The aim of such JSON, if there is one.
   *
   * @throws IllegalArgumentException if something is missing or out of range
   * @throws org.pagexplorer.domain.UserException if a unit cannot be read
   */
  public static Optional<Aim> parse(JsonFields json) {
    if (json.has(BETWEEN)) {
      List<String> ends = json.lines(BETWEEN, 2);
      if (ends.size() != 2) {
        throw new IllegalArgumentException("\"" + BETWEEN + "\" must name two classes");
      }
      int count = json.object().get(AT) instanceof JsonArray shares ? shares.size() : 1;
      return Optional.of(
          new Aim.Between(ends.getFirst(), ends.getLast(), json.numbers(AT, count, 0, 1)));
    }
    if (json.has(FEATURES)) {
      return Optional.of(
          new Aim.Features(
              json.lines(FEATURES, Aim.MOST_COLUMNS).stream().map(LayerUnit::parse).toList()));
    }
    return json.has(AWAY) && json.truth(AWAY)
        ? Optional.of(new Aim.AwayFromAll())
        : Optional.empty();
  }
}
