package org.pagexplorer.ui.attack;

import java.util.Locale;
import org.pagexplorer.domain.AttackedImage;
import org.pagexplorer.domain.Goal;
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
    String own =
        attack.images().get(attack.tiles().get(tile).row()).className().orElse("unknown label");
    return (goal.targeted() ? own + " → " + name : "away from " + name) + within;
  }

  private static String numbers(GridAttack attack, int tile, Trajectory trajectory, Step step) {
    Goal goal = attack.tiles().get(tile).goal();
    return String.format(
        Locale.ROOT,
        "%s: p(%s) = %.1f %%, classified as %s\n‖δ‖₂ %.3f   ‖δ‖∞ %.3f",
        step(attack, trajectory, step),
        goal.confidenceTitle(attack.classes()),
        100 * step.confidence(),
        attack.classes().get(step.predicted()),
        step.l2(),
        step.linf());
  }
}
