package org.pagexplorer.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Function;

/**
 * Runs by what they wait for: an array of Slurm's begins as a whole, so that each teacher's
 * students are one of their own, and neighbors share one where there would be too many.
 */
final class StudentGroups {
  /** Each costs a call of sbatch. */
  static final int MOST = 16;

  private StudentGroups() {}

  /**
   * An array.
   *
   * @param runs their names
   * @param after the tasks that have to be over first
   */
  record Group(List<String> runs, List<String> after) {}

  /**
   * @param waitsFor the task that a run waits for, if any
   */
  static List<Group> of(List<String> runs, Function<String, Optional<String>> waitsFor) {
    SequencedMap<String, List<String>> byTask = new LinkedHashMap<>();
    for (String run : runs) {
      byTask.computeIfAbsent(waitsFor.apply(run).orElse(""), _ -> new ArrayList<>()).add(run);
    }
    List<Group> groups = new ArrayList<>();
    List<String> free = byTask.remove("");
    if (free != null) {
      groups.add(new Group(free, List.of()));
    }
    int each = (byTask.size() + MOST - 1) / MOST;
    List<Map.Entry<String, List<String>>> entries = List.copyOf(byTask.entrySet());
    for (int from = 0; from < entries.size(); from += each) {
      var some = entries.subList(from, Math.min(from + each, entries.size()));
      groups.add(
          new Group(
              some.stream().flatMap(entry -> entry.getValue().stream()).toList(),
              some.stream().map(Map.Entry::getKey).toList()));
    }
    return groups;
  }
}
