package org.pagexplorer.lab.model;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.pagexplorer.domain.ModelCard;

/**
 * The classes that several models know, by name; of several classes of one name, the first is the
 * first in each.
 *
 * @param names in the order of the first model
 * @param places by model, then shared class: its number in that model
 */
public record SharedClasses(List<String> names, List<List<Integer>> places) {

  /** A class's name, and how many of that name stand before it: ImageNet has two cranes. */
  private record Key(String name, int before) {}

  /** Those of these models. */
  public static SharedClasses of(List<ModelCard> models) {
    List<Map<Key, Integer>> all = models.stream().map(card -> numbers(card.classes())).toList();
    List<Key> shared = new ArrayList<>(all.isEmpty() ? List.of() : all.getFirst().keySet());
    all.forEach(one -> shared.retainAll(one.keySet()));
    return new SharedClasses(
        shared.stream().map(Key::name).toList(),
        all.stream().map(one -> shared.stream().map(one::get).toList()).toList());
  }

  private static Map<Key, Integer> numbers(List<String> classes) {
    Map<Key, Integer> numbers = new LinkedHashMap<>();
    Map<String, Integer> seen = new HashMap<>();
    for (int i = 0; i < classes.size(); i++) {
      int before = seen.merge(classes.get(i), 1, Integer::sum) - 1;
      numbers.put(new Key(classes.get(i), before), i);
    }
    return numbers;
  }

  /** How many there are. */
  public int size() {
    return names.size();
  }

  /** A model's numbers of some of them. */
  public List<Integer> of(int model, List<Integer> some) {
    return some.stream().map(places.get(model)::get).toList();
  }
}
