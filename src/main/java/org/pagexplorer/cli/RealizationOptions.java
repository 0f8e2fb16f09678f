package org.pagexplorer.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.pagexplorer.dataset.Dataset;
import org.pagexplorer.domain.Method;
import org.pagexplorer.domain.Precision;
import org.pagexplorer.domain.UserException;
import org.pagexplorer.lab.model.Agreement;
import org.pagexplorer.lab.model.OpenModel;
import org.pagexplorer.run.Realization;
import picocli.CommandLine.Help.Visibility;
import picocli.CommandLine.Option;

/** Where the ground-truth gradients of {@code pag train} come from. */
final class RealizationOptions {
  @Option(
      names = "--realization",
      paramLabel = "NAME",
      description =
          "pag train --method adversarial: also align the gradients at the images before the"
              + " attack, weighted by --lambda, with those of one-image, class-mean, …; nothing is"
              + " aligned if not given",
      showDefaultValue = Visibility.NEVER)
  String realization = "";

  @Option(
      names = "--one-image",
      paramLabel = "I",
      split = ",",
      description =
          "one-image: index of a training image for each class; the image nearest to its class's"
              + " mean if not given",
      showDefaultValue = Visibility.NEVER)
  List<Integer> oneImage = List.of();

  @Option(
      names = "--neighbors",
      paramLabel = "N",
      description = "nearest-neighbor: size of each class's sample D_y (default: ${DEFAULT-VALUE})")
  int neighbors = 100;

  @Option(
      names = "--clusters",
      paramLabel = "N",
      description = "cluster-mean: clusters per class (default: ${DEFAULT-VALUE})")
  int clusters = 10;

  @Option(
      names = "--teacher",
      paramLabel = "FILE",
      description = "rigd: a robust model, trained here or imported")
  @Nullable Path teacher;

  @Option(
      names = "--gradients",
      paramLabel = "FILE",
      description =
          "from-file: .npy or .safetensors of N × C × channels × height × width numbers, as pag"
              + " gradients writes it; the authors' score-based gradients in docs/gradients.md",
      showDefaultValue = Visibility.NEVER)
  @Nullable Path gradients;

  @Option(
      names = "--weights",
      paramLabel = "PATH",
      description =
          "rigd: which set of the teacher's weights to use if its PyTorch file has several, as"
              + " listed by pag inspect; the most likely one if not given",
      showDefaultValue = Visibility.NEVER)
  String weights = "";

  /**
   * Where a method has its gradients from, if from anywhere.
   *
   * @param train the images that are trained on
   * @param seed draws samples and clusters
   * @param base what a relative path of the teacher is meant from
   */
  Optional<Realization> realization(Method method, Dataset train, long seed, Path base) {
    return of(source(method), train, seed, base);
  }

  /** The method whose gradients are aligned; adversarial training borrows another's. */
  private Method source(Method method) {
    if (realization.isEmpty()) {
      return method;
    }
    Method source = Method.of(realization);
    if (method != Method.ADVERSARIAL || !source.aligns()) {
      throw new UserException(
          method != Method.ADVERSARIAL
              ? "--realization is for --method adversarial; the other methods say it themselves."
              : "%s has no gradients to align with; use --realization class-mean, for instance."
                  .formatted(source.id()));
    }
    return source;
  }

  private Optional<Realization> of(Method method, Dataset train, long seed, Path base) {
    return switch (method) {
      case VANILLA, ADVERSARIAL, GRADIENT_NORM -> Optional.empty();
      case ONE_IMAGE -> Optional.of(new Realization.OneImage(oneImage));
      case CLASS_MEAN -> Optional.of(new Realization.ClassMean());
      case NEAREST_NEIGHBOR -> Optional.of(new Realization.NearestNeighbor(neighbors, seed));
      case CLUSTER_MEAN -> Optional.of(new Realization.ClusterMean(clusters, seed));
      case RIGD -> Optional.of(rigd(train, base));
      case FROM_FILE -> Optional.of(fromFile(train, base));
    };
  }

  private Realization fromFile(Dataset train, Path base) {
    if (gradients == null) {
      throw new UserException(
          "from-file reads gradients, as pag gradients writes them: specify them with --gradients"
              + " FILE.");
    }
    return Realization.FromFile.of(base.resolve(gradients), train);
  }

  /** A teacher of other images or classes is refused before anything is computed. */
  private Realization rigd(Dataset train, Path base) {
    if (teacher == null) {
      throw new UserException("rigd learns from a robust model: specify it with --teacher FILE.");
    }
    OpenModel model = OpenModel.read(base.resolve(teacher), weights);
    if (!weights.isEmpty() && model.weights().isEmpty()) {
      throw new UserException("The teacher has one set of weights: omit --weights.");
    }
    Agreement.check(model, train);
    return new Realization.Rigd(
        model.card().name(), model.sha256(), engine -> model.classifier(engine, Precision.EXACT));
  }
}
