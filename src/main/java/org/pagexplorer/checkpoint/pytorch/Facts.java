package org.pagexplorer.checkpoint.pytorch;

import com.google.gson.JsonArray;
import com.google.gson.JsonPrimitive;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Class names, mean and std that training programs keep beside the weights. */
final class Facts {
  private static final String CLASSES = "classes";
  private static final Set<String> LISTS = Set.of(CLASSES, "class_names", "mean", "std");

  /** torchvision's {@code ImageFolder}: each class's name and its number. */
  private static final String NUMBERS = "class_to_idx";

  private Facts() {}

  /** Lists of names or numbers under the keys that people use, as JSON arrays. */
  static Map<String, String> in(Object root) {
    Map<String, String> facts = new LinkedHashMap<>();
    if (root instanceof Map<?, ?> map) {
      if (map.get(NUMBERS) instanceof Map<?, ?> numbers) {
        addInOrder(numbers, facts);
      }
      map.forEach(
          (key, value) -> {
            if (key instanceof String name && LISTS.contains(name) && value instanceof List<?> l) {
              add(name.equals("class_names") ? CLASSES : name, l, facts);
            }
          });
    }
    return facts;
  }

  private static void addInOrder(Map<?, ?> numbers, Map<String, String> facts) {
    @Nullable String[] names = new @Nullable String[numbers.size()];
    numbers.forEach(
        (name, number) -> {
          if (number instanceof Long index && index >= 0 && index < names.length) {
            names[index.intValue()] = String.valueOf(name);
          }
        });
    List<@Nullable String> all = Arrays.asList(names);
    if (!all.contains(null)) {
      add(CLASSES, all, facts);
    }
  }

  private static void add(String name, List<?> list, Map<String, String> facts) {
    JsonArray array = new JsonArray();
    for (Object element : list) {
      switch (element) {
        case Number number -> array.add(new JsonPrimitive(number));
        case String text -> array.add(new JsonPrimitive(text));
        default -> {
          return;
        }
      }
    }
    facts.put(name, array.toString());
  }
}
