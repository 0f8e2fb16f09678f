package org.pagexplorer.lab.figure;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.pagexplorer.domain.AttackSpecification;
import org.pagexplorer.domain.Precision;
import org.pagexplorer.domain.UserException;
import org.pagexplorer.lab.attack.Aim;
import org.pagexplorer.lab.attack.OriginalImage;
import org.pagexplorer.lab.toy.Region;
import org.pagexplorer.lab.toy.ToyProblem;
import org.pagexplorer.lab.toy.ToySetup;
import org.pagexplorer.run.RunHistory;
import org.pagexplorer.run.TrainingObserver.EpochReport;

/** All that fixes a figure. */
public sealed interface FigureSpecification {

  /** The paper's number: 1, 3, 4 or 5. */
  int figure();

  /**
   * Figures 1, 4 and 5: what models make of images under large-ε PGD. Figure 5 has the models' λ
   * and accuracies, from their cards, beside their pictures, and their runs' curves below.
   *
   * @param models a row of each image a model
   * @param subjects the images, with their pixels, so that no dataset is needed
   * @param source where the images are from
   * @param columns the classes to reach; of an untargeted attack one word
   * @param targeted whether classes are to be reached; else the label is to be left
   * @param aim what the columns are where they are not classes
   * @param device where it was computed
   * @param batch pictures attacked at once: rounding may depend on it
   * @param threads PyTorch's, 0 for one a core: rounding may depend on it
   */
  record Pictures(
      int figure,
      List<ModelReference> models,
      List<OriginalImage> subjects,
      Optional<Source> source,
      List<String> columns,
      boolean targeted,
      Optional<Aim> aim,
      AttackSpecification attack,
      Precision precision,
      String device,
      int batch,
      int threads)
      implements FigureSpecification {

    public Pictures {
      if (figure != 1 && figure != 4 && figure != 5) {
        throw new IllegalArgumentException("figure " + figure + " has no attacked pictures");
      }
      if (models.isEmpty() || subjects.isEmpty() || columns.isEmpty()) {
        throw new IllegalArgumentException("a figure needs models, images and target classes");
      }
      models = List.copyOf(models);
      subjects = List.copyOf(subjects);
      columns = List.copyOf(columns);
      if (aim.isPresent() && (!targeted || !aim.get().columns().equals(columns))) {
        throw new IllegalArgumentException("these are not the columns of what is wanted");
      }
      if (!targeted && columns.size() != 1) {
        throw new IllegalArgumentException("an untargeted attack makes one picture of an image");
      }
    }

    /** How many pictures of which size it has. */
    public GridSize size() {
      return new GridSize(
          models.size(), subjects.size(), columns.size(), subjects.getFirst().image().shape());
    }
  }

  /**
   * Figure 3: the playground's networks.
   *
   * @param setup everything that fixes their training; points of a file are in it
   * @param region the part of the plane that is shown
   * @param steps how long each was trained, at least 0
   */
  record Toy(ToySetup setup, Region region, int steps) implements FigureSpecification {

    /** All points, and networks that have been trained for all epochs. */
    public static Toy of(ToySetup setup) {
      ToyProblem problem = ToyProblem.of(setup);
      long steps = (long) setup.epochs() * TrainedToy.stepsPerEpoch(setup, problem);
      return new Toy(setup, TrainedToy.view(problem), (int) Math.min(steps, Integer.MAX_VALUE));
    }

    @Override
    public int figure() {
      return 3;
    }
  }

  /**
   * A model of a figure.
   *
   * @param file where it was
   * @param sha256 what identifies it
   * @param weights where they are in a file of several sets; else empty
   * @param epochs of the run that made it, where figure 5 shows them
   */
  record ModelReference(Path file, String name, String sha256, String weights, Epochs epochs) {

    /** Of no run. */
    public ModelReference(Path file, String name, String sha256, String weights) {
      this(file, name, sha256, weights, Epochs.NONE);
    }

    /** The same model elsewhere. */
    public ModelReference at(Path other) {
      return new ModelReference(other, name, sha256, weights, epochs);
    }
  }

  /**
   * How a run went, a value an epoch.
   *
   * @param cleanAccuracy on test images, in [0, 1]
   * @param alignment Σ over classes of Eq. 2, mean over the epoch
   */
  record Epochs(List<Double> cleanAccuracy, List<Double> alignment) {
    static final Epochs NONE = new Epochs(List.of(), List.of());

    public Epochs {
      cleanAccuracy = List.copyOf(cleanAccuracy);
      alignment = List.copyOf(alignment);
    }

    boolean isEmpty() {
      return cleanAccuracy.isEmpty() && alignment.isEmpty();
    }

    /** Of the run in the model file's folder; none where there is none, or a damaged one. */
    static Epochs ofRun(Path model) {
      Path folder = model.toAbsolutePath().getParent();
      if (folder == null || !Files.isRegularFile(folder.resolve("events.jsonl"))) {
        return NONE;
      }
      try {
        List<EpochReport> reports = RunHistory.of(folder).reports();
        return new Epochs(
            reports.stream().map(EpochReport::cleanAccuracy).toList(),
            reports.stream().map(EpochReport::alignment).toList());
      } catch (UserException e) {
        return NONE; // the model is whole, and its pictures can be made
      }
    }
  }

  /**
   * A dataset.
   *
   * @param sha256 {@link org.pagexplorer.dataset.Datasets#hash}
   */
  record Source(String dataset, String sha256) {}
}
