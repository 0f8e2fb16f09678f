package org.pagexplorer.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.pagexplorer.dataset.Dataset;
import org.pagexplorer.dataset.Datasets;
import org.pagexplorer.domain.Precision;
import org.pagexplorer.domain.UserException;
import org.pagexplorer.engine.TorchEngine;
import org.pagexplorer.lab.Home;
import org.pagexplorer.lab.attack.Aim;
import org.pagexplorer.lab.attack.OriginalImage;
import org.pagexplorer.lab.attack.TargetGrid;
import org.pagexplorer.lab.figure.FigureMaker;
import org.pagexplorer.lab.figure.FigureModels;
import org.pagexplorer.lab.figure.FigureSpecification;
import org.pagexplorer.lab.figure.FigureSpecification.Pictures;
import org.pagexplorer.lab.figure.FigureSpecification.Source;
import org.pagexplorer.lab.figure.FigureSpecification.Toy;
import org.pagexplorer.lab.figure.FigureText;
import org.pagexplorer.lab.figure.GridSize;
import org.pagexplorer.lab.model.Agreement;
import org.pagexplorer.lab.model.OpenModel;
import org.pagexplorer.lab.toy.ToySetup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code pag figure}. */
@Command(
    name = "figure",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    abbreviateSynopsis = true,
    description =
        "Draws the paper's figures from the models and runs that are available: 1, pictures of a"
            + " vanilla and a robust model; 3, decision boundaries in the playground; 4, pictures"
            + " of vanilla, aligned, and distilled models; 5, the ablation of λ. A specification is"
            + " written next to the figure, and --from reproduces the figure from it.")
final class FigureCommand implements Callable<Integer> {
  private static final List<String> BESIDE_FROM = List.of("--from", "--out", "--json");

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "1|3|4|5",
      description = "the figure's number in the paper")
  @Nullable Integer number;

  @Option(
      names = "--from",
      paramLabel = "SPEC",
      description = "reproduce the figure of this specification; only --out and --json go with it")
  @Nullable Path from;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "the figure to write: .png, .pdf, or .svg (default: figure-N.png)")
  @Nullable Path out;

  @Option(
      names = "--models",
      paramLabel = "FILE",
      arity = "1..*",
      description =
          "checkpoints, in the order of their rows (default: the available ones that fit)")
  List<Path> modelFiles = List.of();

  @Mixin WeightsOption weights;

  @Option(
      names = "--runs",
      paramLabel = "DIR",
      description =
          "folder of runs whose models are available, too (default: ~/.pag-explorer/runs)")
  @Nullable Path runs;

  @Mixin ImageOptions images;

  @Mixin AimOptions aims;

  @Mixin MaskOptions masks;

  @Mixin BallOptions ball;

  @Mixin SeedOption seed = new SeedOption(1);

  @Mixin BatchOption batch = new BatchOption(50);

  @Mixin EngineOptions engineOptions;

  @Mixin ReportOptions report;

  @Override
  public Integer call() {
    Path specified = from;
    if ((number == null) == (specified == null)) {
      throw report.wrong("Specify which figure, 1, 3, 4, or 5, or --from with a specification");
    }
    checkFrom();
    FigureSpecification figure = specified == null ? specification() : FigureText.read(specified);
    Path file = out == null ? Path.of("figure-" + figure.figure() + ".png") : out;
    OutputFile.checkFigure(file, "--out");
    check(figure, file);
    report.line(what(figure));
    TorchEngine.remark(deviceOf(figure)).ifPresent(report::note);
    try (TorchEngine engine = TorchEngine.open(deviceOf(figure))) {
      FigureMaker.make(figure, engine, observer(figure)).orElseThrow().write(file);
    }
    FigureText.write(file, figure);
    report.noteMissingFonts();
    report.line("Wrote " + file + " and " + FigureText.beside(file) + ".");
    report.json(
        () ->
            Map.of(
                "figure", figure.figure(),
                "file", file.toString(),
                "specification", FigureText.beside(file).toString()));
    return 0;
  }

  /** Before any work whether its result can be kept. */
  private void check(FigureSpecification figure, Path file) {
    if (figure instanceof Pictures pictures) {
      pictures.size().checkFigure(file);
      GridSize.checkOriginals(pictures.size().images(), pictures.size().shape());
      CpuThreads.bounded(pictures.threads(), report.spec);
    }
  }

  /** A specification says everything, so that what is said beside it would be ignored. */
  private void checkFrom() {
    if (from == null) {
      return;
    }
    for (OptionSpec given : report.spec.commandLine().getParseResult().matchedOptions()) {
      if (!BESIDE_FROM.contains(given.longestName())) {
        throw report.wrong("--from already defines the figure: omit " + given.longestName());
      }
    }
  }

  private static String what(FigureSpecification figure) {
    return switch (figure) {
      case Toy toy -> "Figure 3: " + toy.setup().schemes().size() + " networks of the playground.";
      case Pictures pictures ->
          "Figure %d: %s; %d images, %d targets."
              .formatted(
                  pictures.figure(),
                  String.join(
                      ", ",
                      pictures.models().stream()
                          .map(FigureSpecification.ModelReference::name)
                          .toList()),
                  pictures.subjects().size(),
                  pictures.columns().size());
    };
  }

  private static String deviceOf(FigureSpecification figure) {
    return figure instanceof Pictures pictures ? pictures.device() : "cpu";
  }

  private FigureSpecification specification() {
    return switch (number == null ? 0 : number) {
      case 3 -> Toy.of(ToySetup.paper().withSeed(seed.value));
      case 1, 4, 5 -> pictures(number == null ? 0 : number);
      default -> throw report.wrong("The figures that can be drawn are 1, 3, 4 and 5");
    };
  }

  private Pictures pictures(int figure) {
    List<Path> runFolders = List.of(runs == null ? Home.user().resolve("runs") : runs);
    List<OpenModel> models =
        modelFiles.isEmpty()
            ? FigureModels.atHand(figure, modelFolders(figure), runFolders)
            : weights.read(modelFiles);
    if (models.isEmpty()) {
      throw new UserException(FigureModels.missing(figure));
    }
    Agreement.check(models);
    masks.check(ball.norm);
    aims.check(false);
    List<String> classes = models.getFirst().card().classes();
    List<OriginalImage> subjects =
        masks.within(images.read(models.getFirst(), report.spec), classes, images.fit.value);
    if (figure == 5 && !images.chosen()) {
      subjects = subjects.subList(0, 1);
    }
    Optional<Aim> aim = aims.aim(classes);
    if (aim.isPresent() && masks.onlyTarget(subjects).isPresent()) {
      throw report.wrong(
          "Every mask has a class of its own: omit --between, --feature, and --away-from-all");
    }
    return new Pictures(
        figure,
        FigureMaker.references(figure, models),
        subjects,
        source(),
        aim.map(Aim::columns).orElse(masks.onlyTarget(subjects).map(List::of).orElse(classes)),
        true,
        aim,
        ball.pictures(models.getFirst().card().architecture().input()),
        Precision.EXACT,
        engineOptions.device,
        batch.size,
        engineOptions.threads());
  }

  /** An ablation of given runs is of them alone: other models may be of another width. */
  private List<Path> modelFolders(int figure) {
    return figure == 5 && runs != null ? List.of() : Home.modelFolders();
  }

  private Optional<Source> source() {
    if (!images.needDataset()) {
      return Optional.empty();
    }
    Dataset dataset = images.images();
    return Optional.of(new Source(dataset.name(), Datasets.hash(dataset)));
  }

  private TargetGrid.Observer observer(FigureSpecification figure) {
    if (!(figure instanceof Pictures pictures)) {
      return new TargetGrid.Observer() {};
    }
    double tiles = (double) pictures.subjects().size() * pictures.columns().size();
    double batches = Math.ceil(tiles / pictures.batch()) * pictures.models().size();
    return Progress.ofGrid(
        report,
        "",
        batches * (pictures.attack().steps() + 1),
        " The figure may differ from another one in rounding.");
  }
}
