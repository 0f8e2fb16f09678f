package org.pagexplorer.lab.attack;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.pagexplorer.domain.ClassNames;
import org.pagexplorer.domain.Goal;
import org.pagexplorer.domain.Goal.Toward;
import org.pagexplorer.domain.LayerUnit;
import org.pagexplorer.domain.ModelCard;

/** What images are turned into where that is not one class each; whatever model is to do it. */
public sealed interface Aim {
  /** Columns of a grid. */
  int MOST_COLUMNS = 1000;

  /**
   * What some columns are about; nothing where each is about a class.
   *
   * @param classes of the model
   */
  static Optional<Aim> of(List<Goal> goals, List<String> classes) {
    for (Goal goal : goals) {
      if (goal.toward() instanceof Toward.Between between) {
        return Optional.of(Between.of(goals, goal.classIndex(), between.other(), classes));
      }
      if (goal.equals(Goal.leaveAll())) {
        return Optional.of(new AwayFromAll());
      }
    }
    List<LayerUnit> units = new ArrayList<>();
    for (Goal goal : goals) {
      if (goal.toward() instanceof Toward.Feature feature) {
        units.add(feature.unit());
      }
    }
    return units.isEmpty() ? Optional.empty() : Optional.of(new Features(units));
  }

  /** A name for each picture of an image. */
  List<String> columns();

  /** For the end of a line on an attack: {@code , between cat and dog}. */
  String words();

  /**
   * The goal of each column.
   *
   * @throws org.pagexplorer.domain.UserException if the model has no such class, or no such unit
   */
  List<Goal> goals(ModelCard card);

  /**
   * From one class to another.
   *
   * @param from as {@link ClassNames#word}
   * @param to as {@link ClassNames#word}
   * @param shares of the second, a column each, from 0 to 1
   */
  record Between(String from, String to, List<Double> shares) implements Aim {

    public Between {
      shares = List.copyOf(shares);
      if (shares.isEmpty() || shares.size() > MOST_COLUMNS) {
        throw new IllegalArgumentException(
            "a strip between two classes has 1 to " + MOST_COLUMNS + " places");
      }
      for (double share : shares) {
        if (!(share >= 0 && share <= 1)) {
          throw new IllegalArgumentException(
              "a place between two classes is 0 to 1, not " + SpecificationFields.number(share));
        }
      }
      if (from.equals(to)) {
        throw new IllegalArgumentException(
            "\"" + from + "\" is at both ends: choose two different classes");
      }
    }

    private static Between of(List<Goal> goals, int first, int second, List<String> classes) {
      return new Between(
          ClassNames.word(classes, first),
          ClassNames.word(classes, second),
          goals.stream()
              .map(
                  goal ->
                      goal.toward() instanceof Toward.Between between
                          ? between.share()
                          : goal.classIndex() == first ? 0.0 : 1.0)
              .toList());
    }

    /** Both ends and so many places between them, evenly. */
    public static Between strip(String from, String to, int columns) {
      return new Between(
          from, to, IntStream.range(0, columns).mapToObj(i -> (double) i / (columns - 1)).toList());
    }

    @Override
    public List<String> columns() {
      return shares.stream()
          .map(t -> t == 0 ? from : t == 1 ? to : Goal.percent(t) + " " + to)
          .toList();
    }

    @Override
    public String words() {
      return ", between " + from + " and " + to;
    }

    @Override
    public List<Goal> goals(ModelCard card) {
      int first = ClassNames.index(card.classes(), from);
      int second = ClassNames.index(card.classes(), to);
      return shares.stream().map(share -> Goal.between(first, second, share)).toList();
    }
  }

  /**
   * Toward what units of a network react to.
   *
   * @param units a column each
   */
  record Features(List<LayerUnit> units) implements Aim {

    public Features {
      units = List.copyOf(units);
      if (units.isEmpty() || units.size() > MOST_COLUMNS) {
        throw new IllegalArgumentException("1 to " + MOST_COLUMNS + " units make a figure");
      }
    }

    @Override
    public List<String> columns() {
      boolean same = units.stream().map(LayerUnit::layer).distinct().count() == 1;
      return units.stream().map(unit -> same ? unit.shortTitle() : unit.title()).toList();
    }

    @Override
    public String words() {
      List<String> layers = units.stream().map(LayerUnit::layer).distinct().toList();
      return ", toward features" + (layers.size() == 1 ? " of " + layers.getFirst() : "");
    }

    @Override
    public List<Goal> goals(ModelCard card) {
      units.forEach(unit -> unit.in(card.architecture()));
      return units.stream().map(Goal::feature).toList();
    }
  }

  /** Toward all classes being equally likely. */
  record AwayFromAll() implements Aim {

    @Override
    public List<String> columns() {
      return List.of("no class");
    }

    @Override
    public String words() {
      return ", away from all classes";
    }

    @Override
    public List<Goal> goals(ModelCard card) {
      return List.of(Goal.leaveAll());
    }
  }
}
