package org.pagexplorer.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.pagexplorer.checkpoint.CheckpointNames;
import org.pagexplorer.checkpoint.Dtype;
import org.pagexplorer.checkpoint.importing.ForeignModel;
import org.pagexplorer.checkpoint.importing.TensorFiles;
import org.pagexplorer.dataset.Dataset;
import org.pagexplorer.dataset.Datasets;
import org.pagexplorer.dataset.Samples;
import org.pagexplorer.dataset.Split;
import org.pagexplorer.dataset.UsualClasses;
import org.pagexplorer.domain.Architecture;
import org.pagexplorer.domain.Family;
import org.pagexplorer.domain.InputShape;
import org.pagexplorer.domain.Normalization;
import org.pagexplorer.domain.UserException;
import org.pagexplorer.domain.UsualNormalization;
import org.pagexplorer.engine.TorchEngine;
import org.pagexplorer.lab.Home;
import org.pagexplorer.lab.model.Arrival;
import org.pagexplorer.lab.model.CandidateCheck;
import org.pagexplorer.lab.model.CandidateCheck.Result;
import org.pagexplorer.lab.model.ImportDefaults;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code pag import}. */
@Command(
    name = "import",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    abbreviateSynopsis = true,
    description =
        "Converts a PyTorch state_dict or a third-party safetensors file, without executing"
            + " anything in it. Where the file is ambiguous, the possible readings are listed with"
            + " the clean accuracy of each.")
final class ImportCommand implements Callable<Integer> {

  /** 0.247 is 0.2471. */
  private static final double ROUNDING = 1e-3;

  @Parameters(
      paramLabel = "FILE",
      description = ".pt, .pth, .ckpt, .pkl, .model, .safetensors, or the index of several")
  Path file = Path.of("");

  @Mixin ModelOutput out;

  @Option(
      names = "--architecture",
      paramLabel = "A",
      description = "network to use if the file fits several")
  @Nullable String architecture;

  @Mixin FileWeightsOption weights;

  @Option(
      names = "--stride",
      split = ",",
      paramLabel = "N",
      description =
          "strides of a small CNN's convolutions, which no file records: one for all, or one for"
              + " each")
  List<Integer> strides = List.of();

  @Option(
      names = "--padding",
      split = ",",
      paramLabel = "N",
      description = "zero padding of a small CNN's convolutions: one for all, or one for each")
  List<Integer> paddings = List.of();

  @Mixin NormalizationOptions normalizations;

  @Option(
      names = "--classes",
      split = ",",
      paramLabel = "C",
      description =
          "class names in the order of the logits, or one of cifar10, cifar100, stl10, imagenet,"
              + " numbered")
  List<String> classes = List.of();

  @Option(
      names = "--classes-file",
      paramLabel = "F",
      description = "class names: one per line, a JSON list, or imagenet_class_index.json")
  @Nullable Path classesFile;

  @Option(
      names = "--input-size",
      paramLabel = "N",
      description = "height and width of its images (default: 32; 224 for torchvision's networks)")
  @Nullable Integer inputSize;

  @Option(
      names = "--trust",
      description =
          "the file is a TorchScript program and its code may run; written as F.torchscript")
  boolean trust;

  @Option(names = "--name", paramLabel = "NAME", description = "display name (default: the file's)")
  @Nullable String name;

  @Option(names = "--float16", description = "write half-precision weights")
  boolean float16;

  @Option(
      names = "--dataset",
      paramLabel = "DIR",
      description = "check the accuracy on its test images instead of the shipped CIFAR-10 samples")
  @Nullable Path dataset;

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "200",
      description = "number of images to check (default: ${DEFAULT-VALUE})")
  int limit = 200;

  @Mixin EngineOptions engineOptions;

  @Mixin ReportOptions report;

  @Override
  public Integer call() {
    OutputFile.checkImport(out.file, "--out", out.force);
    Arrival chosen = arrival();
    checkExtension(chosen);
    Architecture network = chosen.architectures().getFirst();
    Optional<Normalization> said = normalizations.said(network.input().channels(), report.spec);
    report.line(file + ", " + chosen.format());
    chosen.remarks().forEach(remark -> report.line("  " + remark));
    if (ImportDefaults.isTakenForImageNets(chosen) && (said.isEmpty() || isWithoutClasses())) {
      report.line("  " + ImportDefaults.IMAGENET);
    }
    checkContradiction(chosen, said);
    Optional<Normalization> normalization = said.or(() -> ImportDefaults.normalization(chosen));
    boolean open = chosen.architectures().size() > 1 || normalization.isEmpty();
    // Asked before the check, which takes long; where it is needed for an answer, after it.
    List<String> names = open ? List.of() : classNames(chosen, network.classes());
    List<Result> results = check(chosen, chosen.normalization().isEmpty() ? normalization : said);
    results.forEach(result -> report.line(line(result)));
    if (open) {
      throw new UserException(question(chosen, normalization, !results.isEmpty()));
    }
    ForeignModel.Answers answers =
        new ForeignModel.Answers(
            name == null ? CheckpointNames.stem(file) : name,
            network,
            normalization.orElseThrow(),
            names,
            ShellWords.join(
                Stream.concat(
                    Stream.of("pag"),
                    report
                        .spec
                        .commandLine()
                        .getParent()
                        .getParseResult()
                        .originalArgs()
                        .stream())));
    chosen.write(out.file, answers, float16 ? Dtype.F16 : Dtype.F32);
    report(network, results);
    return 0;
  }

  private boolean isWithoutClasses() {
    return classesFile == null && classes.isEmpty();
  }

  /** What a file does to its images cannot be something else because a command says so. */
  private void checkContradiction(Arrival chosen, Optional<Normalization> said) {
    Optional<Normalization> own = chosen.normalization();
    if (said.isPresent() && own.isPresent() && !agree(own.orElseThrow(), said.orElseThrow())) {
      throw new UserException(
          "%s brings its own normalization, %s, but %s specifies %s: omit that."
              .formatted(
                  file,
                  NormalizationOptions.words(own.orElseThrow()),
                  normalizations.option(),
                  NormalizationOptions.words(said.orElseThrow())));
    }
  }

  /** To the digits that people write. */
  private static boolean agree(Normalization one, Normalization other) {
    return agree(one.mean(), other.mean()) && agree(one.std(), other.std());
  }

  private static boolean agree(List<Double> ones, List<Double> others) {
    return ones.size() == others.size()
        && IntStream.range(0, ones.size())
            .allMatch(i -> Math.abs(ones.get(i) - others.get(i)) < ROUNDING);
  }

  private Arrival arrival() {
    if (trust && TensorFiles.isTorchScript(file)) {
      int side = inputSize == null ? InputShape.CIFAR.height() : inputSize;
      try (TorchEngine engine = engineOptions.open()) {
        return Arrival.TrustedProgram.of(file, new InputShape(3, side, side), engine);
      }
    }
    ForeignModel model = ForeignModel.read(file, weights.place);
    ForeignModel sized = inputSize == null ? model : model.withInputSide(inputSize);
    ForeignModel said =
        strides.isEmpty() && paddings.isEmpty() ? sized : sized.withConvolutions(strides, paddings);
    return new Arrival.Weights(
        architecture == null ? said : said.withFamily(Family.of(architecture)));
  }

  /** Nothing where no images fit. */
  private List<Result> check(Arrival model, Optional<Normalization> said) {
    if (dataset == null && !Files.isDirectory(Home.assets())) {
      return List.of(); // a bundle without samples
    }
    Dataset chosen =
        dataset == null
            ? Samples.open(Home.assets())
            : Datasets.limit(Datasets.open(dataset, Split.ANY), limit, 0);
    Architecture first = model.architectures().getFirst();
    Optional<Dataset> fitted = CandidateCheck.fitted(first, chosen, report::note);
    if (fitted.isEmpty()) {
      report.line(
          "Its accuracy was not checked: it takes %s and has %d classes, but the images of %s are %s, of %d classes."
              .formatted(
                  first.input(),
                  first.classes(),
                  chosen.name(),
                  chosen.shape(),
                  chosen.classes().size()));
      return List.of();
    }
    Dataset images = fitted.orElseThrow();
    List<CandidateCheck.Candidate> candidates = new ArrayList<>();
    if (said.isPresent()) {
      for (Architecture each : model.architectures()) {
        candidates.add(new CandidateCheck.Candidate(each, "as said", said.orElseThrow()));
      }
    } else {
      candidates.addAll(CandidateCheck.candidates(model));
    }
    report.line("Clean accuracy on %d images of %s:".formatted(images.size(), images.name()));
    try (TorchEngine engine = engineOptions.open()) {
      return CandidateCheck.run(model, candidates, images, engine, () -> false, _ -> {});
    }
  }

  private static String line(Result result) {
    return "  %7s %s  %s, %s"
        .formatted(
            CardText.percent(result.accuracy()),
            CardText.interval(result.interval()),
            result.candidate().architecture().family().id(),
            result.candidate().title());
  }

  private String question(Arrival model, Optional<Normalization> normalization, boolean checked) {
    List<String> asked = new ArrayList<>();
    if (model.architectures().size() > 1) {
      asked.add(ForeignModel.question(model.architectures()));
    }
    if (normalization.isEmpty()) {
      int channels = model.architectures().getFirst().input().channels();
      asked.add("--normalization " + String.join("|", UsualNormalization.ids(channels)));
    }
    return file
        + " is ambiguous: specify "
        + String.join(" and ", asked)
        + (checked ? " (accuracies above)." : ".");
  }

  private void checkExtension(Arrival chosen) {
    if (!out.file.toString().endsWith(chosen.extension())) {
      throw new UserException(
          "The model is written as *%s; change --out %s.".formatted(chosen.extension(), out.file));
    }
  }

  private List<String> classNames(Arrival chosen, int count) {
    if (classesFile != null) {
      return counted(ClassFile.read(classesFile), count);
    }
    if (classes.equals(List.of("numbered"))) {
      return UsualClasses.numbered(count);
    }
    if (classes.size() == 1) {
      return counted(UsualClasses.of(classes.getFirst()).names(), count);
    }
    if (!classes.isEmpty()) {
      return counted(classes, count);
    }
    Optional<List<String>> names = ImportDefaults.classes(chosen);
    if (names.isPresent()) {
      return names.orElseThrow();
    }
    List<UsualClasses> usual = UsualClasses.ofSize(count);
    throw new UserException(
        "%s does not name its %d classes: specify --classes %s|numbered, or their names."
            .formatted(
                file,
                count,
                usual.stream().map(UsualClasses::id).collect(Collectors.joining("|"))));
  }

  /** Names are what targets and labels are found by. */
  private static List<String> counted(List<String> given, int count) {
    List<String> names = given.stream().map(String::strip).toList();
    if (names.size() != count) {
      throw new UserException(
          "%d class names do not fit %d classes; give one per class."
              .formatted(names.size(), count));
    }
    if (names.contains("") || Set.copyOf(names).size() < count) {
      throw new UserException("A class name is empty or given twice; give each class its own.");
    }
    return names;
  }

  private void report(Architecture network, List<Result> results) {
    report.line("Wrote " + out.file + ": " + network.description() + ".");
    report.json(() -> json(network, results));
  }

  private Map<String, Object> json(Architecture network, List<Result> results) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("file", file.toString());
    object.put("out", out.file.toString());
    object.put("architecture", network.family().id());
    object.put("width", network.width());
    object.put("classes", network.classes());
    results.stream().findFirst().ifPresent(best -> object.put("accuracy", best.accuracy()));
    results.stream().findFirst().ifPresent(best -> object.put("n", best.n()));
    return object;
  }
}
