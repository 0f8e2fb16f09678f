package org.pagexplorer.lab.toy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.pagexplorer.domain.UserException;
import org.pagexplorer.engine.Classifier;
import org.pagexplorer.engine.TorchEngine;

/**
 * Every scheme trained with many seeds: no seed is dropped, whatever it gives. Each seed draws its
 * own points, weights and order.
 */
public final class SeedStudy {
  private final ToySetup setup;
  private final List<Long> seeds;
  private final int threads;

  /**
   * @param seeds to train each scheme with
   * @param threads trainings at once; each takes a core
   */
  public SeedStudy(ToySetup setup, List<Long> seeds, int threads) {
    this.setup = setup;
    this.seeds = List.copyOf(seeds);
    this.threads = threads;
  }

  /**
   * One network's result.
   *
   * @param scheme the place of its scheme in the setup
   * @param attacked accuracy that the paper's attack left
   * @param robust the true one: the share of the points whose margin exceeds ε
   * @param margin mean distance to the decision boundary
   */
  public record Result(
      int scheme, long seed, double clean, double attacked, double robust, double margin) {}

  /**
   * Mean and sample standard deviation over seeds.
   *
   * @param deviation 0 for a single seed
   */
  public record Spread(double mean, double deviation) {
    public static Spread of(double[] values) {
      double mean = 0;
      for (double value : values) {
        mean += value / values.length;
      }
      double squares = 0;
      for (double value : values) {
        squares += (value - mean) * (value - mean);
      }
      return new Spread(mean, values.length < 2 ? 0 : Math.sqrt(squares / (values.length - 1)));
    }
  }

  /** Is told how far it is; called on any of the study's threads. */
  public interface Observer {
    default boolean isCancelled() {
      return false;
    }

    /** A network is done. */
    default void result(Result result) {}

    /**
     * Something has moved.
     *
     * @param done share of all training steps, in [0, 1]
     */
    default void progress(double done) {}
  }

  private record Job(int scheme, long seed) {}

  /** Trains and measures all; nothing if the observer cancelled. In the order of schemes, seeds. */
  public Optional<List<Result>> run(Observer observer) {
    if (!ToyProblem.of(setup).train().isLearnable()) {
      throw new UserException("There is nothing to learn: each class needs two points or more.");
    }
    Queue<Job> jobs = new ConcurrentLinkedQueue<>();
    for (long seed : seeds) {
      for (int scheme = 0; scheme < setup.schemes().size(); scheme++) {
        jobs.add(new Job(scheme, seed));
      }
    }
    Counter counter = new Counter(jobs.size(), observer);
    List<Result> results = new ArrayList<>();
    try (ExecutorService pool =
        Executors.newFixedThreadPool(
            threads, Thread.ofPlatform().daemon().name("seeds-", 0).factory())) {
      List<CompletableFuture<List<Result>>> working = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        working.add(CompletableFuture.supplyAsync(() -> work(jobs, counter), pool));
      }
      working.forEach(each -> results.addAll(join(each)));
    }
    results.sort(
        java.util.Comparator.comparingInt(Result::scheme)
            .thenComparing(result -> seeds.indexOf(result.seed())));
    return observer.isCancelled() ? Optional.empty() : Optional.of(results);
  }

  private static List<Result> join(CompletableFuture<List<Result>> working) {
    try {
      return working.join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    }
  }

  /** Counts the steps of all threads. */
  private static final class Counter {
    private final int jobs;
    private final Observer observer;
    private double done;

    Counter(int jobs, Observer observer) {
      this.jobs = jobs;
      this.observer = observer;
    }

    synchronized void add(double share) {
      done += share / jobs;
      observer.progress(Math.min(1, done));
    }
  }

  private List<Result> work(Queue<Job> jobs, Counter counter) {
    List<Result> results = new ArrayList<>();
    try (TorchEngine engine = TorchEngine.open("cpu")) {
      TorchEngine.useThreads(1); // a core each
      for (Job job = jobs.poll(); job != null; job = jobs.poll()) {
        Optional<Result> result = train(engine, job, counter);
        if (result.isEmpty()) {
          break;
        }
        results.add(result.get());
        counter.observer.result(result.get());
      }
    }
    return results;
  }

  private Optional<Result> train(TorchEngine engine, Job job, Counter counter) {
    ToySetup own = setup.withSeed(job.seed());
    ToyProblem problem = ToyProblem.of(own);
    try (ToyTraining training =
        new ToyTraining(engine, own, own.schemes().get(job.scheme()), problem)) {
      int all = own.epochs() * training.stepsPerEpoch();
      while (training.steps() < all) {
        if (counter.observer.isCancelled()) {
          return Optional.empty();
        }
        training.step();
        if (training.steps() % training.stepsPerEpoch() == 0) {
          counter.add(1.0 / own.epochs());
        }
      }
      try (Classifier f = training.snapshot()) {
        ToyNumbers numbers = new ToyMeasures(problem).of(f, own.attack());
        return Optional.of(
            new Result(
                job.scheme(),
                job.seed(),
                numbers.clean(),
                numbers.attacked(),
                numbers.robust(own.epsilon()),
                numbers.meanMargin()));
      }
    }
  }
}
