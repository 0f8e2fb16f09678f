package org.pagexplorer.ui.compare;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntSupplier;
import java.util.stream.Stream;
import javafx.beans.property.ReadOnlyObjectProperty;
import org.pagexplorer.cli.ShellWords;
import org.pagexplorer.dataset.Dataset;
import org.pagexplorer.engine.AttackObserver;
import org.pagexplorer.lab.model.EngineLane;
import org.pagexplorer.lab.model.OpenModel;
import org.pagexplorer.lab.reproduce.Reproduction;
import org.pagexplorer.lab.reproduce.ReproductionPlan;
import org.pagexplorer.lab.reproduce.TestImages;
import org.pagexplorer.lab.toy.ToySetup;
import org.pagexplorer.ui.compare.SteppedWork.State;
import org.pagexplorer.ui.support.Activity;
import org.pagexplorer.ui.support.Complaint;
import org.pagexplorer.ui.support.Notice;

/**
 * The paper's tables and figures of the compared models, as a page; a piece at a time between
 * everything else on the engine's lane. On the FX thread.
 */
public final class ReproduceViewModel {
  private static final String NAME = "Reproducing the paper";
  private static final int SEEDS = 10;
  private static final int BATCH = 50;

  private final CompareViewModel compare;
  private final IntSupplier images;
  private final Complaint lacking;
  private final SteppedWork<Reproduction> work;

  /**
   * @param images on how many accuracies are counted
   */
  ReproduceViewModel(EngineLane lane, CompareViewModel compare, IntSupplier images, Notice notice) {
    this.compare = compare;
    this.images = images;
    lacking = new Complaint(notice);
    work = new SteppedWork<>(lane, notice, new Pieces());
    work.stateProperty()
        .addListener(
            (property, old, now) -> {
              if (now == State.DONE) {
                work.work().ifPresent(done -> notice.say(written(done)));
              }
            });
  }

  private static String written(Reproduction done) {
    return "Wrote "
        + String.join(" and ", done.files().stream().map(Path::toString).toList())
        + ".";
  }

  private static final class Pieces implements SteppedWork.Steps<Reproduction> {
    @Override
    public void step(Reproduction reproduction, EngineLane lane, AttackObserver stop) {
      var _ = reproduction.step(lane.engine(), stop);
    }

    @Override
    public boolean isDone(Reproduction reproduction) {
      return reproduction.isDone();
    }

    @Override
    public int batch(Reproduction reproduction) {
      return BATCH;
    }

    @Override
    public void close(Reproduction reproduction) {
      reproduction.close();
    }
  }

  /**
   * Makes the page; what was finished of the same is taken from beside it.
   *
   * @param place the page's file, or a folder for it
   */
  public void start(Path place) {
    Dataset dataset = compare.labeledImages(lacking).orElse(null);
    if (dataset == null) {
      return;
    }
    List<Path> files = compare.comparedFiles();
    Optional<Path> folder = compare.folder();
    int limit = images.getAsInt();
    Path page = ReproductionPlan.page(place);
    String command = command(files, folder, limit, page);
    work.start(
        l ->
            new Reproduction(
                new ReproductionPlan(
                    files.stream().map(OpenModel::read).toList(),
                    List.of(TestImages.of(dataset, folder, limit)),
                    ToySetup.paper().withSeed(1),
                    SEEDS,
                    BATCH,
                    l.engine().device(),
                    0,
                    page,
                    command)));
  }

  private static String command(List<Path> files, Optional<Path> folder, int limit, Path page) {
    List<String> words = new ArrayList<>(List.of("pag", "reproduce", "--models"));
    files.forEach(file -> words.add(file.toString()));
    folder.ifPresent(place -> words.addAll(List.of("--dataset", place.toString())));
    words.addAll(List.of("--limit", String.valueOf(limit), "--batch", String.valueOf(BATCH)));
    words.addAll(List.of("--out", page.toString()));
    return ShellWords.join(Stream.of(words).flatMap(List::stream));
  }

  /** Stops it; what was finished is taken when it is started again for the same page. */
  public void stop() {
    work.pause();
  }

  /** How it stands, while it runs. */
  public Optional<Activity> activity() {
    if (work.stateProperty().get() != State.RUNNING) {
      return Optional.empty();
    }
    return Optional.of(
        work.work()
            .map(
                now ->
                    new Activity(
                        NAME, NAME, now.stage(), now.progress(), now.secondsLeft(), this::stop))
            .orElseGet(
                () -> new Activity(NAME, NAME, "loading the models", -1, Double.NaN, this::stop)));
  }

  /** How far it is. */
  public ReadOnlyObjectProperty<State> stateProperty() {
    return work.stateProperty();
  }
}
