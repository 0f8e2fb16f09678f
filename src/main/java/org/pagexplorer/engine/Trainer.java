package org.pagexplorer.engine;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import org.pagexplorer.domain.Alignment;
import org.pagexplorer.domain.Architecture;
import org.pagexplorer.domain.AttackSpecification;
import org.pagexplorer.domain.AttackedImage;
import org.pagexplorer.domain.Goal;
import org.pagexplorer.domain.Image;
import org.pagexplorer.domain.Networks;
import org.pagexplorer.domain.Normalization;
import org.pagexplorer.domain.Optimizer;
import org.pagexplorer.domain.Precision;
import org.pagexplorer.domain.Tensor;

/**
 * Trains one network, a step at a time: Eq. 1, or Eq. 5 (Madry et al. 2018) where there is an
 * adversary, or both, or with the norm of the loss's input-gradient.
 */
public final class Trainer implements AutoCloseable {
  private final TorchEngine engine;
  private final Architecture architecture;
  private final Normalization normalization;
  private final boolean channelsLast;
  private final boolean mixedPrecision;
  private final Weights weights;
  private final ParameterUpdate update;
  private final Objective objective;
  private final Objective.Network network = new Trained();
  private double lambda;
  private Optional<AttackSpecification> adversary;
  private long steps;

  /**
   * What stays the same over a training.
   *
   * @param lambda λ of Eq. 1
   * @param alignment which gradients λ weighs
   * @param optimizer how a gradient moves the weights
   * @param adversary the inner maximization of Eq. 5, if any; its seed is varied over the steps
   * @param mixedPrecision whether convolutions multiply in bfloat16 (Micikevicius et al. 2018;
   *     bfloat16 needs no scaling of the loss); weights and losses are float32
   * @param gradientNorm weight of ‖∇ₓ L_CE‖₁ where nothing is aligned, for pixels in [0, 1]; 0 for
   *     none
   */
  public record Settings(
      double lambda,
      Alignment alignment,
      Optimizer optimizer,
      Optional<AttackSpecification> adversary,
      boolean mixedPrecision,
      double gradientNorm) {

    public Settings(
        double lambda,
        Alignment alignment,
        Optimizer optimizer,
        Optional<AttackSpecification> adversary,
        boolean mixedPrecision) {
      this(lambda, alignment, optimizer, adversary, mixedPrecision, 0);
    }

    public Settings(
        double lambda,
        Alignment alignment,
        Optimizer optimizer,
        Optional<AttackSpecification> adversary) {
      this(lambda, alignment, optimizer, adversary, false);
    }

    public Settings(double lambda, Optimizer optimizer, Optional<AttackSpecification> adversary) {
      this(lambda, Alignment.USUAL, optimizer, adversary);
    }
  }

  /**
   * One step's losses, means over the batch.
   *
   * @param crossEntropy Eq. 4
   * @param alignment Σ over target classes of Eq. 2, without λ
   * @param correct how many images the network classified correctly, as it saw them
   */
  public record Losses(double crossEntropy, double alignment, int correct) {}

  public Trainer(
      TorchEngine engine,
      Architecture architecture,
      Normalization normalization,
      Map<String, Tensor> initial,
      Settings settings) {
    this.engine = engine;
    this.architecture = architecture;
    this.normalization = normalization;
    lambda = settings.lambda();
    adversary = settings.adversary();
    mixedPrecision = settings.mixedPrecision();
    AppleGpu.check(engine.device(), mixedPrecision);
    // Measured on two Zen 4 cores: channels-last makes a plain step 1.5 times as fast, but a step
    // with second derivatives 1.4 times as slow; in bfloat16 the latter by a twentieth.
    boolean second = lambda > 0 || settings.gradientNorm() > 0;
    channelsLast = !second && architecture.family().isConvolutional();
    weights = Weights.of(initial, DataType.FLOAT32, engine.manager());
    if (channelsLast) {
      weights.toChannelsLast(engine.autograd());
    }
    update = ParameterUpdate.of(settings.optimizer(), weights.trainable(), engine.autograd());
    weights.trainable().forEach(parameter -> parameter.setRequiresGradient(true));
    objective = new Objective(engine.autograd(), settings.alignment(), settings.gradientNorm());
  }

  /**
   * All that a training remembers between two steps.
   *
   * @param weights by name
   * @param memory the optimizer's, in its own order
   * @param steps taken so far
   */
  public record State(SequencedMap<String, Tensor> weights, List<Tensor> memory, long steps) {}

  /** Goes on where another trainer with the same settings was: to the bit, on a CPU. */
  public static Trainer resumed(
      TorchEngine engine,
      Architecture architecture,
      Normalization normalization,
      State state,
      Settings settings) {
    Trainer trainer = new Trainer(engine, architecture, normalization, state.weights(), settings);
    trainer.steps = state.steps();
    List<NDArray> memory = trainer.update.memory();
    if (memory.size() != state.memory().size()) {
      trainer.close();
      throw new IllegalArgumentException(
          "an optimizer of %d arrays cannot take over %d"
              .formatted(memory.size(), state.memory().size()));
    }
    for (int i = 0; i < memory.size(); i++) {
      Weights.copy(state.memory().get(i), memory.get(i));
    }
    return trainer;
  }

  /** A copy of the state as it is now. */
  public State state() {
    return new State(
        weights.toTensors(), update.memory().stream().map(Weights::toTensor).toList(), steps);
  }

  /** From the next step on, another λ and another adversary. */
  public void use(double newLambda, Optional<AttackSpecification> newAdversary) {
    lambda = newLambda;
    adversary = newAdversary;
  }

  /** Moves the weights once. */
  public Losses step(TrainingBatch batch, double learningRate) {
    try (NDManager step = engine.manager().newSubManager()) {
      Objective.Loss loss = move(batch, learningRate, step);
      return new Losses(
          loss.crossEntropy().getFloat(),
          loss.alignment().getFloat(),
          loss.correct(batch.labels()));
    }
  }

  /** Moves the weights once, and spares a small network the time it takes to read the losses. */
  public void stepUnread(TrainingBatch batch, double learningRate) {
    try (NDManager step = engine.manager().newSubManager()) {
      var _ = move(batch, learningRate, step);
    }
  }

  private Objective.Loss move(TrainingBatch batch, double learningRate, NDManager step) {
    float[] seen =
        adversary
            .map(spec -> attacked(batch, spec.withSeed(spec.seed() + steps)))
            .orElse(batch.images());
    steps++;
    Objective.Loss loss = objective.of(network, batch, seen, shape(), lambda, step);
    update.step(loss.total(), learningRate);
    return loss;
  }

  private final class Trained implements Objective.Network {
    @Override
    public NDArray logits(NDArray pixels, boolean training) {
      NDArray x = Pixels.normalize(pixels, normalization);
      return Networks.logits(
          architecture,
          channelsLast ? engine.autograd().channelsLast(x) : x,
          TorchLayers.batchNormed(weights, training, mixedPrecision ? engine.autograd() : null));
    }

    @Override
    public boolean hasBatchNorms() {
      return weights.hasBatchNorms();
    }
  }

  private Shape shape() {
    var input = architecture.input();
    return new Shape(input.channels(), input.height(), input.width());
  }

  private float[] attacked(TrainingBatch batch, AttackSpecification spec) {
    int size = architecture.input().size();
    List<Image> images = new ArrayList<>();
    List<Goal> goals = new ArrayList<>();
    for (int i = 0; i < batch.size(); i++) {
      float[] pixels = Arrays.copyOfRange(batch.images(), i * size, (i + 1) * size);
      images.add(new Image(architecture.input(), pixels));
      goals.add(Goal.leave(batch.labels()[i]));
    }
    float[] perturbed = new float[batch.images().length];
    try (Classifier now = snapshot(Precision.FAST)) {
      List<AttackedImage> results =
          new Pgd(now, spec).run(images, goals, AttackObserver.NONE).orElseThrow();
      for (int i = 0; i < results.size(); i++) {
        System.arraycopy(results.get(i).result().pixels(), 0, perturbed, i * size, size);
      }
    }
    return perturbed;
  }

  /** The network as it is now, ready to be measured or attacked; close it after use. */
  public Classifier snapshot(Precision precision) {
    return Classifier.of(engine, architecture, normalization, weights, precision);
  }

  /** Copies of all tensors as they are now. */
  public SequencedMap<String, Tensor> tensors() {
    return weights.toTensors();
  }

  @Override
  public void close() {
    weights.close();
  }
}
