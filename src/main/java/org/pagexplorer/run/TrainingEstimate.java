package org.pagexplorer.run;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.pagexplorer.dataset.Dataset;
import org.pagexplorer.domain.Alignment;
import org.pagexplorer.domain.Architecture;
import org.pagexplorer.domain.AttackSpecification;
import org.pagexplorer.domain.Goal;
import org.pagexplorer.domain.Image;
import org.pagexplorer.domain.InputShape;
import org.pagexplorer.domain.Norm;
import org.pagexplorer.domain.Normalization;
import org.pagexplorer.domain.Precision;
import org.pagexplorer.domain.ThreatModel;
import org.pagexplorer.engine.AttackObserver;
import org.pagexplorer.engine.Classifier;
import org.pagexplorer.engine.Initialization;
import org.pagexplorer.engine.Pgd;
import org.pagexplorer.engine.TorchEngine;
import org.pagexplorer.engine.Trainer;
import org.pagexplorer.engine.TrainingBatch;
import org.pagexplorer.engine.natives.NativeHeap;

/**
 * What a training will take: a few of its steps and of an attack's are measured, and the rest is
 * counted. All of it is at the load that the machine has meanwhile.
 *
 * @param seconds from the process's start to the finished model: steps with a RIGD teacher's
 *     gradients, the accuracy and the probe after each epoch, the final accuracies under attack
 * @param bytes that its steps took of the computer's memory at most; empty where the system does
 *     not tell
 */
public record TrainingEstimate(double seconds, OptionalLong bytes) {
  /** Of which the first is not timed. */
  private static final int ATTACKS = 3;

  /** Images of the attack that is timed. */
  private static final int ATTACKED = 20;

  /** Takes a few steps; the first of each size is not timed unless it is a long one. */
  public static TrainingEstimate of(
      TorchEngine engine, TrainingPlan plan, Dataset train, int testImages) {
    return of(engine, plan, train, testImages, () -> {});
  }

  /**
   * The same for somebody who may not wait for it.
   *
   * @param check called before every step; what it throws ends the measuring
   */
  public static TrainingEstimate of(
      TorchEngine engine, TrainingPlan plan, Dataset train, int testImages, Runnable check) {
    Architecture architecture =
        new Architecture(plan.family(), plan.width(), train.shape(), train.classes().size());
    Normalization normalization = Normalization.identity(train.shape().channels());
    NativeHeap.trim(); // lest the steps take what is left of others, and so nothing more
    try (ResidentMemory memory = ResidentMemory.watch();
        Teacher teacher = Teacher.of(plan, train, engine);
        Trainer trainer =
            new Trainer(
                engine,
                architecture,
                normalization,
                Initialization.of(architecture, plan.seed()),
                plan.settings())) {
      MeasuredSteps steps =
          MeasuredSteps.of(
              new BatchSource(train, plan, Optional.empty(), 1),
              batch -> targeted(batch, plan, train.classes().size()),
              batch -> trainer.step(teacher.ask(batch, plan.alignment().gradient()), 1e-6),
              memory,
              check);
      double gradient = gradient(trainer, steps.measured(), train.shape(), check);
      Cost cost = new Cost(steps.step(), steps.reading(), gradient);
      return new TrainingEstimate(cost.seconds(plan, train, testImages), steps.bytes());
    }
  }

  /**
   * What the parts of a training take, in seconds.
   *
   * @param step one step, or the preparing of its batch where that takes longer
   * @param reading of an image that was not read before
   * @param gradient of an image: one step of an attack
   */
  record Cost(double step, double reading, double gradient) {
    /** Until Java and PyTorch are loaded (measured). */
    private static final double START = 4;

    /** A forward pass's share of an attack's step. */
    private static final double FORWARD = 1 / 3.0;

    /** Of the probe after each epoch, toward every class. */
    private static final int PROBE_STEPS = 20;

    /** Of the two attacks that count survivors. */
    private static final int ATTACK_STEPS = 2 * 20;

    /** Of their steps, since broken images are left out; measured 0.2 (vanilla) to 0.5 (robust). */
    private static final double STANDING = 0.35;

    double seconds(TrainingPlan plan, Dataset train, int testImages) {
      int steps = Math.max(1, train.size() / plan.batch());
      double clean = testImages * FORWARD * gradient;
      double probe =
          plan.family().isForImages() ? train.classes().size() * PROBE_STEPS * gradient : 0;
      double attacks = testImages * ATTACK_STEPS * STANDING * gradient;
      return START
          + train.size() * reading
          + plan.epochs() * (steps * step + clean + probe)
          + clean
          + attacks;
    }
  }

  /** Seconds an image of an attack's step; the first attack is not timed unless it is long. */
  private static double gradient(
      Trainer trainer, TrainingBatch batch, InputShape shape, Runnable check) {
    int n = Math.min(ATTACKED, batch.size());
    List<Image> images =
        IntStream.range(0, n)
            .mapToObj(
                i -> Arrays.copyOfRange(batch.images(), i * shape.size(), (i + 1) * shape.size()))
            .map(pixels -> new Image(shape, pixels))
            .toList();
    List<Goal> goals = Goal.leaveEach(Arrays.copyOf(batch.labels(), n));
    AttackSpecification two = AttackSpecification.pictures(new ThreatModel(Norm.L2, 1), 2);
    try (Classifier now = trainer.snapshot(Precision.EXACT)) {
      Pgd attack = new Pgd(now, two);
      double best = Double.POSITIVE_INFINITY;
      for (int time = 0; time < ATTACKS; time++) {
        check.run();
        double took = MeasuredSteps.seconds(() -> attack.run(images, goals, AttackObserver.NONE));
        best = time > 0 || took > MeasuredSteps.LONG ? Math.min(best, took) : best;
        if (took > MeasuredSteps.LONG) {
          break;
        }
      }
      return best / (n * (two.steps() + Cost.FORWARD));
    }
  }

  private static TrainingBatch targeted(TrainingBatch batch, TrainingPlan plan, int classes) {
    int k = plan.effectiveLambda() > 0 ? Math.min(plan.targetsPerStep(), classes) : 0;
    float[][] directions = new float[k][];
    Arrays.fill(directions, batch.images());
    return new TrainingBatch(
        batch.images(), batch.labels(), IntStream.range(0, k).toArray(), directions);
  }

  /** What a step waits for beside itself: a RIGD teacher's gradients, or nothing. */
  private record Teacher(Optional<GroundTruth.Teacher> truth) implements AutoCloseable {

    static Teacher of(TrainingPlan plan, Dataset train, TorchEngine engine) {
      return new Teacher(
          plan.effectiveLambda() == 0
              ? Optional.empty()
              : plan.realization()
                  .filter(Realization.Rigd.class::isInstance)
                  .map(rigd -> (GroundTruth.Teacher) rigd.prepare(train, engine)));
    }

    TrainingBatch ask(TrainingBatch batch, Alignment.Gradient gradient) {
      return truth.map(teacher -> teacher.ask(batch, gradient)).orElse(batch);
    }

    @Override
    public void close() {
      truth.ifPresent(GroundTruth.Teacher::close);
    }
  }
}
