package org.pagexplorer.cli;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pagexplorer.dataset.toy.PointFile;
import org.pagexplorer.dataset.toy.PointShape;
import org.pagexplorer.domain.Method;
import org.pagexplorer.files.UserPath;
import org.pagexplorer.lab.toy.SetupText;
import org.pagexplorer.lab.toy.ToySetup;
import org.pagexplorer.lab.toy.ToySetup.Points;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** What {@code pag playground} trains, and how. */
final class ToyOptions {
  @Option(
      names = "--methods",
      paramLabel = "M,…",
      split = ",",
      description =
          "vanilla, nearest-neighbor, class-mean, one-image, adversarial; 4 at most (default: the"
              + " first two)")
  @Nullable List<String> methods;

  @Option(
      names = "--seeds",
      paramLabel = "N",
      description = "number of seeds per method (default: ${DEFAULT-VALUE})")
  int seeds = 1;

  @Option(
      names = "--first-seed",
      paramLabel = "S",
      description = "the first seed; the others follow it (default: 1, or the setup's)")
  @Nullable Long firstSeed;

  @Option(
      names = "--lambda",
      paramLabel = "L",
      description = "weight of the alignment loss, Eq. 1 (default: the setup's)")
  @Nullable Double lambda;

  @Option(
      names = "--data",
      paramLabel = "D",
      description =
          "line (the paper's, the default), noisy-line, moons, circles, spirals, blobs, or a CSV"
              + " file of x1, x2 and label")
  @Nullable String data;

  @Option(
      names = "--epsilon",
      paramLabel = "E",
      description =
          "the attack's radius (default: 15 on the line, otherwise chosen to suit the points)")
  @Nullable Double epsilon;

  @Option(names = "--epochs", paramLabel = "E", description = "default: 100")
  @Nullable Integer epochs;

  @Option(
      names = "--neighbors",
      paramLabel = "N",
      description = "points per class among which nearest neighbors are searched")
  @Nullable Integer neighbors;

  /** As it was spelled at first, for scripts that say so; help shows one spelling. */
  @Option(names = "--" + "neighbours", hidden = true)
  @Nullable Integer neighborsAsBefore;

  @Option(
      names = "--setup",
      paramLabel = "TEXT",
      description = "a setup copied from the playground; other options override it")
  @Nullable String setupText;

  /** The paper's or the copied setup, and over it what was given. */
  ToySetup setup(CommandSpec spec) {
    ToySetup setup = setupText == null ? ToySetup.paper() : SetupText.parse(setupText);
    return BallOptions.checked(spec, () -> changed(setup));
  }

  private ToySetup changed(ToySetup from) {
    ToySetup setup = from;
    if (data != null) {
      Points points = points(data);
      setup = setup.withPoints(points, points.epsilon());
    }
    setup = firstSeed == null ? setup : setup.withSeed(firstSeed);
    setup = epsilon == null ? setup : setup.withEpsilon(epsilon);
    setup = epochs == null ? setup : setup.withEpochs(epochs);
    Integer sample = neighbors == null ? neighborsAsBefore : neighbors;
    setup = sample == null ? setup : setup.withNeighbors(sample);
    return setup.withSchemes(schemes(setup));
  }

  private List<ToySetup.Scheme> schemes(ToySetup setup) {
    List<ToySetup.Scheme> schemes = new ArrayList<>();
    if (methods == null) {
      schemes.addAll(setup.schemes());
    } else {
      for (String method : methods) {
        schemes.add(new ToySetup.Scheme(Method.of(method.strip()), ToySetup.DEFAULT_LAMBDA));
      }
    }
    if (lambda != null) {
      double weight = lambda;
      schemes.replaceAll(scheme -> new ToySetup.Scheme(scheme.method(), weight));
    }
    return schemes;
  }

  private static Points points(String data) {
    boolean file = data.contains(".") || data.contains("/") || data.contains("\\");
    return file
        ? new Points.Own(PointFile.read(UserPath.of(data)))
        : new Points.Drawn(PointShape.of(data));
  }
}
