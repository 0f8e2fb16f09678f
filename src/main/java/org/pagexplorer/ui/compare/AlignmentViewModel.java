package org.pagexplorer.ui.compare;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.application.Platform;
import javafx.beans.property.IntegerProperty;
import javafx.beans.property.ReadOnlyIntegerProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.SimpleIntegerProperty;
import org.pagexplorer.dataset.Dataset;
import org.pagexplorer.dataset.Datasets;
import org.pagexplorer.dataset.Split;
import org.pagexplorer.domain.AttackSpecification;
import org.pagexplorer.domain.Norm;
import org.pagexplorer.domain.Presets;
import org.pagexplorer.domain.ThreatModel;
import org.pagexplorer.domain.UserException;
import org.pagexplorer.engine.AttackObserver;
import org.pagexplorer.lab.alignment.AlignmentStudy;
import org.pagexplorer.lab.alignment.AlignmentTexts;
import org.pagexplorer.lab.alignment.Yardsticks;
import org.pagexplorer.lab.model.OpenModel;
import org.pagexplorer.lab.measure.ResultTable;
import org.pagexplorer.lab.model.Agreement;
import org.pagexplorer.lab.model.EngineLane;
import org.pagexplorer.run.Realization;
import org.pagexplorer.ui.compare.SteppedWork.State;

/** Perceptual alignment of the compared models, on the FX thread. */
public final class AlignmentViewModel implements Measuring {
  private static final int FIRST_IMAGES = 100;
  private static final int PICTURE_STEPS = 50;
  private static final int CPU_BATCH = 20;
  private static final int CUDA_BATCH = 200;

  private final CompareViewModel compare;
  private final Consumer<String> say;
  private final SteppedWork<AlignmentStudy> work;
  private final IntegerProperty images = new SimpleIntegerProperty(FIRST_IMAGES);

  public AlignmentViewModel(EngineLane lane, CompareViewModel compare, Consumer<String> say) {
    this.compare = compare;
    this.say = say;
    work =
        new SteppedWork<>(
            lane,
            say,
            new SteppedWork.Steps<>() {
              @Override
              public void step(AlignmentStudy study, EngineLane l, AttackObserver stop) {
                study.step(
                    l.engine(), k -> MeasureViewModel.classifier(l, study.models().get(k)), stop);
              }

              @Override
              public boolean isDone(AlignmentStudy study) {
                return study.isDone();
              }

              @Override
              public int batch(AlignmentStudy study) {
                return study.batch();
              }

              @Override
              public void close(AlignmentStudy study) {
                study.close();
              }
            });
  }

  /** Measures the compared models on the opened images, from the beginning. */
  @Override
  public void start() {
    Dataset held = compare.setup().rows().sourceProperty().get();
    if (held == null || compare.compared().size() < 2) {
      say.accept("Choose two models or more and a data set first.");
      return;
    }
    Optional<Path> folder = compare.setup().rows().folder();
    List<Path> files = compare.compared().stream().map(m -> m.file()).toList();
    int wanted = images.get();
    work.start(l -> study(l, files, held, folder, wanted));
  }

  private AlignmentStudy study(
      EngineLane l, List<Path> files, Dataset held, Optional<Path> folder, int wanted) {
    List<OpenModel> models = files.stream().map(OpenModel::read).toList();
    models.forEach(model -> Agreement.check(model, held));
    Optional<Dataset> train = folder.flatMap(this::trainingImages);
    List<Realization> realizations = Yardsticks.all(Yardsticks.teachersAmong(models), 0);
    ThreatModel ball = new ThreatModel(Norm.L2, Presets.pictureEpsilon(Norm.L2, held.shape()));
    return new AlignmentStudy(
        models.stream().map(OpenModel::withoutWeights).toList(),
        realizations,
        train,
        held,
        AttackSpecification.pictures(ball, PICTURE_STEPS),
        wanted,
        l.engine().device().equals("cpu") ? CPU_BATCH : CUDA_BATCH);
  }

  /** Without them everything but the cosines is measured. */
  private Optional<Dataset> trainingImages(Path folder) {
    try {
      return Optional.of(Datasets.open(folder, Split.TRAIN));
    } catch (UserException e) {
      Platform.runLater(() -> say.accept("Cosines are left out: " + e.getMessage()));
      return Optional.empty();
    }
  }

  /** Goes on where it was paused; with more images, if more are asked for by now. */
  @Override
  public void resume() {
    study().ifPresent(study -> study.want(Math.max(images.get(), study.wanted())));
    if (!work.resume()) {
      start();
    }
  }

  /** Stops within one step of the attack; what was measured stays. */
  @Override
  public void pause() {
    work.pause();
  }

  /** What is measured, if anything was. */
  public Optional<AlignmentStudy> study() {
    return work.work();
  }

  /** Whether more images are asked for than were measured. */
  @Override
  public boolean wantsMore() {
    return study()
        .map(study -> Math.min(images.get(), study.available()) > study.wanted())
        .orElse(false);
  }

  @Override
  public double progress() {
    return study().map(AlignmentStudy::progress).orElse(0.0);
  }

  /** What it does, and how long it will take. */
  @Override
  public String words() {
    State now = stateProperty().get();
    if (study().isEmpty()) {
      return now == State.RUNNING ? "loading the models …" : "";
    }
    AlignmentStudy shown = study().get();
    return switch (now) {
      case RUNNING -> shown.stage() + MeasureViewModel.left(shown.secondsLeft());
      case PAUSED -> "paused";
      case DONE, EMPTY -> "done";
    };
  }

  /** Saves the table: as LaTeX if the name ends so, else as CSV. */
  @Override
  public void export(Path file) {
    if (study().isEmpty()) {
      say.accept("There is no table yet: press Measure first.");
      return;
    }
    boolean latex = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT).endsWith(".tex");
    ResultTable table =
        latex ? AlignmentTexts.compact(study().get()) : AlignmentTexts.of(study().get());
    TableExport.write(file, latex ? table.latex() : table.csv(), say);
  }

  /** How many images are asked for. */
  @Override
  public IntegerProperty imagesProperty() {
    return images;
  }

  @Override
  public ReadOnlyObjectProperty<State> stateProperty() {
    return work.stateProperty();
  }

  /** Grows with everything that should be shown anew. */
  ReadOnlyIntegerProperty revisionProperty() {
    return work.revisionProperty();
  }
}
