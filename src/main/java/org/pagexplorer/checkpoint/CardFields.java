package org.pagexplorer.checkpoint;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.StreamSupport;
import org.pagexplorer.domain.Printable;
import org.pagexplorer.files.Sentences;
import org.pagexplorer.files.UnusableFileException;

/**
 * A checkpoint's metadata by key and type; every method says which key is wrong and how.
 *
 * @param metadata the file's strings
 */
record CardFields(Map<String, String> metadata) {
  private static final String NOT_OURS = "export it with PAG Explorer, which writes this entry";

  String text(String key, String ifMissing) {
    String text = metadata.get(key);
    return text == null ? ifMissing : text;
  }

  /** The same for people: on one line, and nothing in it that a terminal would obey. */
  String line(String key, String ifMissing) {
    return Printable.of(text(key, ifMissing));
  }

  String required(String key) {
    String text = metadata.get(key);
    if (text == null) {
      throw new UnusableFileException("its metadata lacks " + Sentences.quoted(key), NOT_OURS);
    }
    return text;
  }

  static long whole(String key, String text) {
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw wrong(key, "a whole number in range");
    }
  }

  static int wholeInt(String key, String text) {
    // Clamped, so that the range check that follows names the range.
    return Math.clamp(whole(key, text), Integer.MIN_VALUE, Integer.MAX_VALUE);
  }

  List<String> strings(String key) {
    return elements(array(key, required(key)), e -> string(key, e));
  }

  List<Double> numbers(String key) {
    return elements(array(key, required(key)), e -> number(key, e));
  }

  static <T> List<T> elements(JsonArray array, Function<JsonElement, T> element) {
    return StreamSupport.stream(array.spliterator(), false).map(element).toList();
  }

  static JsonArray array(String key, String text) {
    if (parse(key, text) instanceof JsonArray array) {
      return array;
    }
    throw wrong(key, "a JSON array");
  }

  static JsonObject object(String key, String text) {
    return object(key, parse(key, text));
  }

  static JsonObject object(String key, JsonElement element) {
    if (element instanceof JsonObject object) {
      return object;
    }
    throw wrong(key, "JSON objects");
  }

  static JsonElement member(String key, JsonObject object, String name) {
    JsonElement member = object.get(name);
    if (member == null) {
      throw new UnusableFileException(
          "its metadata " + Sentences.quoted(key) + " lacks " + Sentences.quoted(name));
    }
    return member;
  }

  /** A string that can be printed. */
  static String string(String key, JsonElement element) {
    if (element instanceof JsonPrimitive p && p.isString()) {
      return Printable.of(p.getAsString());
    }
    throw wrong(key, "strings");
  }

  static double number(String key, JsonElement element) {
    double number =
        element instanceof JsonPrimitive p && p.isNumber() ? p.getAsDouble() : Double.NaN;
    if (!Double.isFinite(number)) {
      throw wrong(key, "finite numbers");
    }
    return number;
  }

  static int wholeInt(String key, JsonElement element) {
    if (element instanceof JsonPrimitive p && p.isNumber()) {
      return wholeInt(key, p.getAsString());
    }
    throw wrong(key, "whole numbers");
  }

  private static JsonElement parse(String key, String text) {
    try {
      return JsonText.parse(text);
    } catch (IOException e) {
      throw wrong(key, "valid JSON");
    }
  }

  static UnusableFileException wrong(String key, String needed) {
    return new UnusableFileException(
        "its metadata " + Sentences.quoted(key) + " must hold " + needed);
  }
}
