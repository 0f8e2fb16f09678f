package org.pagexplorer.ui.compare;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javafx.beans.property.IntegerProperty;
import javafx.beans.property.ReadOnlyIntegerProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.SimpleIntegerProperty;
import org.pagexplorer.dataset.Dataset;
import org.pagexplorer.domain.Precision;
import org.pagexplorer.engine.AttackObserver;
import org.pagexplorer.engine.Classifier;
import org.pagexplorer.lab.measure.Study;
import org.pagexplorer.lab.model.Agreement;
import org.pagexplorer.lab.model.EngineLane;
import org.pagexplorer.lab.model.OpenModel;
import org.pagexplorer.ui.compare.SteppedWork.State;
import org.pagexplorer.ui.settings.Part;
import org.pagexplorer.ui.support.Activity;
import org.pagexplorer.ui.support.Complaint;
import org.pagexplorer.ui.support.Exhibit;
import org.pagexplorer.ui.support.ExportChoice;
import org.pagexplorer.ui.support.Notice;

/**
 * A study of the compared models on the opened images that fills in live, on the FX thread; its
 * steps take turns with everything else on the engine's lane.
 *
 * @param <S> what is measured
 */
public abstract class MeasuringViewModel<S extends Study> {
  static final int FEWEST_IMAGES = 10;
  static final int MOST_IMAGES = 100_000;
  private static final int FIRST_IMAGES = 100;
  private static final int CPU_BATCH = 20;
  private static final int CUDA_BATCH = 200;

  final CompareViewModel compare;
  final Notice notice;
  private final Complaint lacking;
  private final SteppedWork<S> work;
  private final IntegerProperty images = new SimpleIntegerProperty(FIRST_IMAGES);

  MeasuringViewModel(EngineLane lane, CompareViewModel compare, Notice notice) {
    this.compare = compare;
    this.notice = notice;
    lacking = new Complaint(notice);
    work = new SteppedWork<>(lane, notice, new StudySteps<>());
  }

  /** How a study goes on. */
  private static final class StudySteps<S extends Study> implements SteppedWork.Steps<S> {
    @Override
    public void step(S study, EngineLane lane, AttackObserver stop) {
      study.step(lane.engine(), k -> classifier(lane, study.models().get(k)), stop);
    }

    /** With the weights that the model had when the measuring began. */
    private static Classifier classifier(EngineLane lane, OpenModel model) {
      return lane.model(model.file(), model.sha256(), Precision.EXACT).classifier();
    }

    @Override
    public boolean isDone(S study) {
      return study.isDone();
    }

    @Override
    public int batch(S study) {
      return study.batch();
    }

    @Override
    public void close(S study) {
      study.close();
    }
  }

  /** Makes a study of models that were read, on the lane. */
  interface Maker<S> {
    S make(List<OpenModel> models, int batch);
  }

  /** What is to be measured, as it is set now. */
  abstract Maker<S> maker(Dataset dataset, int wanted);

  /** From the beginning, with what is set now. */
  public void start() {
    Dataset dataset = compare.labeledImages(lacking).orElse(null);
    if (dataset == null) {
      return;
    }
    List<Path> files = compare.comparedFiles();
    Maker<S> maker = maker(dataset, images.get());
    work.start(
        l -> {
          List<OpenModel> models = files.stream().map(OpenModel::read).toList();
          Agreement.check(models);
          models.forEach(model -> Agreement.check(model, dataset));
          return maker.make(models, l.engine().device().equals("cpu") ? CPU_BATCH : CUDA_BATCH);
        });
  }

  /** Goes on where it was paused; with more images, if more are asked for by now. */
  public void resume() {
    study().ifPresent(study -> study.wantAtLeast(images.get()));
    if (!work.resume()) {
      start();
    }
  }

  /** Stops within one step of an attack; what was measured stays. */
  public void pause() {
    work.pause();
  }

  /** What is measured, if anything was. */
  public Optional<S> study() {
    return work.work();
  }

  /** Whether more images are asked for than were measured. */
  public boolean wantsMore() {
    return study()
        .map(study -> Math.min(images.get(), study.available()) > study.wanted())
        .orElse(false);
  }

  /**
   * The measuring, while it runs; to stop it loses nothing.
   *
   * @param name what it is, for people
   */
  public Optional<Activity> activity(String name) {
    return work.activity(
        name,
        now ->
            new Activity(name, name, now.stage(), now.progress(), now.secondsLeft(), this::pause));
  }

  /** In [0, 1]; 0 before it began. */
  double progress() {
    return work.preparation().isPresent() ? 0 : study().map(Study::progress).orElse(0.0);
  }

  /** What it does, and how long it will take. */
  String words() {
    return work.preparation()
        .map(words -> words + " …")
        .or(() -> study().map(this::words))
        .orElse("");
  }

  private String words(S study) {
    return switch (stateProperty().get()) {
      case RUNNING -> study.stage() + left(study.secondsLeft());
      case PAUSED -> "paused";
      case DONE, EMPTY -> "done";
    };
  }

  /** For instance {@code , 12 s left}; nothing where that is not known. */
  private static String left(double seconds) {
    return seconds > 0 && Double.isFinite(seconds)
        ? String.format(Locale.ROOT, ", %.0f s left", Math.ceil(seconds))
        : "";
  }

  /** What is measured so far, for files and the clipboard; nothing before it began. */
  public Optional<Exhibit> exhibit() {
    return study().map(now -> Exhibit.of(stem(), now.results(true), now.results(false)));
  }

  /** The same for a dialog. */
  ExportChoice choice(String title) {
    return ExportChoice.of(title, stem(), this::exhibit, "Press Measure first.");
  }

  /** Of the table's file. */
  abstract String stem();

  /** What is to be remembered. */
  Part part(String name) {
    return new Part(name).whole("images", images, FEWEST_IMAGES, MOST_IMAGES);
  }

  /** Everything that can be set, as at first; what was measured stays. */
  public void reset() {
    images.set(FIRST_IMAGES);
  }

  /** How many images are asked for. */
  public IntegerProperty imagesProperty() {
    return images;
  }

  /** How far it is. */
  public ReadOnlyObjectProperty<State> stateProperty() {
    return work.stateProperty();
  }

  /** Grows with everything that should be shown again. */
  ReadOnlyIntegerProperty revisionProperty() {
    return work.revisionProperty();
  }
}
