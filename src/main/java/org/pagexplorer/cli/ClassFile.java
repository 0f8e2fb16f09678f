package org.pagexplorer.cli;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.pagexplorer.checkpoint.JsonText;
import org.pagexplorer.domain.Printable;
import org.pagexplorer.domain.UserException;
import org.pagexplorer.files.TextFile;

/**
 * Class names in a file: one a line; a JSON list; JSON or Python's dictionary by index, as {@code
 * imagenet_class_index.json}; or JSON of indices by name, as {@code class_to_idx}.
 */
public final class ClassFile {
  private static final int LONGEST = 4 << 20;
  private static final String BYTE_ORDER_MARK = "\ufeff";

  /** A line of a Python dictionary as it is printed. */
  private static final Pattern PYTHON =
      Pattern.compile("\\{?\\s*(\\d{1,6})\\s*:\\s*(['\"])(.*)\\2\\s*,?\\s*}?");

  private ClassFile() {}

  /**
   * Reads them in the order of their indices.
   *
   * @throws UserException if it is not text, or no list of names
   */
  public static List<String> read(Path file) {
    String text;
    try {
      text = TextFile.read(file, LONGEST);
    } catch (IOException e) {
      throw new UserException("The class names in " + file + " cannot be read as text.", e);
    }
    String plain = (text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text).strip();
    List<String> lines = plain.lines().map(String::strip).filter(l -> !l.isEmpty()).toList();
    if (!lines.isEmpty() && lines.stream().allMatch(line -> PYTHON.matcher(line).matches())) {
      return named(file, python(lines));
    }
    boolean isJson = plain.startsWith("[") || plain.startsWith("{");
    return isJson ? named(file, json(file, plain)) : lines.stream().map(Printable::of).toList();
  }

  private static List<List<String>> python(List<String> lines) {
    Map<Integer, List<String>> byIndex = new TreeMap<>();
    for (String line : lines) {
      Matcher entry = PYTHON.matcher(line);
      if (entry.matches()) {
        byIndex.put(Integer.valueOf(entry.group(1)), List.of(entry.group(3)));
      }
    }
    return List.copyOf(byIndex.values());
  }

  private static List<List<String>> json(Path file, String text) {
    try {
      return switch (JsonText.parse(text)) {
        case JsonArray array -> {
          List<List<String>> names = new ArrayList<>();
          array.forEach(element -> names.add(words(file, element)));
          yield names;
        }
        case JsonObject object -> byIndex(file, object);
        default -> throw other(file);
      };
    } catch (IOException e) {
      throw other(file);
    }
  }

  private static List<List<String>> byIndex(Path file, JsonObject object) {
    TreeMap<Integer, List<String>> byIndex = new TreeMap<>();
    for (Map.Entry<String, JsonElement> entry : object.entrySet()) {
      boolean isName = entry.getValue() instanceof JsonPrimitive value && value.isNumber();
      String index = isName ? entry.getValue().getAsString() : entry.getKey();
      List<String> words = isName ? List.of(entry.getKey()) : words(file, entry.getValue());
      if (!index.matches("\\d{1,6}") || byIndex.put(Integer.valueOf(index), words) != null) {
        throw other(file);
      }
    }
    int last = byIndex.isEmpty() ? -1 : byIndex.lastKey();
    if (last != byIndex.size() - 1) {
      throw new UserException(
          "The class names in %s go up to index %d, but they are %d: give each class one."
              .formatted(file, last, byIndex.size()));
    }
    return List.copyOf(byIndex.values());
  }

  /** A name, or what stands for a class: its id and its name. */
  private static List<String> words(Path file, JsonElement element) {
    if (element instanceof JsonPrimitive name && name.isString()) {
      return List.of(name.getAsString());
    }
    if (element instanceof JsonArray array
        && !array.isEmpty()
        && array.asList().stream().allMatch(e -> e instanceof JsonPrimitive p && p.isString())) {
      return array.asList().stream().map(JsonElement::getAsString).toList();
    }
    throw other(file);
  }

  /** The last word of each; where ImageNet has a name twice, the later with its id. */
  private static List<String> named(Path file, List<List<String>> classes) {
    Set<String> seen = new HashSet<>();
    List<String> names = new ArrayList<>();
    for (List<String> words : classes) {
      String name = Printable.of(words.getLast().strip());
      boolean isNew = seen.add(name.toLowerCase(Locale.ROOT));
      boolean hasId = words.size() > 1;
      names.add(isNew || !hasId ? name : name + " (" + Printable.of(words.getFirst()) + ")");
    }
    if (names.isEmpty()) {
      throw other(file);
    }
    return names;
  }

  private static UserException other(Path file) {
    return new UserException(
        file
            + " holds no class names: write one per line, a JSON list, or JSON like"
            + " {\"0\": \"cat\", \"1\": \"dog\"}.");
  }
}
