package org.pagexplorer.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.ToDoubleFunction;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.pagexplorer.dataset.toy.PointFile;
import org.pagexplorer.dataset.toy.PointShape;
import org.pagexplorer.domain.Method;
import org.pagexplorer.engine.TorchEngine;
import org.pagexplorer.files.UserPath;
import org.pagexplorer.lab.Durations;
import org.pagexplorer.lab.figure.FigureFile;
import org.pagexplorer.lab.toy.SeedStudy;
import org.pagexplorer.lab.toy.SetupText;
import org.pagexplorer.lab.toy.ToyFigure;
import org.pagexplorer.lab.toy.ToySetup;
import org.pagexplorer.lab.toy.ToySetup.Points;
import org.pagexplorer.lab.toy.TrainedToy;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code pag toy}. */
@Command(
    name = "toy",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    abbreviateSynopsis = true,
    description =
        "Trains the two-dimensional toy of the paper's section 5.1 with several seeds and draws"
            + " Figure 3. What is not said is the paper's (section C.1), or chosen where it does"
            + " not say: λ and the neighbors.")
final class ToyCommand implements Callable<Integer> {

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
      defaultValue = "1",
      description = "number of seeds per method (default: ${DEFAULT-VALUE})")
  int seeds = 1;

  @Option(
      names = "--first-seed",
      paramLabel = "S",
      description = "the first of them; the others follow it (default: 1, or the setup's)")
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
      description = "the attack's radius (default: 15 on the line, else what suits the points)")
  @Nullable Double epsilon;

  @Option(names = "--epochs", paramLabel = "E", description = "default: 100")
  @Nullable Integer epochs;

  @Option(
      names = {"--neighbors", "--neighbours"},
      paramLabel = "N",
      description = "points per class that nearest neighbors are looked for in")
  @Nullable Integer neighbours;

  @Option(
      names = "--setup",
      paramLabel = "TEXT",
      description = "a setup copied from the playground; options given beside it win")
  @Nullable String setupText;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "trainings at once; 0 for as many as there are cores (default: 0)")
  int threads;

  @Option(names = "--json", description = "one JSON object")
  boolean json;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "Figure 3 of the first seed, as .png, .pdf or .svg")
  @Nullable Path out;

  @Spec CommandSpec spec;

  @Override
  public Integer call() {
    if (out != null) {
      OutputFile.checkFigure(out, "--out");
    }
    int bounded = CpuThreads.bounded(threads, spec);
    ToySetup setup = setup();
    List<Long> numbers = LongStream.range(0, seeds).map(i -> setup.seed() + i).boxed().toList();
    int cores = bounded == 0 ? Runtime.getRuntime().availableProcessors() : bounded;
    long started = System.nanoTime();
    List<SeedStudy.Result> results =
        new SeedStudy(setup, numbers, cores).run(progress(started)).orElseThrow();
    report(setup, results);
    Report.line(
        spec,
        json,
        "After PGD: what the paper's attack leaves. Margin > ε: the true robust accuracy, which no"
            + " attack can undercut.");
    if (out != null) {
      draw(setup, out);
    }
    return 0;
  }

  /** The paper's or the copied set-up, and over it what was given. */
  private ToySetup setup() {
    ToySetup setup = setupText == null ? ToySetup.paper() : SetupText.parse(setupText);
    try {
      if (data != null) {
        Points points = points(data);
        setup = setup.withPoints(points, points.epsilon());
      }
      setup = firstSeed == null ? setup : setup.withSeed(firstSeed);
      setup = epsilon == null ? setup : setup.withEpsilon(epsilon);
      setup = epochs == null ? setup : setup.withEpochs(epochs);
      setup = neighbours == null ? setup : setup.withNeighbours(neighbours);
      return setup.withSchemes(schemes(setup));
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
    }
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

  private SeedStudy.Observer progress(long started) {
    return new SeedStudy.Observer() {
      @Override
      public void progress(double done) {
        double seconds = (System.nanoTime() - started) / 1e9;
        Report.live(
            spec,
            String.format(
                Locale.ROOT,
                "%3.0f %%  %s left",
                100 * done,
                Durations.words(seconds * (1 - done) / done)));
      }
    };
  }

  private void report(ToySetup setup, List<SeedStudy.Result> results) {
    List<Map<String, Object>> rows = new ArrayList<>();
    for (int scheme = 0; scheme < setup.schemes().size(); scheme++) {
      int number = scheme;
      List<SeedStudy.Result> own = results.stream().filter(r -> r.scheme() == number).toList();
      ToySetup.Scheme which = setup.schemes().get(scheme);
      Map<String, Object> row = new LinkedHashMap<>();
      row.put("method", which.method().id());
      row.put("lambda", which.method().aligns() ? which.lambda() : 0);
      row.put("seeds", own.stream().map(ToyCommand::fields).toList());
      rows.add(row);
      own.forEach(r -> Report.line(spec, json, line(which, r)));
      Report.line(spec, json, summary(which, own));
    }
    if (json) {
      Map<String, Object> all = new LinkedHashMap<>();
      all.put("setup", SetupText.of(setup));
      all.put("methods", rows);
      Report.json(spec, all);
    }
  }

  private static Map<String, @Nullable Object> fields(SeedStudy.Result result) {
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    fields.put("seed", result.seed());
    fields.put("clean", result.clean());
    fields.put("attacked", result.attacked());
    fields.put("marginAboveEpsilon", result.robust());
    fields.put("margin", Double.isFinite(result.margin()) ? result.margin() : null);
    return fields;
  }

  private static String line(ToySetup.Scheme scheme, SeedStudy.Result r) {
    return String.format(
        Locale.ROOT,
        "%-28s seed %-5d clean %5.1f %%   after PGD %5.1f %%   margin > ε %5.1f %%   mean margin"
            + " %s",
        scheme.title(),
        r.seed(),
        100 * r.clean(),
        100 * r.attacked(),
        100 * r.robust(),
        Double.isInfinite(r.margin())
            ? "– (no boundary)"
            : String.format(Locale.ROOT, "%5.1f", r.margin()));
  }

  private static String summary(ToySetup.Scheme scheme, List<SeedStudy.Result> own) {
    return String.format(
        Locale.ROOT,
        "%-28s %d seeds    clean %s   after PGD %s   margin > ε %s",
        scheme.title(),
        own.size(),
        spread(own, SeedStudy.Result::clean),
        spread(own, SeedStudy.Result::attacked),
        spread(own, SeedStudy.Result::robust));
  }

  private static String spread(
      List<SeedStudy.Result> own, ToDoubleFunction<SeedStudy.Result> share) {
    SeedStudy.Spread spread = SeedStudy.Spread.of(own.stream().mapToDouble(share).toArray());
    return String.format(
        Locale.ROOT, "%.1f ± %.1f %%", 100 * spread.mean(), 100 * spread.deviation());
  }

  private void draw(ToySetup setup, Path file) {
    try (TorchEngine engine = TorchEngine.open("cpu")) {
      TorchEngine.useThreads(1);
      Report.live(spec, "drawing");
      ToyFigure figure = TrainedToy.figure(engine, setup);
      FigureFile.write(file, figure.width(), figure.height(), figure::draw);
    }
    Report.line(spec, json, "Wrote " + file + ".");
  }
}
