package org.pagexplorer.ui.compare;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import javafx.beans.property.ReadOnlyIntegerProperty;
import javafx.beans.property.ReadOnlyIntegerWrapper;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.pagexplorer.dataset.Dataset;
import org.pagexplorer.dataset.Datasets;
import org.pagexplorer.dataset.Fit;
import org.pagexplorer.dataset.Split;
import org.pagexplorer.domain.AttackSpecification;
import org.pagexplorer.domain.Norm;
import org.pagexplorer.domain.Presets;
import org.pagexplorer.domain.ThreatModel;
import org.pagexplorer.domain.UserException;
import org.pagexplorer.lab.alignment.AlignmentStudy;
import org.pagexplorer.lab.alignment.BlindTestLog;
import org.pagexplorer.lab.alignment.Yardsticks;
import org.pagexplorer.lab.model.Agreement;
import org.pagexplorer.lab.model.EngineLane;
import org.pagexplorer.lab.model.OpenModel;
import org.pagexplorer.ui.settings.Part;
import org.pagexplorer.ui.support.BackgroundTask;
import org.pagexplorer.ui.support.Notice;

/** Perceptual alignment of the compared models, on the FX thread. */
public final class AlignmentViewModel extends MeasuringViewModel<AlignmentStudy> {
  private static final int PICTURE_STEPS = 50;

  private final BlindTestLog log = BlindTestLog.ofThisUser();
  private final ObservableList<Path> files = FXCollections.observableArrayList();
  private final ReadOnlyIntegerWrapper answersRead = new ReadOnlyIntegerWrapper();

  public AlignmentViewModel(EngineLane lane, CompareViewModel compare, Notice notice) {
    super(lane, compare, notice);
    stateProperty().addListener((property, old, now) -> readAnswers());
  }

  /** What was answered in blind tests so far, to be compared with the measures. */
  public void readAnswers() {
    study()
        .ifPresent(
            study ->
                BackgroundTask.of(
                        () ->
                            study.models().stream()
                                .map(model -> log.score(model.sha256()))
                                .toList())
                    .onDone(study::compareWith)
                    .onFailed(notice::report)
                    .andFinally(() -> answersRead.set(answersRead.get() + 1))
                    .start());
  }

  /** Grows whenever answers have been read. */
  ReadOnlyIntegerProperty answersReadProperty() {
    return answersRead.getReadOnlyProperty();
  }

  @Override
  Maker<AlignmentStudy> maker(Dataset held, int wanted) {
    Optional<Path> folder = compare.setup().rows().folder();
    Fit fit = compare.setup().rows().fitProperty().get();
    List<Path> vectors = List.copyOf(files);
    ThreatModel ball = new ThreatModel(Norm.L2, Presets.pictureEpsilon(Norm.L2, held.shape()));
    return (models, batch) ->
        new AlignmentStudy(
            models.stream().map(OpenModel::withoutWeights).toList(),
            Yardsticks.all(Yardsticks.teachersAmong(models), 0),
            folder.flatMap(place -> trainingImages(models, place, fit)),
            held,
            vectors,
            AttackSpecification.pictures(ball, PICTURE_STEPS),
            wanted,
            batch);
  }

  /** Files of the images' gradients or scores, to be compared with, too. */
  ObservableList<Path> filesProperty() {
    return files;
  }

  @Override
  public void reset() {
    super.reset();
    files.clear();
  }

  @Override
  String stem() {
    return "alignment";
  }

  /** What is to be remembered. */
  public Part part() {
    return part("alignment");
  }

  /** Without them everything is measured but what representatives and neighbors are needed for. */
  private Optional<Dataset> trainingImages(List<OpenModel> models, Path folder, Fit fit) {
    try {
      Dataset train = Datasets.open(folder, Split.TRAIN);
      return Optional.of(Agreement.fitted(models, train, fit, _ -> {}));
    } catch (UserException e) {
      notice.sayLater(
          "Cosines, and steps on and off the manifold, are left out: " + e.getMessage());
      return Optional.empty();
    }
  }
}
