package org.pagexplorer.ui.toy;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import javafx.application.Platform;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyDoubleProperty;
import javafx.beans.property.ReadOnlyDoubleWrapper;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.jspecify.annotations.Nullable;
import org.pagexplorer.lab.toy.SeedStudy;
import org.pagexplorer.lab.toy.ToySetup;
import org.pagexplorer.ui.support.Background;

/** The panels' schemes trained with ten seeds; on the FX thread, the trainings on others. */
public final class SeedsViewModel {
  private static final int SEEDS = 10;

  private final Consumer<Throwable> failed;
  private final ObservableList<SeedStudy.Result> results = FXCollections.observableArrayList();
  private final ReadOnlyBooleanWrapper running = new ReadOnlyBooleanWrapper();
  private final ReadOnlyDoubleWrapper progress = new ReadOnlyDoubleWrapper();
  private final ReadOnlyDoubleWrapper secondsLeft = new ReadOnlyDoubleWrapper();
  private List<ToySetup.Scheme> schemes = List.of();
  private @Nullable AtomicBoolean cancelled;

  SeedsViewModel(Consumer<Throwable> failed) {
    this.failed = failed;
  }

  /** Trains seeds 1 to 10; what ran before is cancelled. */
  public void start(ToySetup setup) {
    cancel();
    AtomicBoolean stop = new AtomicBoolean();
    cancelled = stop;
    schemes = setup.schemes();
    results.clear();
    progress.set(0);
    running.set(true);
    long began = System.nanoTime();
    // A core is left to the window.
    int threads = Math.max(1, Runtime.getRuntime().availableProcessors() - 1);
    SeedStudy study =
        new SeedStudy(setup, LongStream.rangeClosed(1, SEEDS).boxed().toList(), threads);
    Background.run(
        () -> study.run(new News(stop, began)),
        (Optional<List<SeedStudy.Result>> done) -> ended(stop),
        failure -> {
          ended(stop);
          failed.accept(failure);
        });
  }

  private void ended(AtomicBoolean stop) {
    if (cancelled == stop) {
      running.set(false);
    }
  }

  /** Stops within one step; what was found so far stays. */
  public void cancel() {
    if (cancelled != null) {
      cancelled.set(true);
      cancelled = null;
    }
    running.set(false);
  }

  /** Brings the study's news to the FX thread, unless it was cancelled meanwhile. */
  private final class News implements SeedStudy.Observer {
    private final AtomicBoolean stop;
    private final long began;

    News(AtomicBoolean stop, long began) {
      this.stop = stop;
      this.began = began;
    }

    @Override
    public boolean isCancelled() {
      return stop.get();
    }

    @Override
    public void result(SeedStudy.Result result) {
      tell(() -> results.add(result));
    }

    @Override
    public void progress(double done) {
      double seconds = (System.nanoTime() - began) / 1e9;
      tell(
          () -> {
            progress.set(done);
            secondsLeft.set(seconds * (1 - done) / done);
          });
    }

    private void tell(Runnable news) {
      Platform.runLater(
          () -> {
            if (!stop.get()) {
              news.run();
            }
          });
    }
  }

  /** The schemes of the study that runs or ran. */
  List<ToySetup.Scheme> schemes() {
    return schemes;
  }

  /** What was found so far, in the order of arrival. */
  public ObservableList<SeedStudy.Result> results() {
    return results;
  }

  public ReadOnlyBooleanProperty runningProperty() {
    return running.getReadOnlyProperty();
  }

  ReadOnlyDoubleProperty progressProperty() {
    return progress.getReadOnlyProperty();
  }

  ReadOnlyDoubleProperty secondsLeftProperty() {
    return secondsLeft.getReadOnlyProperty();
  }
}
