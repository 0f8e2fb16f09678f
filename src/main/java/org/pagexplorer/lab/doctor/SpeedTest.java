package org.pagexplorer.lab.doctor;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.pagexplorer.domain.Alignment;
import org.pagexplorer.domain.Architecture;
import org.pagexplorer.domain.AttackSpecification;
import org.pagexplorer.domain.Goal;
import org.pagexplorer.domain.Image;
import org.pagexplorer.domain.InputShape;
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
  private static final double RATE = 0.01;
  private static final double LAMBDA = 0.4;
  private static final Optimizer SGD = new Optimizer.Sgd(0.9, 1e-4);

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
    public void step(int t) {
      long now = System.nanoTime();
      if (last != 0) {
        seconds.add((now - last) / 1e9);
      }
      last = now;
    }

    @Override
    public boolean wantsFrames() {
      return frames;
    }
  }

  /** A training that is timed step by step; close it after use. */
  public final class TimedTraining implements AutoCloseable {
    private final Trainer trainer;
    private final TrainingBatch batch;

    private TimedTraining(Trainer.Settings settings, TrainingBatch batch) {
      this.batch = batch;
      trainer = new Trainer(engine, architecture, Normalization.CIFAR10, weights, settings);
      var _ = trainer.step(batch, RATE); // the first is slower
    }

    /** Seconds of each of some more steps. */
    public List<Double> steps(int count) {
      List<Double> seconds = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        long started = System.nanoTime();
        var _ = trainer.step(batch, RATE);
        seconds.add((System.nanoTime() - started) / 1e9);
      }
      return seconds;
    }

    @Override
    public void close() {
      trainer.close();
    }
  }

  /** Cross-entropy alone. */
  public TimedTraining vanilla() {
    return new TimedTraining(new Trainer.Settings(0, SGD, Optional.empty()), batch(0));
  }

  /** Adversarial training: L2, ε = 0.5, 7 steps. */
  public TimedTraining adversarial() {
    AttackSpecification adversary = AttackSpecification.pictures(new ThreatModel(Norm.L2, 0.5), 7);
    return new TimedTraining(new Trainer.Settings(0, SGD, Optional.of(adversary)), batch(0));
  }

  /**
   * Eq. 1 with λ = 0.4.
   *
   * @param targets K, 1 to 10
   */
  public TimedTraining aligned(int targets, Alignment.Statistics statistics) {
    Alignment alignment = new Alignment(Alignment.Gradient.LOGIT, statistics);
    return new TimedTraining(
        new Trainer.Settings(LAMBDA, alignment, SGD, Optional.empty()), batch(targets));
  }

  /** The same with each image K times in the batch, the usual way to write Eq. 1. */
  public TimedTraining repeated(int targets) {
    return new TimedTraining(
        new Trainer.Settings(LAMBDA, SGD, Optional.empty()), batch(targets).repeated());
  }

  private TrainingBatch batch(int targets) {
    int size = InputShape.CIFAR.size();
    float[] pixels = new float[images.size() * size];
    for (int i = 0; i < images.size(); i++) {
      System.arraycopy(images.get(i).pixels(), 0, pixels, i * size, size);
    }
    int[] labels = goals.stream().mapToInt(Goal::classIndex).toArray();
    float[][] directions = new float[targets][];
    java.util.Arrays.fill(directions, pixels);
    return new TrainingBatch(pixels, labels, IntStream.range(0, targets).toArray(), directions);
  }
}
