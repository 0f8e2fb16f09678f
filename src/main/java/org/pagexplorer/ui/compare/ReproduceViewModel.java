package org.pagexplorer.ui.compare;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntSupplier;
import javafx.beans.property.ReadOnlyObjectProperty;
import org.pagexplorer.cli.ShellWords;
import org.pagexplorer.dataset.Dataset;
import org.pagexplorer.dataset.Datasets;
import org.pagexplorer.dataset.Samples;
import org.pagexplorer.dataset.Split;
import org.pagexplorer.engine.AttackObserver;
import org.pagexplorer.lab.Home;
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
 * The paper's tables and figures of the compared models, as a page; by an engine of its own, so
 * that the other screens do not wait for its longer pieces. On the FX thread.
 */
public final class ReproduceViewModel {
  private static final String NAME = "Reproducing the paper";
  private static final int BATCH = 50;

  private final EngineLane window;
  private final EngineLane own;
  private final CompareViewModel compare;
  private final IntSupplier images;
  private final Complaint lacking;
  private final SteppedWork<Reproduction> work;

  /** The paper's, of seed 1. */
  ToySetup toy = ToySetup.paper().withSeed(1);

  /** Of its networks. */
  int seeds = 10;

  /**
   * @param window the window's engine, on whose device it computes, too
   * @param images on how many accuracies are counted
   */
  ReproduceViewModel(
      EngineLane window, CompareViewModel compare, IntSupplier images, Notice notice) {
    this.window = window;
    own = new EngineLane(window.device(), "reproduction", 0);
    this.compare = compare;
    this.images = images;
    lacking = new Complaint(notice);
    work = new SteppedWork<>(own, notice, new Pieces(notice));
  }

  private record Pieces(Notice notice) implements SteppedWork.Steps<Reproduction> {
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

    @Override
    public void finished(Reproduction reproduction) {
      List<String> files = reproduction.files().stream().map(Path::toString).toList();
      notice.say("Wrote " + String.join(" and ", files) + ".");
    }
  }

  /**
   * Makes the page, of the opened dataset's test images as the command does; what was finished of
   * the same is taken from beside it.
   *
   * @param place the page's file, or a folder for it
   */
  public void start(Path place) {
    if (compare.labeledImages(lacking).isEmpty()) {
      return;
    }
    Asked asked =
        new Asked(
            compare.comparedFiles(),
            compare.folder(),
            images.getAsInt(),
            window.device(),
            ReproductionPlan.page(place));
    ToySetup playground = toy;
    int networks = seeds;
    work.start(
        l -> {
          l.moveTo(asked.device());
          return new Reproduction(asked.plan(playground, networks));
        });
  }

  private record Asked(
      List<Path> models, Optional<Path> folder, int limit, String device, Path page) {

    ReproductionPlan plan(ToySetup playground, int networks) {
      return new ReproductionPlan(
          models.stream().map(OpenModel::read).toList(),
          List.of(TestImages.of(images(), folder, limit)),
          playground,
          networks,
          BATCH,
          device,
          0,
          page,
          command());
    }

    private Dataset images() {
      return folder
          .map(place -> Datasets.open(place, Split.TEST))
          .orElseGet(() -> Samples.open(Home.assets()));
    }

    private String command() {
      List<String> words = new ArrayList<>(List.of("pag", "reproduce", "--models"));
      models.forEach(file -> words.add(file.toString()));
      folder.ifPresent(place -> words.addAll(List.of("--dataset", place.toString())));
      words.addAll(List.of("--limit", String.valueOf(limit), "--batch", String.valueOf(BATCH)));
      if (!device.equals("cpu")) {
        words.addAll(List.of("--device", device));
      }
      words.addAll(List.of("--out", page.toString()));
      return ShellWords.join(words.stream());
    }
  }

  /** Stops it; what was finished is taken when it is started again for the same page. */
  public void stop() {
    work.pause();
  }

  /** How it stands, while it runs. */
  public Optional<Activity> activity() {
    return work.activity(
        NAME,
        now ->
            new Activity(NAME, NAME, now.stage(), now.progress(), now.secondsLeft(), this::stop));
  }

  /** Ends it with the window. */
  public void close() {
    stop();
    own.close();
  }

  /** How far it is. */
  public ReadOnlyObjectProperty<State> stateProperty() {
    return work.stateProperty();
  }
}
