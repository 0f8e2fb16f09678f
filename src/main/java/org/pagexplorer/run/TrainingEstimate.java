package org.pagexplorer.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import org.pagexplorer.dataset.Dataset;
import org.pagexplorer.domain.Alignment;
import org.pagexplorer.domain.Architecture;
import org.pagexplorer.domain.Normalization;
import org.pagexplorer.engine.Initialization;
import org.pagexplorer.engine.TorchEngine;
import org.pagexplorer.engine.Trainer;
import org.pagexplorer.engine.TrainingBatch;

/**
 * What a training will take, from a few measured steps on noise.
 *
 * @param seconds of all epochs, a RIGD teacher's gradients included
 * @param bytes that its steps took of the computer's memory at most; empty where the system does
 *     not tell
 */
public record TrainingEstimate(double seconds, OptionalLong bytes) {
  private static final int STEPS = 3;

  /** Seconds; after such a step its own time has to do. */
  private static final double LONG = 5;

  /** Takes a few steps, of which the first is not timed unless it is a long one. */
  public static TrainingEstimate of(TorchEngine engine, TrainingPlan plan, Dataset train) {
    Architecture architecture =
        new Architecture(plan.family(), plan.width(), train.shape(), train.classes().size());
    TrainingBatch batch = noise(plan, train);
    long before = resident();
    Normalization normalization = Normalization.identity(train.shape().channels());
    Watch watch = new Watch();
    Thread watching = Thread.ofVirtual().start(watch);
    double best = Double.POSITIVE_INFINITY;
    try (Teacher teacher = Teacher.of(plan, train, engine);
        Trainer trainer =
            new Trainer(
                engine,
                architecture,
                normalization,
                Initialization.of(architecture, plan.seed()),
                plan.settings())) {
      for (int step = 0; step < STEPS; step++) {
        long began = System.nanoTime();
        var _ = trainer.step(teacher.ask(batch, plan.alignment().gradient()), 1e-6);
        double took = (System.nanoTime() - began) / 1e9;
        best = step > 0 || took > LONG ? Math.min(best, took) : best;
        if (took > LONG) {
          break;
        }
      }
    } finally {
      watch.done = true;
      watching.interrupt();
    }
    int steps = Math.max(1, train.size() / plan.batch());
    return new TrainingEstimate(
        best * steps * plan.epochs(),
        before > 0 ? OptionalLong.of(Math.max(0, watch.most - before)) : OptionalLong.empty());
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

  private static TrainingBatch noise(TrainingPlan plan, Dataset train) {
    SplittableRandom random = new SplittableRandom(plan.seed());
    int n = Math.min(plan.batch(), train.size());
    int classes = train.classes().size();
    float[] images = new float[n * train.shape().size()];
    for (int j = 0; j < images.length; j++) {
      images[j] = (float) random.nextDouble();
    }
    int[] labels = random.ints(n, 0, classes).toArray();
    int k = plan.effectiveLambda() > 0 ? Math.min(plan.targetsPerStep(), classes) : 0;
    int[] targets = java.util.stream.IntStream.range(0, k).toArray();
    float[][] directions = new float[k][];
    java.util.Arrays.fill(directions, images);
    return new TrainingBatch(images, labels, targets, directions);
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
