package org.pagexplorer.lab;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.pagexplorer.domain.Architecture;
import org.pagexplorer.domain.AttackSpecification;
import org.pagexplorer.domain.Goal;
import org.pagexplorer.domain.Image;
import org.pagexplorer.domain.InputShape;
import org.pagexplorer.domain.Method;
import org.pagexplorer.domain.Norm;
import org.pagexplorer.domain.Normalization;
import org.pagexplorer.domain.Optimizer;
import org.pagexplorer.domain.Precision;
import org.pagexplorer.domain.Tensor;
import org.pagexplorer.domain.ThreatModel;
import org.pagexplorer.engine.AttackObserver;
import org.pagexplorer.engine.Classifier;
import org.pagexplorer.engine.Initialization;
import org.pagexplorer.engine.Pgd;
import org.pagexplorer.engine.TorchEngine;
import org.pagexplorer.engine.Trainer;
import org.pagexplorer.engine.TrainingBatch;

/** Times the engine on an untrained ResNet-18 of CIFAR's shape; weights do not matter to speed. */
public final class SpeedTest {
  private static final int CLASSES = 10;

  private final TorchEngine engine;
  private final Architecture architecture;
  private final SequencedMap<String, Tensor> weights;
  private final List<Image> images;
  private final List<Goal> goals;

  /**
   * @param width channels of the first stage
   * @param batch images at once, at least 2
   */
  public SpeedTest(TorchEngine engine, int width, int batch) {
    this.engine = engine;
    architecture = Architecture.resNet18(width, InputShape.CIFAR, CLASSES);
    weights = Initialization.of(architecture, 0);
    images = IntStream.range(0, batch).mapToObj(SpeedTest::noise).toList();
    goals = IntStream.range(0, batch).mapToObj(i -> Goal.reach(i % CLASSES)).toList();
  }

  private static Image noise(int seed) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] pixels = new float[InputShape.CIFAR.size()];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (float) random.nextDouble();
    }
    return new Image(InputShape.CIFAR, pixels);
  }

  /** The network, ready to be attacked; close it after use. */
  public Classifier classifier(Precision precision) {
    return Classifier.of(engine, architecture, Normalization.CIFAR10, weights, precision);
  }

  /**
   * Seconds of each step of one PGD attack on the batch, the first, unsteady one left out.
   *
   * @param frames whether every iterate is handed out as bytes, as to the window
   */
  public List<Double> attackSteps(Classifier classifier, int steps, boolean frames) {
    StepTimes times = new StepTimes(frames);
    AttackSpecification spec =
        AttackSpecification.pictures(new ThreatModel(Norm.L2, 10), steps + 1);
    var _ = new Pgd(classifier, spec).run(images, goals, times).orElseThrow();
    return times.seconds.subList(1, times.seconds.size());
  }

  /** The time between the beginnings of two steps. */
  private static final class StepTimes implements AttackObserver {
    private final boolean frames;
    private final List<Double> seconds = new ArrayList<>();
    private long last;

    StepTimes(boolean frames) {
      this.frames = frames;
    }

    @Override
    public boolean isCancelled() {
      long now = System.nanoTime();
      if (last != 0) {
        seconds.add((now - last) / 1e9);
      }
      last = now;
      return false;
    }

    @Override
    public boolean wantsFrames() {
      return frames;
    }
  }

  /** Seconds of each of some training steps, after one that is not counted. */
  public List<Double> trainingSteps(Method method, int steps) {
    return trainingSteps(method, trainingBatch(method), steps);
  }

  /**
   * The same of Class Mean with each image ten times in the batch, the usual way to write Eq. 1.
   */
  public List<Double> repeatedSteps(int steps) {
    return trainingSteps(Method.CLASS_MEAN, trainingBatch(Method.CLASS_MEAN).repeated(), steps);
  }

  private List<Double> trainingSteps(Method method, TrainingBatch batch, int steps) {
    List<Double> seconds = new ArrayList<>();
    try (Trainer trainer =
        new Trainer(engine, architecture, Normalization.CIFAR10, weights, settings(method))) {
      for (int i = 0; i <= steps; i++) {
        long started = System.nanoTime();
        trainer.step(batch, 0.01);
        seconds.add((System.nanoTime() - started) / 1e9);
      }
    }
    return seconds.subList(1, seconds.size());
  }

  /** Class Mean: all ten targets, λ = 0.4; adversarial: L2, ε = 0.5, 7 steps. */
  private static Trainer.Settings settings(Method method) {
    AttackSpecification adversary = AttackSpecification.pictures(new ThreatModel(Norm.L2, 0.5), 7);
    return new Trainer.Settings(
        method == Method.CLASS_MEAN ? 0.4 : 0,
        new Optimizer.Sgd(0.9, 1e-4),
        method == Method.ADVERSARIAL ? Optional.of(adversary) : Optional.empty());
  }

  private TrainingBatch trainingBatch(Method method) {
    int size = InputShape.CIFAR.size();
    float[] pixels = new float[images.size() * size];
    for (int i = 0; i < images.size(); i++) {
      System.arraycopy(images.get(i).pixels(), 0, pixels, i * size, size);
    }
    int[] labels = goals.stream().mapToInt(Goal::classIndex).toArray();
    int targets = method == Method.CLASS_MEAN ? CLASSES : 0;
    float[][] directions = new float[targets][];
    java.util.Arrays.fill(directions, pixels);
    return new TrainingBatch(pixels, labels, IntStream.range(0, targets).toArray(), directions);
  }
}
