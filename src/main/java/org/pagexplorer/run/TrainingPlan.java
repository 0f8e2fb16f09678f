package org.pagexplorer.run;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import org.pagexplorer.dataset.Augmentation;
import org.pagexplorer.domain.Alignment;
import org.pagexplorer.domain.AttackSpecification;
import org.pagexplorer.domain.Family;
import org.pagexplorer.domain.Method;
import org.pagexplorer.domain.Optimizer;
import org.pagexplorer.domain.Schedule;
import org.pagexplorer.domain.ThreatModel;
import org.pagexplorer.engine.Trainer;

/**
 * Everything that fixes a training but its images.
 *
 * @param method the objective
 * @param realization where the wanted gradients come from: for methods that align their own, for
 *     {@link Method#ADVERSARIAL} any or none; empty for others
 * @param family the network
 * @param width its width
 * @param epochs passes over the images, at least 1
 * @param batch images per step, at least 2 (batch norm needs a batch)
 * @param learningRate the schedule's peak, positive
 * @param schedule how the rate changes
 * @param momentum SGD's momentum, in [0, 1)
 * @param weightDecay SGD's L2 penalty, at least 0
 * @param augmentation how each image is moved before a step sees it
 * @param lambda λ of Eq. 1, at least 0, where there is a realization; for {@link
 *     Method#GRADIENT_NORM} the norm's weight
 * @param targetsPerStep K, how many of the C target classes a step uses; C is the paper's
 * @param alignment which gradients are aligned, where there is a realization
 * @param threat the adversary's ball, for {@link Method#ADVERSARIAL}
 * @param attackSteps the adversary's PGD steps, for {@link Method#ADVERSARIAL}
 * @param mixedPrecision whether convolutions multiply in bfloat16
 * @param seed fixes weights (but for initial ones), order, crops, flips, targets and random starts
 * @param initial weights to begin with; random ones if empty
 */
public record TrainingPlan(
    Method method,
    Optional<Realization> realization,
    Family family,
    int width,
    int epochs,
    int batch,
    double learningRate,
    Schedule schedule,
    double momentum,
    double weightDecay,
    Augmentation.Policy augmentation,
    double lambda,
    int targetsPerStep,
    Alignment alignment,
    ThreatModel threat,
    int attackSteps,
    boolean mixedPrecision,
    long seed,
    Optional<InitialWeights> initial) {

  public TrainingPlan {
    check(
        method == Method.ADVERSARIAL
            || (method.aligns() == realization.isPresent()
                && realization.map(Realization::method).orElse(method) == method),
        method.id() + " needs ground-truth gradients of its own kind, and no others");
    check(!family.isProgram(), "a TorchScript program cannot be trained");
    check(epochs >= 1, "epochs must be at least 1");
    check(batch >= 2, "the batch must be at least 2");
    check(learningRate > 0 && learningRate < 1e6, "the learning rate must be positive");
    check(momentum >= 0 && momentum < 1, "momentum must be in [0, 1)");
    check(weightDecay >= 0, "weight decay must not be negative");
    check(lambda >= 0, "lambda must not be negative");
    check(targetsPerStep >= 1, "targets per step must be at least 1");
    check(attackSteps >= 1, "the adversary needs at least 1 step");
  }

  private static void check(boolean holds, String sentence) {
    if (!holds) {
      throw new IllegalArgumentException(sentence);
    }
  }

  /** λ where gradients are aligned, else 0. */
  public double effectiveLambda() {
    return realization.isPresent() ? lambda : 0;
  }

  /** The weight of ‖∇ₓ L_CE‖₁ where the method has it, else 0. */
  private double gradientNorm() {
    return method == Method.GRADIENT_NORM ? lambda : 0;
  }

  /** The inner maximization of Eq. 5, where the method has one. */
  public Optional<AttackSpecification> adversary() {
    return method == Method.ADVERSARIAL
        ? Optional.of(AttackSpecification.adversary(threat, attackSteps, seed))
        : Optional.empty();
  }

  /** What the trainer needs of it. */
  Trainer.Settings settings() {
    return new Trainer.Settings(
        effectiveLambda(),
        alignment,
        new Optimizer.Sgd(momentum, weightDecay),
        adversary(),
        mixedPrecision,
        gradientNorm());
  }

  /** Every parameter that matters to this method, by its name on the command line. */
  public SequencedMap<String, String> parameters() {
    SequencedMap<String, String> parameters = new LinkedHashMap<>();
    initial.ifPresent(from -> parameters.putAll(from.parameters()));
    parameters.put("epochs", String.valueOf(epochs));
    parameters.put("batch", String.valueOf(batch));
    parameters.put("lr", String.valueOf(learningRate));
    parameters.put("schedule", schedule.title());
    parameters.put("momentum", String.valueOf(momentum));
    parameters.put("weight-decay", String.valueOf(weightDecay));
    parameters.put("crop-padding", String.valueOf(augmentation.cropPadding()));
    parameters.put("horizontal-flip", String.valueOf(augmentation.horizontalFlip()));
    if (mixedPrecision) {
      parameters.put("mixed-precision", "bfloat16");
    }
    if (method == Method.GRADIENT_NORM) {
      parameters.put("gradient-norm-weight", String.valueOf(lambda));
    }
    realization.ifPresent(from -> aligned(parameters, from));
    adversary()
        .ifPresent(
            attack -> {
              parameters.put("norm", threat.norm().id());
              parameters.put("epsilon", String.valueOf(threat.epsilon()));
              parameters.put("steps", String.valueOf(attack.steps()));
              parameters.put("step-size", String.valueOf(attack.stepSize()));
            });
    return parameters;
  }

  private void aligned(Map<String, String> parameters, Realization from) {
    if (method == Method.ADVERSARIAL) {
      parameters.put("realization", from.method().id());
    }
    parameters.put("lambda", String.valueOf(lambda));
    parameters.put("targets-per-step", String.valueOf(targetsPerStep));
    parameters.put("align", alignment.gradient().id());
    parameters.put("statistics", alignment.statistics().id());
    parameters.putAll(from.parameters());
  }
}
