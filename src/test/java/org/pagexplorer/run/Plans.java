package org.pagexplorer.run;

import java.util.List;
import java.util.Optional;
import org.pagexplorer.dataset.Augmentation;
import org.pagexplorer.domain.Alignment;
import org.pagexplorer.domain.Architecture;
import org.pagexplorer.domain.Family;
import org.pagexplorer.domain.Method;
import org.pagexplorer.domain.Norm;
import org.pagexplorer.domain.Normalization;
import org.pagexplorer.domain.Precision;
import org.pagexplorer.domain.Schedule;
import org.pagexplorer.domain.ThreatModel;
import org.pagexplorer.engine.Classifier;
import org.pagexplorer.engine.Initialization;

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
    // Of a gradient norm, a hundredth weighs as much.
    double weight = method == Method.GRADIENT_NORM ? lambda / 100 : lambda;
    return of(method, realization(method, seed), batch, targetsPerStep, weight, seed, epochs);
  }

  /** Of every method but RIGD, whose teacher the test has to bring. */
  private static Optional<Realization> realization(Method method, long seed) {
    return switch (method) {
      case VANILLA, ADVERSARIAL, GRADIENT_NORM -> Optional.empty();
      case ONE_IMAGE -> Optional.of(new Realization.OneImage(List.of()));
      case CLASS_MEAN -> Optional.of(new Realization.ClassMean());
      case NEAREST_NEIGHBOR -> Optional.of(new Realization.NearestNeighbor(4, seed));
      case CLUSTER_MEAN -> Optional.of(new Realization.ClusterMean(2, seed));
      case RIGD -> throw new IllegalArgumentException("RIGD needs a teacher");
      case FROM_FILE -> throw new IllegalArgumentException("a file has to be written first");
    };
  }

  static TrainingPlan of(
      Method method,
      Optional<Realization> realization,
      int batch,
      int targetsPerStep,
      double lambda,
      long seed,
      int epochs) {
    return of(Family.MLP, 16, method, realization, batch, targetsPerStep, lambda, seed, epochs);
  }

  static TrainingPlan of(
      Family family,
      int width,
      Method method,
      Optional<Realization> realization,
      int batch,
      int targetsPerStep,
      double lambda,
      long seed,
      int epochs) {
    return new TrainingPlan(
        method,
        realization,
        family,
        width,
        epochs,
        batch,
        0.02,
        Schedule.ONE_CYCLE,
        0.9,
        1e-4,
        Augmentation.Policy.USUAL,
        lambda,
        targetsPerStep,
        Alignment.USUAL,
        new ThreatModel(Norm.L2, 0.2),
        2,
        false,
        seed,
        Optional.empty());
  }

  /** A random network as RIGD's teacher. */
  static Realization.Rigd teacher(Architecture network, long seed) {
    return new Realization.Rigd(
        "t",
        "0".repeat(64),
        on ->
            Classifier.of(
                on,
                network,
                Normalization.CIFAR10,
                Initialization.of(network, seed),
                Precision.EXACT));
  }

  /** The same plan for images moved otherwise. */
  static TrainingPlan moving(TrainingPlan plan, Augmentation.Policy augmentation) {
    return of(plan, augmentation, plan.threat());
  }

  /** The same plan against an adversary in another ball. */
  static TrainingPlan within(TrainingPlan plan, ThreatModel threat) {
    return of(plan, plan.augmentation(), threat);
  }

  /** The same plan from other weights than random ones. */
  static TrainingPlan from(TrainingPlan plan, InitialWeights initial) {
    return of(plan, plan.augmentation(), plan.threat(), Optional.of(initial));
  }

  private static TrainingPlan of(
      TrainingPlan plan, Augmentation.Policy augmentation, ThreatModel threat) {
    return of(plan, augmentation, threat, plan.initial());
  }

  private static TrainingPlan of(
      TrainingPlan plan,
      Augmentation.Policy augmentation,
      ThreatModel threat,
      Optional<InitialWeights> initial) {
    return new TrainingPlan(
        plan.method(),
        plan.realization(),
        plan.family(),
        plan.width(),
        plan.epochs(),
        plan.batch(),
        plan.learningRate(),
        plan.schedule(),
        plan.momentum(),
        plan.weightDecay(),
        augmentation,
        plan.lambda(),
        plan.targetsPerStep(),
        plan.alignment(),
        threat,
        plan.attackSteps(),
        plan.mixedPrecision(),
        plan.seed(),
        initial);
  }
}
