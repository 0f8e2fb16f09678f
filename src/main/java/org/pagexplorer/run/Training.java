package org.pagexplorer.run;

import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.pagexplorer.dataset.Dataset;
import org.pagexplorer.domain.Architecture;
import org.pagexplorer.domain.Normalization;
import org.pagexplorer.domain.Precision;
import org.pagexplorer.domain.Tensor;
import org.pagexplorer.domain.UserException;
import org.pagexplorer.engine.Classifier;
import org.pagexplorer.engine.Initialization;
import org.pagexplorer.engine.TorchEngine;
import org.pagexplorer.engine.Trainer;
import org.pagexplorer.engine.TrainingBatch;
import org.pagexplorer.run.TrainingObserver.EpochReport;
import org.pagexplorer.run.TrainingObserver.Progress;

/**
 * The epochs of one training, on the calling thread; batches are prepared on a thread of their own.
 */
public final class Training {
  private final TrainingPlan plan;
  private final Dataset train;
  private final Dataset test;
  private final Architecture architecture;
  private final Normalization normalization;
  private Map<String, String> facts = Map.of();
  private long stepping;
  private long waiting;

  /**
   * @param test a few images on which each epoch's clean accuracy is measured
   */
  public Training(TrainingPlan plan, Dataset train, Dataset test, Normalization normalization) {
    this.plan = plan;
    this.train = train;
    this.test = test;
    this.normalization = normalization;
    architecture =
        new Architecture(plan.family(), plan.width(), train.shape(), train.classes().size());
  }

  public Architecture architecture() {
    return architecture;
  }

  /** What was found while the ground-truth gradients were prepared; empty before {@link #run}. */
  public Map<String, String> facts() {
    return facts;
  }

  /** Share of the steps' time in which a batch was waited for, in [0, 1]; 0 before the first. */
  public double dataWaitShare() {
    return stepping == 0 ? 0 : (double) waiting / stepping;
  }

  /** What receives the state after each epoch. */
  public interface Keeper {
    void keep(Trainer.State state, EpochReport report);
  }

  /**
   * Where an interrupted training goes on.
   *
   * @param state after its last completed epoch
   * @param epochs that it had done then
   */
  public record Resumption(Trainer.State state, int epochs) {}

  /** Trains to the end; false if the observer cancelled. */
  public boolean run(TorchEngine engine, Keeper keeper, TrainingObserver observer) {
    return run(engine, Optional.empty(), keeper, observer);
  }

  /**
   * The same, from the beginning or from where it was; on a CPU with the same result, to the bit.
   */
  public boolean run(
      TorchEngine engine, Optional<Resumption> from, Keeper keeper, TrainingObserver observer) {
    Optional<GroundTruth> truth;
    try {
      Runnable check = Realization.unless(observer::isCancelled);
      truth = plan.realization().map(r -> r.prepare(train, train, engine, check));
    } catch (CancellationException e) {
      return false;
    }
    facts = truth.map(GroundTruth::facts).orElse(Map.of());
    try (Trainer trainer = trainer(engine, from);
        ExecutorService io =
            Executors.newSingleThreadExecutor(
                Thread.ofPlatform().daemon().name("batches").factory())) {
      int first = 1 + from.map(Resumption::epochs).orElse(0);
      for (int epoch = first; epoch <= plan.epochs(); epoch++) {
        Optional<Progress> end = epoch(epoch, truth, trainer, io, observer);
        if (end.isEmpty()) {
          return false;
        }
        EpochReport report = report(end.get(), cleanAccuracy(trainer));
        keeper.keep(trainer.state(), report);
        observer.epoch(report);
      }
      return true;
    } finally {
      truth.ifPresent(GroundTruth::close);
    }
  }

  private Trainer trainer(TorchEngine engine, Optional<Resumption> from) {
    return from.map(
            r -> Trainer.resumed(engine, architecture, normalization, r.state(), plan.settings()))
        .orElseGet(
            () -> new Trainer(engine, architecture, normalization, initial(), plan.settings()));
  }

  private SequencedMap<String, Tensor> initial() {
    return plan.initial()
        .map(InitialWeights::tensors)
        .orElseGet(() -> Initialization.of(architecture, plan.seed()));
  }

  private Optional<Progress> epoch(
      int epoch,
      Optional<GroundTruth> truth,
      Trainer trainer,
      ExecutorService io,
      TrainingObserver observer) {
    BatchSource source = new BatchSource(train, plan, truth, epoch);
    EpochMeter meter = new EpochMeter(epoch, plan.epochs(), source.batches(), source.batchSize());
    CompletableFuture<TrainingBatch> next = prepare(source, 0, io);
    for (int b = 0; b < source.batches(); b++) {
      if (observer.isCancelled()) {
        return Optional.empty();
      }
      long began = System.nanoTime();
      TrainingBatch prepared = ready(next);
      waiting += System.nanoTime() - began;
      if (b + 1 < source.batches()) {
        next = prepare(source, b + 1, io);
      }
      TrainingBatch batch =
          truth.orElse(null) instanceof GroundTruth.Teacher teacher
              ? teacher.ask(prepared, plan.alignment().gradient())
              : prepared;
      double rate =
          plan.schedule().rate(plan.learningRate(), epoch - 1, plan.epochs(), b, source.batches());
      meter.add(trainer.step(batch, rate));
      stepping += System.nanoTime() - began;
      observer.step(meter.progress());
    }
    return Optional.of(meter.progress());
  }

  private static CompletableFuture<TrainingBatch> prepare(
      BatchSource source, int number, ExecutorService io) {
    return CompletableFuture.supplyAsync(() -> source.batch(number), io);
  }

  /** A damaged image's sentence reaches the caller as it is. */
  private static TrainingBatch ready(CompletableFuture<TrainingBatch> next) {
    try {
      return next.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof UserException sentence) {
        throw sentence;
      }
      throw e;
    }
  }

  private double cleanAccuracy(Trainer trainer) {
    try (Classifier now = trainer.snapshot(Precision.EXACT)) {
      return new TestAccuracy(test)
          .clean(now, TestAccuracy.Observer.NONE)
          .map(TestAccuracy.Counts::accuracy)
          .orElse(0.0);
    }
  }

  private static EpochReport report(Progress end, double cleanAccuracy) {
    return new EpochReport(
        end.epoch(),
        end.crossEntropy(),
        end.alignment(),
        end.accuracy(),
        cleanAccuracy,
        end.imagesPerSecond(),
        end.secondsLeft());
  }
}
