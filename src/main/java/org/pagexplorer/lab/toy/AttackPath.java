package org.pagexplorer.lab.toy;

import java.util.ArrayList;
import java.util.List;
import org.pagexplorer.domain.AttackSpecification;
import org.pagexplorer.domain.AttackedImage;
import org.pagexplorer.domain.Goal;
import org.pagexplorer.engine.Classifier;
import org.pagexplorer.engine.KeptIterates;
import org.pagexplorer.engine.Pgd;

/**
 * Where an attack goes, step by step.
 *
 * @param goal the class to reach or to leave
 * @param iterates x₁, x₂ of iterate 0, of iterate 1, …
 * @param losses cross-entropy to the goal's class at each iterate
 * @param success whether the last one meets the goal
 */
public record AttackPath(Goal goal, float[] iterates, float[] losses, boolean success) {

  /** Number of iterates, the start included. */
  public int size() {
    return losses.length;
  }

  /** The paths from one place toward each goal. */
  public static List<AttackPath> from(
      double x1, double x2, Classifier f, List<Goal> goals, AttackSpecification attack) {
    List<float[]> steps = new ArrayList<>();
    var starts = goals.stream().map(goal -> ToyProblem.image(x1, x2)).toList();
    List<AttackedImage> results =
        new Pgd(f, attack).run(starts, goals, new KeptIterates(steps)).orElseThrow();
    List<AttackPath> paths = new ArrayList<>();
    for (int k = 0; k < goals.size(); k++) {
      float[] iterates = new float[2 * steps.size()];
      for (int t = 0; t < steps.size(); t++) {
        iterates[2 * t] = steps.get(t)[2 * k];
        iterates[2 * t + 1] = steps.get(t)[2 * k + 1];
      }
      AttackedImage result = results.get(k);
      paths.add(new AttackPath(goals.get(k), iterates, result.lossByStep(), result.success()));
    }
    return paths;
  }
}
