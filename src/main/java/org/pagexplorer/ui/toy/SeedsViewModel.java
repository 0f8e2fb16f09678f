package org.pagexplorer.ui.toy;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.LongStream;
import javafx.application.Platform;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyDoubleProperty;
import javafx.beans.property.ReadOnlyDoubleWrapper;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.pagexplorer.lab.measure.ResultTable;
import org.pagexplorer.lab.toy.SeedStudy;
import org.pagexplorer.lab.toy.ToySetup;
import org.pagexplorer.ui.support.Activity;
import org.pagexplorer.ui.support.BackgroundTask;
import org.pagexplorer.ui.support.Exhibit;
import org.pagexplorer.ui.support.Notice;
import org.pagexplorer.ui.support.Request;
import org.pagexplorer.ui.support.Requests;

/** The panels' schemes trained with ten seeds; on the FX thread, the trainings on others. */
public final class SeedsViewModel {
  private static final int SEEDS = 10;
  private static final List<String> NOTES =
      List.of("Accuracy: mean ± standard deviation over seeds");

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

  /** What was found so far, as a table; nothing before the first network. */
  Optional<Exhibit> exhibit() {
    if (results.isEmpty()) {
      return Optional.empty();
    }
    List<List<String>> means = new ArrayList<>();
    for (int k = 0; k < schemes.size(); k++) {
      int scheme = k;
      List<SeedStudy.Result> own = results.stream().filter(r -> r.scheme() == scheme).toList();
      if (!own.isEmpty()) {
        means.add(
            List.of(
                schemes.get(k).title(),
                mean(own.stream().mapToDouble(SeedStudy.Result::clean).toArray()),
                mean(own.stream().mapToDouble(SeedStudy.Result::attacked).toArray()),
                String.valueOf(own.size())));
      }
    }
    List<List<String>> all =
        results.stream()
            .map(
                r ->
                    List.of(
                        schemes.get(r.scheme()).title(),
                        String.valueOf(r.seed()),
                        String.valueOf(r.clean()),
                        String.valueOf(r.attacked())))
            .toList();
    return Optional.of(
        Exhibit.of(
            "seeds",
            new ResultTable(List.of("scheme", "clean, %", "after PGD, %", "seeds"), means, NOTES),
            new ResultTable(List.of("scheme", "seed", "clean", "after PGD"), all, List.of())));
  }

  private static String mean(double[] values) {
    SeedStudy.Spread spread = SeedStudy.Spread.of(values);
    return String.format(Locale.ROOT, "%.1f ± %.1f", 100 * spread.mean(), 100 * spread.deviation());
  }

  /** The trainings, while they run. */
  public Optional<Activity> activity() {
    String name = "Playground with many seeds";
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
