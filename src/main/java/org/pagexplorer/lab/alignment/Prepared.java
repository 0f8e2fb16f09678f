package org.pagexplorer.lab.alignment;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;
import org.pagexplorer.dataset.Dataset;
import org.pagexplorer.domain.Image;
import org.pagexplorer.engine.AttackObserver;
import org.pagexplorer.engine.TorchEngine;
import org.pagexplorer.lab.alignment.LocalSubspaces.Steps;
import org.pagexplorer.run.GroundTruth;
import org.pagexplorer.run.Realization;
import org.pagexplorer.run.ScoreFile;

/**
 * What is made of the training images before anything is measured: every realization's ground
 * truth, and the images' local subspaces. On one device; on another it is made again.
 */
final class Prepared implements AutoCloseable {
  private final List<Realization> realizations;
  private final Optional<Dataset> train;
  private final Dataset held;
  private final Optional<Path> scores;
  private final long seed;
  private final List<GroundTruth> truths = new ArrayList<>();
  private @Nullable TorchEngine owner;
  private @Nullable LocalSubspaces subspaces;
  private @Nullable ScoreFile score;
  private @Nullable Taken latest;

  /** The steps of some images, which every model takes. */
  private record Taken(int from, int count, List<Steps> steps) {}

  /**
   * @param scores a file with a vector for each held-out image
   */
  Prepared(
      List<Realization> realizations,
      Optional<Dataset> train,
      Dataset held,
      Optional<Path> scores,
      long seed) {
    this.scores = scores;
    this.realizations = realizations;
    this.train = train;
    this.held = held;
    this.seed = seed;
  }

  synchronized void use(TorchEngine engine) {
    if (owner != engine) {
      close();
      owner = engine;
    }
  }

  synchronized boolean isReady() {
    return truths.size() == realizations.size()
        && (scores.isEmpty() || score != null)
        && (train.isEmpty() || subspaces != null);
  }

  /** What is made next. */
  synchronized String stage() {
    return "preparing "
        + (truths.size() < realizations.size()
            ? Yardsticks.titleOf(realizations.get(truths.size()))
            : scores.isPresent() && score == null ? "scores" : "local subspaces");
  }

  /** Makes one more, unless the observer cancels. */
  void step(TorchEngine engine, AttackObserver observer) {
    if (truths.size() < realizations.size()) {
      Runnable check = Realization.unless(observer::isCancelled);
      GroundTruth truth;
      try {
        Realization next = realizations.get(truths.size());
        truth = next.prepare(train.orElse(held), held, engine, check);
      } catch (CancellationException e) {
        return;
      }
      synchronized (this) {
        truths.add(truth);
      }
    } else if (scores.isPresent() && score == null) {
      ScoreFile opened = ScoreFile.open(scores.get(), held);
      synchronized (this) {
        score = opened;
      }
    } else {
      LocalSubspaces made = new LocalSubspaces(engine, train.orElseThrow(), seed);
      synchronized (this) {
        subspaces = made;
      }
    }
  }

  /** In the realizations' order. */
  List<GroundTruth> truths() {
    return truths;
  }

  /** The held-out images' scores, where they are given. */
  Optional<ScoreFile> score() {
    return Optional.ofNullable(score);
  }

  /**
   * The random steps from some held-out images; none without training images.
   *
   * @return nothing if the observer cancelled
   */
  Optional<List<Steps>> steps(int from, List<Image> images, AttackObserver observer) {
    LocalSubspaces local = subspaces;
    if (local == null) {
      return Optional.of(List.of());
    }
    Taken taken = latest;
    if (taken != null && taken.from() == from && taken.count() == images.size()) {
      return Optional.of(taken.steps());
    }
    Optional<List<Steps>> made = local.of(images, from, observer);
    made.ifPresent(steps -> latest = new Taken(from, images.size(), steps));
    return made;
  }

  /** Frees everything, which is made again if it is needed. */
  @Override
  public synchronized void close() {
    truths.forEach(GroundTruth::close);
    truths.clear();
    if (subspaces != null) {
      subspaces.close();
      subspaces = null;
    }
    if (score != null) {
      score.close();
      score = null;
    }
    latest = null;
  }
}
