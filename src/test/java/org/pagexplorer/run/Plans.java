package org.pagexplorer.run;

import org.pagexplorer.domain.Family;
import org.pagexplorer.domain.Method;
import org.pagexplorer.domain.Norm;
import org.pagexplorer.domain.Schedule;
import org.pagexplorer.domain.ThreatModel;

/** Small trainings of a perceptron. */
final class Plans {
  private Plans() {}

  static TrainingPlan of(Method method) {
    return of(method, 12, 3, 0.4, 5);
  }

  static TrainingPlan of(Method method, int batch, int targetsPerStep, double lambda, long seed) {
    return of(method, batch, targetsPerStep, lambda, seed, 4);
  }

  static TrainingPlan of(
      Method method, int batch, int targetsPerStep, double lambda, long seed, int epochs) {
    return new TrainingPlan(
        method,
        Family.MLP,
        16,
        epochs,
        batch,
        0.02,
        Schedule.ONE_CYCLE,
        0.9,
        1e-4,
        lambda,
        targetsPerStep,
        new ThreatModel(Norm.L2, 0.2),
        2,
        seed);
  }
}
