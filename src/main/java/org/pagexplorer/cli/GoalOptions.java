package org.pagexplorer.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.pagexplorer.domain.ClassNames;
import org.pagexplorer.domain.Goal;
import org.pagexplorer.domain.ModelCard;
import org.pagexplorer.engine.Classifier;
import org.pagexplorer.lab.attack.OriginalImage;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** What the attack wants: classes to reach, the own class to leave, or something else. */
final class GoalOptions {
  private static final String ALL = "all";

  @Option(
      names = "--targets",
      paramLabel = "all|CLASS",
      split = ",",
      description = "target classes, such as cat,dog; results are in class order (default: all)")
  List<String> targets = List.of();

  @Option(
      names = "--untargeted",
      description =
          "move away from the true class instead; for a picture of your own, from the model's"
              + " prediction")
  boolean untargeted;

  @Mixin AimOptions aims;

  void check(CommandSpec spec) {
    aims.check(untargeted || !targets.isEmpty());
    if (untargeted && !targets.isEmpty()) {
      throw new ParameterException(spec.commandLine(), "--untargeted excludes --targets");
    }
  }

  /** Where every region has a class of its own, an image has one picture, called by that class. */
  void only(Optional<String> target, CommandSpec spec) {
    if (target.isPresent()) {
      if (untargeted || !targets.isEmpty() || aims.isGiven()) {
        throw new ParameterException(
            spec.commandLine(),
            "Every mask has a class of its own: omit --targets, --untargeted, --between, --feature,"
                + " and --away-from-all");
      }
      targets = List.of(target.get());
    }
  }

  /** The classes to reach, in class order. */
  private List<Integer> targets(List<String> classes) {
    SortedSet<Integer> chosen = new TreeSet<>();
    for (String name : targets) {
      boolean isAll = name.strip().equalsIgnoreCase(ALL) && !classes.contains(ALL);
      chosen.addAll(isAll ? all(classes) : List.of(ClassNames.index(classes, name)));
    }
    return targets.isEmpty() ? all(classes) : List.copyOf(chosen);
  }

  private static List<Integer> all(List<String> classes) {
    return IntStream.range(0, classes.size()).boxed().toList();
  }

  /** A name for each picture of an image. */
  List<String> columns(List<String> classes) {
    return aims.isGiven()
        ? aims.aim(classes).orElseThrow().columns()
        : untargeted ? List.of("untargeted") : targets(classes).stream().map(classes::get).toList();
  }

  /** The goals for each image. */
  List<List<Goal>> goals(List<OriginalImage> subjects, ModelCard card, Classifier classifier) {
    if (!untargeted) {
      List<Goal> goals =
          aims.aim(card.classes())
              .map(aim -> aim.goals(card))
              .orElseGet(() -> targets(card.classes()).stream().map(Goal::reach).toList());
      return subjects.stream().map(_ -> goals).toList();
    }
    int[] named = classifier.predictions(subjects.stream().map(OriginalImage::image).toList());
    List<List<Goal>> goals = new ArrayList<>();
    for (int i = 0; i < subjects.size(); i++) {
      goals.add(List.of(Goal.leave(subjects.get(i).label().orElse(named[i]))));
    }
    return goals;
  }
}
