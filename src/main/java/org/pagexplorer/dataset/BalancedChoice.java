package org.pagexplorer.dataset;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Random;

/** Chooses images class by class in turn, so that few images still show every class. */
final class BalancedChoice {
  private BalancedChoice() {}

  /** The first {@code count} indices when every class, shuffled, gives one image in turn. */
  static int[] indices(Dataset dataset, int count, long seed) {
    List<Deque<Integer>> classes = shuffledClasses(dataset, new Random(seed));
    int[] chosen = new int[count];
    int found = 0;
    while (found < count) {
      for (Deque<Integer> images : classes) {
        if (found < count && !images.isEmpty()) {
          chosen[found++] = images.removeFirst();
        }
      }
    }
    return chosen;
  }

  private static List<Deque<Integer>> shuffledClasses(Dataset dataset, Random random) {
    List<List<Integer>> classes = new ArrayList<>();
    dataset.classes().forEach(_ -> classes.add(new ArrayList<>()));
    for (int i = 0; i < dataset.size(); i++) {
      classes.get(dataset.label(i)).add(i);
    }
    List<Deque<Integer>> shuffled = new ArrayList<>();
    for (List<Integer> images : classes) {
      Collections.shuffle(images, random);
      shuffled.add(new ArrayDeque<>(images));
    }
    return shuffled;
  }
}
