package org.pagexplorer.ui.attack;

import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.collections.ObservableList;
import org.pagexplorer.ui.settings.Part;

/**
 * Which of some classes are targets; on the FX thread.
 *
 * @param chosen their numbers, in the order of the columns
 * @param classes the names of all that can be chosen; empty while there is no model
 * @param likely whether models choose them
 * @param isHidden whether another list is in its place: what is undone then is not of this one
 */
public record TargetList(
    ObservableList<Integer> chosen,
    Supplier<List<String>> classes,
    LikelyTargets likely,
    BooleanProperty isHidden) {
  /** In the place of names. */
  private static final String LIKELY = "likely:";

  private static final String ALL = "all:";

  /** In sight, and with none asked of a model. */
  public TargetList(ObservableList<Integer> chosen, Supplier<List<String>> classes) {
    this(chosen, classes, new LikelyTargets(), new SimpleBooleanProperty());
  }

  /** The targets by name, so that they can be undone. */
  Part part(String name) {
    return new Part(name)
        .texts("classes", this::names, this::choose, chosen, likely.countProperty());
  }

  /** As {@link #choose} takes them. */
  public List<String> names() {
    List<String> known = classes.get();
    boolean few = LikelyTargets.isFew(known.size());
    int count = likely.countProperty().get();
    if (count > 0) {
      return !few && count == LikelyTargets.FIRST ? List.of() : List.of(LIKELY + count);
    }
    if (chosen.size() == known.size()) {
      return few ? List.of() : List.of(ALL);
    }
    return chosen.stream()
        .filter(target -> target < known.size()) // while models change
        .map(target -> target + ":" + known.get(target))
        .toList();
  }

  /**
   * Chooses targets; none stands for those that a model begins with, and what it does not know is
   * left out.
   */
  public void choose(List<String> names) {
    if (names.equals(names())) {
      return;
    }
    boolean few = LikelyTargets.isFew(classes.get().size());
    String first = names.isEmpty() ? few ? ALL : LIKELY + LikelyTargets.FIRST : names.getFirst();
    if (first.matches(LIKELY + "\\d{1,4}")) {
      likely.ask(Integer.parseInt(first.substring(LIKELY.length())));
      return;
    }
    List<Integer> wanted =
        first.equals(ALL)
            ? IntStream.range(0, classes.get().size()).boxed().toList()
            : names.stream().map(this::index).filter(index -> index >= 0).distinct().toList();
    if (!wanted.isEmpty()) {
      likely.leave();
      chosen.setAll(wanted);
    }
  }

  /** Chooses those that a model begins with: all, or of many the likeliest, yet to be found. */
  public void begin() {
    int all = classes.get().size();
    if (LikelyTargets.isFew(all)) {
      likely.leave();
      chosen.setAll(IntStream.range(0, all).boxed().toList());
    } else {
      chosen.clear();
      likely.ask(LikelyTargets.FIRST);
    }
  }

  /** Of {@code 134:crane}, as two classes may have one name; where it is another class, by name. */
  private int index(String target) {
    int colon = target.indexOf(':');
    String name = target.substring(colon + 1);
    int byName = classes.get().indexOf(name);
    try {
      int index = colon < 0 ? -1 : Integer.parseInt(target.substring(0, colon));
      boolean same =
          index >= 0 && index < classes.get().size() && classes.get().get(index).equals(name);
      return same ? index : byName;
    } catch (NumberFormatException e) {
      return byName;
    }
  }
}
