package org.pagexplorer.domain;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * What an attack on one image wants.
 *
 * @param classIndex the target class (targeted) or the true class (untargeted); {@link #NO_CLASS}
 *     where none is meant
 * @param targeted whether to reach it or to leave it
 * @param toward what else it is about
 */
public record Goal(int classIndex, boolean targeted, Toward toward) {
  /** The class of goals that are about none. */
  public static final int NO_CLASS = -1;

  /** What a goal is about. */
  public sealed interface Toward {

    /** The class alone. */
    record OneClass() implements Toward {}

    /**
     * A point between the class and another one.
     *
     * @param share t, of the other, above 0 and below 1
     */
    record Between(int other, double share) implements Toward {}

    /** No class more than another. */
    record NoClass() implements Toward {}

    /** What a unit of the network reacts to. */
    record Feature(LayerUnit unit) implements Toward {}
  }

  /** About a class alone. */
  public Goal(int classIndex, boolean targeted) {
    this(classIndex, targeted, new Toward.OneClass());
  }

  /** Make the classifier say {@code target}. */
  public static Goal reach(int target) {
    return new Goal(target, true);
  }

  /** Make the classifier say anything but {@code label}. */
  public static Goal leave(int label) {
    return new Goal(label, false);
  }

  /**
   * Between two classes; at the ends, of a class alone.
   *
   * @param share t, of the second, from 0 to 1
   */
  public static Goal between(int first, int second, double share) {
    if (!(share >= 0 && share <= 1)) {
      throw new IllegalArgumentException("a place between two classes is 0 to 1, not " + share);
    }
    return share == 0 || first == second
        ? reach(first)
        : share == 1 ? reach(second) : new Goal(first, true, new Toward.Between(second, share));
  }

  /** Make the classifier find no class likelier than another. */
  public static Goal leaveAll() {
    return new Goal(NO_CLASS, true, new Toward.NoClass());
  }

  /** Make a unit as large as possible. */
  public static Goal feature(LayerUnit unit) {
    return new Goal(NO_CLASS, true, new Toward.Feature(unit));
  }

  /** The same for each of several labels. */
  public static List<Goal> leaveEach(int[] labels) {
    return Arrays.stream(labels).mapToObj(Goal::leave).toList();
  }

  /** Whether it is about a class alone. */
  public boolean isOfClass() {
    return toward instanceof Toward.OneClass;
  }

  /** Whether a prediction is a success; what is about no class is a matter of degree. */
  public boolean isMetBy(int predicted) {
    return switch (toward) {
      case Toward.OneClass _ -> targeted == (predicted == classIndex);
      case Toward.Between between -> predicted == classIndex || predicted == between.other();
      case Toward.NoClass _, Toward.Feature _ -> false;
    };
  }

  /**
   * How confident a model is of what is wanted: p(class); of two classes, their sum; where no class
   * is meant, p of the likeliest.
   *
   * @param probabilities softmax of its logits, of several images
   * @param from where this image's begin
   * @param count of its classes
   */
  public float confidence(float[] probabilities, int from, int count) {
    return switch (toward) {
      case Toward.OneClass _ -> probabilities[from + classIndex];
      case Toward.Between between ->
          probabilities[from + classIndex] + probabilities[from + between.other()];
      case Toward.NoClass _, Toward.Feature _ -> {
        float largest = 0;
        for (int c = 0; c < count; c++) {
          largest = Math.max(largest, probabilities[from + c]);
        }
        yield largest;
      }
    };
  }

  /** What is wanted, by a model's class names: {@code cat}, or {@code 75 % cat, 25 % dog}. */
  public String title(List<String> classes) {
    return switch (toward) {
      case Toward.OneClass _ -> classes.get(classIndex);
      case Toward.Between between ->
          "%s %s, %s %s"
              .formatted(
                  percent(1 - between.share()),
                  classes.get(classIndex),
                  percent(between.share()),
                  classes.get(between.other()));
      case Toward.NoClass _ -> "no class";
      case Toward.Feature feature -> feature.unit().title();
    };
  }

  /** Whose probability {@link #confidence} is: {@code cat}, or {@code cat or dog}. */
  public String confidenceTitle(List<String> classes) {
    return switch (toward) {
      case Toward.OneClass _ -> classes.get(classIndex);
      case Toward.Between between ->
          classes.get(classIndex) + " or " + classes.get(between.other());
      case Toward.NoClass _, Toward.Feature _ -> "likeliest class";
    };
  }

  /** A share as people write it, {@code 25 %} or {@code 12.5 %}. */
  public static String percent(double share) {
    double percent = Math.round(1000 * share) / 10.0;
    return (percent == Math.rint(percent) ? String.valueOf((long) percent) : percent) + " %";
  }

  /** Of a class alone as it has always been: random starts depend on it. */
  @Override
  public int hashCode() {
    int own = 31 * classIndex + Boolean.hashCode(targeted);
    return isOfClass() ? own : Objects.hash(own, toward);
  }
}
