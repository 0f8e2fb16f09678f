package org.pagexplorer.ui.support;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** The tasks under way that have a name for the window's list of what runs; on the FX thread. */
final class ListedTasks {
  private static final Map<BackgroundTask<?>, Supplier<Activity>> TASKS = new LinkedHashMap<>();

  private ListedTasks() {}

  static void add(BackgroundTask<?> task, Supplier<Activity> activity) {
    TASKS.put(task, activity);
  }

  static void remove(BackgroundTask<?> task) {
    TASKS.remove(task);
  }

  /** Those that somebody still waits for, the oldest first. */
  static List<Activity> now() {
    return TASKS.entrySet().stream()
        .filter(task -> !task.getKey().isOver())
        .map(task -> task.getValue().get())
        .toList();
  }
}
