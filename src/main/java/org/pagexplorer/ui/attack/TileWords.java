package org.pagexplorer.ui.attack;

import java.util.List;
import java.util.Locale;
import org.pagexplorer.domain.AttackedImage;
import org.pagexplorer.domain.Goal;
import org.pagexplorer.domain.Norm;
import org.pagexplorer.lab.attack.Aim;
import org.pagexplorer.lab.attack.OriginalImage;
import org.pagexplorer.lab.attack.SpecificationFields;
import org.pagexplorer.lab.attack.TargetGrid.Tile;
import org.pagexplorer.ui.attack.Trajectory.Step;

/** What a tile shows, in words: always of the step that is shown. */
public final class TileWords {
  private TileWords() {}

  /** Which step of a tile this is: the last one shows the iterate, and restart, that was kept. */
  public static String step(GridAttack attack, Trajectory trajectory, Step step) {
    AttackedImage attacked = trajectory.result();
    boolean end = attacked != null && step.number() == attack.specification().steps();
    int iterate = attacked != null && end ? attacked.keptStep() : step.number();
    boolean single = attack.specification().restarts() == 1;
    return "step " + iterate + (single ? "" : end ? ", best restart" : ", first restart");
  }

  /**
   * Class, step, probability, prediction, and norms.
   *
   * @param scrubbed the step that is asked for, or {@link Scrubber#FOLLOW}
   */
  public static String of(GridAttack attack, int tile, int scrubbed) {
    Trajectory trajectory = attack.trajectory(tile);
    Step step = trajectory.at(scrubbed);
    String goal = goal(attack, tile);
    return step == null
        ? goal + "\nnot attacked yet"
        : goal + "\n" + numbers(attack, tile, trajectory, step);
  }

  /** For instance, {@code ship → cat}, or what an untargeted attack leads away from. */
  public static String goal(GridAttack attack, int tile) {
    Goal goal = attack.tiles().get(tile).goal();
    String name = goal.title(attack.classes());
    String within = attack.tiles().get(tile).regions().isEmpty() ? "" : ", within what is painted";
    String own = attack.images().get(attack.tiles().get(tile).row()).caption();
    return (goal.targeted() ? own + " → " + name : "away from " + name) + within;
  }

  /** What an attack does to all of its images, for below their pictures. */
  public static String line(GridAttack attack) {
    List<Goal> goals =
        attack.tiles().stream().limit(attack.heads().size()).map(Tile::goal).toList();
    return SpecificationFields.line(attack.specification(), attack.precision())
        + Aim.of(goals, attack.classes()).map(Aim::words).orElse("")
        + OriginalImage.regionsInWords(attack.images());
  }

  /** What steps without any gradient say of an attack. */
  public static String ofZeroGradients(Goal goal, double share) {
    return String.format(
        Locale.ROOT,
        "The gradient was exactly zero in %.0f %% of the steps: %s",
        100 * share,
        switch (goal.toward()) {
          case Goal.Toward.OneClass _ ->
              "the model is saturated here, and a failed attack says nothing about its robustness.";
          case Goal.Toward.Between _ -> "the model is saturated here.";
          case Goal.Toward.NoClass _ -> "they changed nothing.";
          case Goal.Toward.Feature _ ->
              "the unit does not react here. Choose the layer before it, or begin at noise.";
        });
  }

  private static String numbers(GridAttack attack, int tile, Trajectory trajectory, Step step) {
    Goal goal = attack.tiles().get(tile).goal();
    return String.format(
        Locale.ROOT,
        "%s: p(%s) = %.1f %%, classified as %s\n%s",
        step(attack, trajectory, step),
        goal.confidenceTitle(attack.classes()),
        100 * step.confidence(),
        attack.classes().get(step.predicted()),
        norms(attack, step));
  }

  /** How large the change is: ‖δ‖₂ and ‖δ‖∞, before them ‖δ‖₁ where the attack is bounded by it. */
  public static String norms(GridAttack attack, Step step) {
    boolean isL1 = attack.specification().threat().norm() == Norm.L1;
    String l1 = isL1 ? String.format(Locale.ROOT, "‖δ‖₁ %.2f   ", step.l1()) : "";
    return l1 + String.format(Locale.ROOT, "‖δ‖₂ %.3f   ‖δ‖∞ %.3f", step.l2(), step.linf());
  }
}
