package org.pagexplorer.ui.toy;

import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import javafx.application.Platform;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyDoubleProperty;
import javafx.beans.property.ReadOnlyDoubleWrapper;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.pagexplorer.lab.toy.SeedStudy;
import org.pagexplorer.lab.toy.ToySetup;
import org.pagexplorer.ui.support.Activity;
import org.pagexplorer.ui.support.BackgroundTask;
import org.pagexplorer.ui.support.Notice;
import org.pagexplorer.ui.support.Request;
import org.pagexplorer.ui.support.Requests;

/** The panels' schemes trained with ten seeds; on the FX thread, the trainings on others. */
public final class SeedsViewModel {
  private static final int SEEDS = 10;

  private final Notice notice;
  private final Requests studies = new Requests();
  private final ObservableList<SeedStudy.Result> results = FXCollections.observableArrayList();
  private final ReadOnlyDoubleWrapper progress = new ReadOnlyDoubleWrapper();
  private final ReadOnlyDoubleWrapper secondsLeft = new ReadOnlyDoubleWrapper();
  private List<ToySetup.Scheme> schemes = List.of();

  SeedsViewModel(Notice notice) {
    this.notice = notice;
  }

  /** Trains seeds 1 to 10; what ran before is cancelled. */
  public void start(ToySetup setup) {
    Request mine = studies.next();
    schemes = setup.schemes();
    results.clear();
    progress.set(0);
    long began = System.nanoTime();
    // A core is left to the window.
    int threads = Math.max(1, Runtime.getRuntime().availableProcessors() - 1);
    SeedStudy study =
        new SeedStudy(setup, LongStream.rangeClosed(1, SEEDS).boxed().toList(), threads);
    BackgroundTask.of(() -> study.run(new News(mine, began)))
        .within(mine)
        .onFailed(notice::report)
        .start();
  }

  /** Stops within one step; what was found so far stays. */
  public void cancel() {
    studies.cancel();
  }

  /** The trainings, while they run. */
  public Optional<Activity> activity() {
    String name = "Toy with many seeds";
    double done = progress.get();
    return studies.isBusy()
        ? Optional.of(
            new Activity(
                name,
                name,
                results.size() + " networks trained",
                done,
                done > 0 ? secondsLeft.get() : Double.NaN,
                this::cancel))
        : Optional.empty();
  }

  /** Brings the study's news to the FX thread, unless it was cancelled meanwhile. */
  private final class News implements SeedStudy.Observer {
    private final Request mine;
    private final long began;

    News(Request mine, long began) {
      this.mine = mine;
      this.began = began;
    }

    @Override
    public boolean isCancelled() {
      return mine.isCancelled();
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
            if (!mine.isCancelled()) {
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
    return studies.busyProperty();
  }

  ReadOnlyDoubleProperty progressProperty() {
    return progress.getReadOnlyProperty();
  }

  ReadOnlyDoubleProperty secondsLeftProperty() {
    return secondsLeft.getReadOnlyProperty();
  }
}
