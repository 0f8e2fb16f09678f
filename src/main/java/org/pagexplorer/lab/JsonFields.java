package org.pagexplorer.lab;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.pagexplorer.checkpoint.JsonText;
import org.pagexplorer.domain.Named;
import org.pagexplorer.domain.Printable;

/**
 * The fields of a JSON object of somebody's, each checked for its kind and its range as it is read;
 * every method throws an {@link IllegalArgumentException} that says which field must be what.
 */
public record JsonFields(JsonObject object) {
  /** More than any name or caption has. */
  private static final int LONGEST = 10_000;

  /** The only object of a text. */
  public static JsonFields parse(String text) {
    try {
      return of(JsonText.parse(text), "it");
    } catch (IOException e) {
      throw new IllegalArgumentException("it is not JSON", e);
    }
  }

  private static JsonFields of(JsonElement element, String name) {
    if (element instanceof JsonObject object) {
      return new JsonFields(object);
    }
    throw wrong(name, "an object");
  }

  /** Whether there is such a field. */
  public boolean has(String name) {
    return object.has(name);
  }

  /** A text as it stands, of any length. */
  public String raw(String name) {
    return text(object.get(name), name);
  }

  /** Bytes in Base64, of any length. */
  public byte[] bytes(String name) {
    try {
      return Base64.getDecoder().decode(raw(name));
    } catch (IllegalArgumentException e) {
      throw wrong(name, "in Base64");
    }
  }

  /** A text for people. */
  public String line(String name) {
    return line(object.get(name), name);
  }

  private static String line(@Nullable JsonElement element, String name) {
    String text = text(element, name);
    if (text.length() > LONGEST) {
      throw wrong(name, "a text of at most 10,000 characters");
    }
    return Printable.of(text);
  }

  private static String text(@Nullable JsonElement element, String name) {
    if (element instanceof JsonPrimitive value && value.isString()) {
      return value.getAsString();
    }
    throw wrong(name, "a text");
  }

  /** A whole number from {@code low} to {@code high}. */
  public int whole(String name, int low, int high) {
    return (int) whole(object.get(name), name, low, high);
  }

  /** Any whole number of 64 bits. */
  public long whole(String name) {
    return whole(object.get(name), name, Long.MIN_VALUE, Long.MAX_VALUE);
  }

  private static long whole(@Nullable JsonElement element, String name, long low, long high) {
    try {
      if (element instanceof JsonPrimitive value && value.isNumber()) {
        // Not longValueExact of a BigDecimal alone, which writes 1e999999999 out.
        long number = Long.parseLong(value.getAsString());
        if (number >= low && number <= high) {
          return number;
        }
      }
    } catch (NumberFormatException e) {
      // said below
    }
    throw wrong(name, String.format(Locale.ROOT, "a whole number from %,d to %,d", low, high));
  }

  /** A finite number from {@code low} to {@code high}. */
  public double number(String name, double low, double high) {
    return number(object.get(name), name, low, high);
  }

  private static double number(
      @Nullable JsonElement element, String name, double low, double high) {
    if (element instanceof JsonPrimitive value && value.isNumber()) {
      double number = value.getAsDouble();
      if (number >= low && number <= high) {
        return number;
      }
    }
    throw wrong(name, "a number from " + words(low) + " to " + words(high));
  }

  private static String words(double bound) {
    return new BigDecimal(String.valueOf(bound)).stripTrailingZeros().toString();
  }

  public boolean truth(String name) {
    if (object.get(name) instanceof JsonPrimitive value && value.isBoolean()) {
      return value.getAsBoolean();
    }
    throw wrong(name, "true or false");
  }

  /** The choice of that name. */
  public <T extends Named> T choice(String name, T[] choices) {
    return Named.find(choices, raw(name))
        .orElseThrow(() -> wrong(name, "one of " + Named.ids(choices)));
  }

  /** An object within this one. */
  public JsonFields fields(String name) {
    JsonElement element = object.get(name);
    if (element == null) {
      throw wrong(name, "an object");
    }
    return of(element, name);
  }

  /** Objects, one or more. */
  public List<JsonFields> objects(String name, int most) {
    List<JsonFields> objects = new ArrayList<>();
    array(name, 1, most).forEach(element -> objects.add(of(element, name)));
    return objects;
  }

  /** Texts for people, one or more. */
  public List<String> lines(String name, int most) {
    List<String> lines = new ArrayList<>();
    array(name, 1, most).forEach(element -> lines.add(line(element, name)));
    return lines;
  }

  /** So many whole numbers from {@code low} to {@code high}. */
  public List<Integer> wholes(String name, int count, int low, int high) {
    List<Integer> numbers = new ArrayList<>();
    array(name, count, count)
        .forEach(element -> numbers.add((int) whole(element, name, low, high)));
    return numbers;
  }

  /** Whole numbers from {@code low} to {@code high}, as many as there are. */
  public List<Integer> wholes(String name, int low, int high) {
    List<Integer> numbers = new ArrayList<>();
    array(name, 0, Integer.MAX_VALUE)
        .forEach(element -> numbers.add((int) whole(element, name, low, high)));
    return numbers;
  }

  /** So many finite numbers from {@code low} to {@code high}. */
  public List<Double> numbers(String name, int count, double low, double high) {
    List<Double> numbers = new ArrayList<>();
    array(name, count, count).forEach(element -> numbers.add(number(element, name, low, high)));
    return numbers;
  }

  /** Finite numbers from {@code low} to {@code high}, as many as there are. */
  public List<Double> numbers(String name, double low, double high) {
    List<Double> numbers = new ArrayList<>();
    array(name, 0, Integer.MAX_VALUE)
        .forEach(element -> numbers.add(number(element, name, low, high)));
    return numbers;
  }

  private JsonArray array(String name, int fewest, int most) {
    if (object.get(name) instanceof JsonArray array
        && array.size() >= fewest
        && array.size() <= most) {
      return array;
    }
    throw wrong(
        name,
        fewest == most
            ? "a list of " + most + " entries"
            : String.format(Locale.ROOT, "a list of %,d to %,d entries", fewest, most));
  }

  private static IllegalArgumentException wrong(String name, String needed) {
    return new IllegalArgumentException(
        (name.equals("it") ? name : "\"" + name + "\"") + " must be " + needed);
  }
}
