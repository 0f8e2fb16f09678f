package org.pagexplorer.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
  private static final int STEPS = 3;

  /** Seconds; after such a step its own time has to do. */
  private static final double LONG = 5;

  /** Images of the attack that is timed. */
  private static final int ATTACKED = 20;

  /** Takes a few steps, of which the first is not timed unless it is a long one. */
  public static TrainingEstimate of(
      TorchEngine engine, TrainingPlan plan, Dataset train, int testImages) {
    Architecture architecture =
        new Architecture(plan.family(), plan.width(), train.shape(), train.classes().size());
    long before = resident();
    Normalization normalization = Normalization.identity(train.shape().channels());
    Watch watch = new Watch();
    Thread watching = Thread.ofVirtual().start(watch);
    try (Teacher teacher = Teacher.of(plan, train, engine);
        Trainer trainer =
            new Trainer(
                engine,
                architecture,
                normalization,
                Initialization.of(architecture, plan.seed()),
                plan.settings())) {
      Cost cost = cost(plan, train, teacher, trainer);
      return new TrainingEstimate(
          cost.seconds(plan, train, testImages),
          before > 0 ? OptionalLong.of(Math.max(0, watch.most - before)) : OptionalLong.empty());
    } finally {
      watch.done = true;
      watching.interrupt();
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

  private static Cost cost(TrainingPlan plan, Dataset train, Teacher teacher, Trainer trainer) {
    BatchSource source = new BatchSource(train, plan, Optional.empty(), 1);
    double best = Double.POSITIVE_INFINITY;
    double reading = Double.POSITIVE_INFINITY;
    TrainingBatch batch = source.batch(0);
    for (int step = 0; step < STEPS; step++) {
      int number = step % source.batches();
      double cold = seconds(() -> source.batch(number));
      double warm = seconds(() -> source.batch(number));
      batch = targeted(source.batch(number), plan, train.classes().size());
      TrainingBatch asked = batch;
      double took =
          seconds(() -> trainer.step(teacher.ask(asked, plan.alignment().gradient()), 1e-6));
      if (step > 0 || took > LONG) {
        best = Math.min(best, Math.max(took, warm));
        reading = Math.min(reading, cold / batch.size());
      }
      if (took > LONG) {
        break;
      }
    }
    return new Cost(best, reading, gradient(trainer, batch, train.shape()));
  }

  private static double seconds(Runnable work) {
    long began = System.nanoTime();
    work.run();
    return (System.nanoTime() - began) / 1e9;
  }

  /** Seconds an image of an attack's step; the first attack is not timed unless it is long. */
  private static double gradient(Trainer trainer, TrainingBatch batch, InputShape shape) {
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
      for (int time = 0; time < STEPS; time++) {
        double took = seconds(() -> attack.run(images, goals, AttackObserver.NONE));
        best = time > 0 || took > LONG ? Math.min(best, took) : best;
        if (took > LONG) {
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

  /** Looks at the memory while the steps are taken. */
  private static final class Watch implements Runnable {
    private volatile boolean done;
    private volatile long most;

    @Override
    public void run() {
      while (!done) {
        most = Math.max(most, resident());
        try {
          Thread.sleep(5);
        } catch (InterruptedException e) {
          return;
        }
      }
    }
  }

  /** Bytes of this process in memory; 0 where there is no {@code /proc}. */
  private static long resident() {
    Path file = Path.of("/proc/self/statm");
    try {
      return Files.exists(file)
          ? 4096 * Long.parseLong(Files.readString(file).split(" ", 3)[1])
          : 0;
    } catch (IOException e) {
      return 0;
    }
  }
}
