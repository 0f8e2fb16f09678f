package org.pagexplorer.ui.attack;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.pagexplorer.domain.LayerUnit;
import org.pagexplorer.domain.LayerUnit.Place;
import org.pagexplorer.domain.UserException;

/** Units of a layer as one types them: channels {@code 0-9, 17}, and a place {@code 2, 3}. */
final class TypedUnits {
  /** Columns of a grid, as far as one would look. */
  static final int MOST = 200;

  private TypedUnits() {}

  /**
   * The units; whether the layer has them is not asked.
   *
   * @param place row and column; empty for the mean over all places
   * @throws UserException if something else was typed
   */
  static List<LayerUnit> parse(String layer, String channels, String place) {
    Optional<Place> at = place(place);
    return channels(channels).stream().map(channel -> new LayerUnit(layer, channel, at)).toList();
  }

  private static List<Integer> channels(String text) {
    List<Integer> channels = new ArrayList<>();
    for (String part : text.strip().split("[,;\\s]+", -1)) {
      String[] ends = part.split("[-–]", -1);
      int first = number(ends[0], text);
      int last = ends.length == 2 ? number(ends[1], text) : first;
      if (ends.length > 2 || last < first || channels.size() + last - first >= MOST) {
        throw unreadable(text);
      }
      for (int channel = first; channel <= last; channel++) {
        channels.add(channel);
      }
    }
    return channels;
  }

  private static int number(String digits, String text) {
    if (!digits.matches("\\d{1,6}")) {
      throw unreadable(text);
    }
    return Integer.parseInt(digits);
  }

  private static UserException unreadable(String text) {
    return new UserException(
        "\"%s\" are not channels: type up to %d numbers from 0, such as 3 or 0-9, 17."
            .formatted(text, MOST));
  }

  private static Optional<Place> place(String text) {
    if (text.isBlank()) {
      return Optional.empty();
    }
    String[] parts = text.strip().split("[,;\\s]+", -1);
    if (parts.length != 2 || !parts[0].matches("\\d{1,6}") || !parts[1].matches("\\d{1,6}")) {
      throw new UserException(
          "\"%s\" is not a place: type its row and its column, such as 2, 3, or nothing for the mean."
              .formatted(text));
    }
    return Optional.of(new Place(Integer.parseInt(parts[0]), Integer.parseInt(parts[1])));
  }

  /** Channels as they are typed. */
  static String channels(List<LayerUnit> units) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < units.size(); i++) {
      int first = units.get(i).channel();
      int last = first;
      while (i + 1 < units.size() && units.get(i + 1).channel() == last + 1) {
        last++;
        i++;
      }
      text.append(text.isEmpty() ? "" : ", ").append(first);
      text.append(last == first ? "" : (last == first + 1 ? ", " : "-") + last);
    }
    return text.toString();
  }

  /** A place as it is typed. */
  static String place(LayerUnit unit) {
    return unit.place().map(at -> at.row() + ", " + at.column()).orElse("");
  }
}
