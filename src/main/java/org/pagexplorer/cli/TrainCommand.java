package org.pagexplorer.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.pagexplorer.checkpoint.Dtype;
import org.pagexplorer.dataset.Dataset;
import org.pagexplorer.dataset.Datasets;
import org.pagexplorer.dataset.Split;
import org.pagexplorer.domain.Family;
import org.pagexplorer.domain.Method;
import org.pagexplorer.domain.Norm;
import org.pagexplorer.domain.Normalization;
import org.pagexplorer.domain.Precision;
import org.pagexplorer.domain.Schedule;
import org.pagexplorer.domain.Tensor;
import org.pagexplorer.domain.ThreatModel;
import org.pagexplorer.domain.UserException;
import org.pagexplorer.engine.TorchEngine;
import org.pagexplorer.lab.Agreement;
import org.pagexplorer.lab.OpenModel;
import org.pagexplorer.run.Realization;
import org.pagexplorer.run.TrainedModel;
import org.pagexplorer.run.Training;
import org.pagexplorer.run.TrainingObserver;
import org.pagexplorer.run.TrainingPlan;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code pag train}. */
@Command(
    name = "train",
    mixinStandardHelpOptions = true,
    showDefaultValues = true,
    description = "Trains a classifier; with --json, one object a line for each epoch.")
final class TrainCommand implements Callable<Integer> {

  @Option(
      names = "--method",
      required = true,
      description =
          "vanilla; with aligned gradients one-image, class-mean, nearest-neighbor, cluster-mean or"
              + " rigd; adversarial")
  String method = "";

  @Option(names = "--dataset", required = true, description = "folder of a data set")
  Path dataset = Path.of("");

  @Option(names = "--architecture", description = "resnet18 or mlp")
  String architecture = "resnet18";

  @Option(names = "--width", description = "channels of the first stage, or hidden units")
  int width = 64;

  @Option(names = "--epochs", description = "passes over the training images")
  int epochs = 100;

  @Option(names = "--batch", description = "images a step")
  int batch = 64;

  @Option(names = "--lr", description = "learning rate, the schedule's peak")
  double learningRate = 0.01;

  @Option(names = "--schedule", description = "constant, step or one-cycle")
  String schedule = "constant";

  @Option(names = "--momentum", description = "SGD's momentum")
  double momentum = 0.9;

  @Option(names = "--weight-decay", description = "SGD's L2 penalty")
  double weightDecay = 1e-4;

  @Option(names = "--lambda", description = "weight of the alignment loss, Eq. 1")
  double lambda = 0.4;

  @Option(
      names = "--targets-per-step",
      description = "target classes drawn a step; all of them, the paper's, if not given",
      defaultValue = Option.NULL_VALUE,
      showDefaultValue = picocli.CommandLine.Help.Visibility.NEVER)
  @org.jspecify.annotations.Nullable
  Integer targetsPerStep;

  @Option(
      names = "--one-image",
      split = ",",
      description =
          "one-image: a training image's index for each class; the one nearest its class's mean if"
              + " not given",
      showDefaultValue = picocli.CommandLine.Help.Visibility.NEVER)
  List<Integer> oneImage = List.of();

  @Option(names = "--neighbors", description = "nearest-neighbor: size of each class's sample D_y")
  int neighbors = 100;

  @Option(names = "--clusters", description = "cluster-mean: clusters a class")
  int clusters = 10;

  @Option(
      names = "--teacher",
      description = "rigd: a robust model, ours or imported",
      showDefaultValue = picocli.CommandLine.Help.Visibility.NEVER)
  @org.jspecify.annotations.Nullable
  Path teacher;

  @Option(names = "--norm", description = "the adversary's norm, l2 or linf")
  String norm = "l2";

  @Option(names = "--epsilon", description = "the adversary's radius, in pixel units")
  double epsilon = 0.5;

  @Option(names = "--steps", description = "the adversary's PGD steps")
  int steps = 7;

  @Option(
      names = "--limit",
      description = "use only so many training images, balanced over classes")
  int limit = Integer.MAX_VALUE;

  @Option(names = "--seed", description = "fixes everything on a CPU")
  long seed = 0;

  @Option(names = "--name", description = "the model's name; the method's if not given")
  String name = "";

  @Option(names = "--float16", description = "store the weights as float16")
  boolean float16;

  @Option(names = "--test-images", description = "test images for the final accuracies")
  int testImages = 1000;

  @Option(names = "--threads", description = "PyTorch's threads; 0 for all cores")
  int threads = 0;

  @Option(names = "--device", description = "cpu, cuda:0, …")
  String device = "cpu";

  @Option(names = "--json", description = "one JSON object a line")
  boolean json;

  @Option(names = "--out", required = true, description = "the checkpoint to write")
  Path out = Path.of("");

  @Spec CommandSpec spec;

  @Override
  public Integer call() {
    checkOut();
    Dataset train = Datasets.limit(Datasets.open(dataset, Split.TRAIN), limit, seed);
    Dataset test = Datasets.limit(Datasets.open(dataset, Split.TEST), testImages, 0);
    TrainingPlan plan = plan(train);
    try (TorchEngine engine = TorchEngine.open(device)) {
      TorchEngine.useThreads(threads);
      Normalization normalization =
          train.shape().channels() == 3
              ? Normalization.CIFAR10
              : Normalization.identity(train.shape().channels());
      Training training = new Training(plan, train, test, normalization);
      Dtype dtype = float16 ? Dtype.F16 : Dtype.F32;
      TrainedModel model =
          new TrainedModel(plan, training, train, normalization, name, command(), dtype);
      List<SequencedMap<String, Tensor>> latest = new ArrayList<>();
      training.run(
          engine,
          (tensors, report) -> {
            model.write(out, tensors, List.of());
            latest.clear();
            latest.add(tensors);
          },
          observer());
      Report.line(spec, json, "Measuring on " + test.size() + " test images …");
      model.write(out, latest.getFirst(), model.measure(engine, latest.getFirst(), test));
    }
    Report.line(spec, json, "Wrote " + out + ".");
    return 0;
  }

  private void checkOut() {
    Path folder = out.toAbsolutePath().getParent();
    if (folder == null || !Files.isDirectory(folder) || !Files.isWritable(folder)) {
      throw new UserException(
          "The folder of " + out + " does not exist or cannot be written; choose another --out.");
    }
  }

  private TrainingPlan plan(Dataset train) {
    int classes = train.classes().size();
    return new TrainingPlan(
        Method.of(method),
        realization(train),
        Family.of(architecture),
        width,
        epochs,
        batch,
        learningRate,
        Schedule.of(schedule),
        momentum,
        weightDecay,
        lambda,
        targetsPerStep == null ? classes : Math.min(targetsPerStep, classes),
        new ThreatModel(Norm.of(norm), epsilon),
        steps,
        seed);
  }

  private Optional<Realization> realization(Dataset train) {
    return switch (Method.of(method)) {
      case VANILLA, ADVERSARIAL -> Optional.empty();
      case ONE_IMAGE -> Optional.of(new Realization.OneImage(oneImage));
      case CLASS_MEAN -> Optional.of(new Realization.ClassMean());
      case NEAREST_NEIGHBOR -> Optional.of(new Realization.NearestNeighbor(neighbors, seed));
      case CLUSTER_MEAN -> Optional.of(new Realization.ClusterMean(clusters, seed));
      case RIGD -> Optional.of(rigd(train));
    };
  }

  /** A teacher of other images or classes is refused before anything is computed. */
  private Realization rigd(Dataset train) {
    if (teacher == null) {
      throw new UserException("rigd learns from a robust model: say which with --teacher FILE.");
    }
    OpenModel model = OpenModel.read(teacher);
    Agreement.check(model, train);
    return new Realization.Rigd(
        model.card().name(), model.sha256(), engine -> model.classifier(engine, Precision.EXACT));
  }

  /** The command line that repeats this training, as a shell takes it. */
  private String command() {
    Stream<String> arguments = spec.commandLine().getParseResult().originalArgs().stream();
    return Stream.concat(Stream.of("pag", "train"), arguments.filter(a -> !a.equals("train")))
        .map(TrainCommand::quoted)
        .collect(Collectors.joining(" "));
  }

  private static String quoted(String argument) {
    return argument.matches("[\\w./:=,+-]+")
        ? argument
        : "'" + argument.replace("'", "'\\''") + "'";
  }

  private TrainingObserver observer() {
    return new TrainingObserver() {
      @Override
      public void step(Progress p) {
        if (!json) {
          Report.live(
              spec,
              String.format(
                  Locale.ROOT,
                  "epoch %d/%d %3.0f %%  cross-entropy %.3f  alignment %.3f  accuracy %.1f %%  %.0f"
                      + " images/s  %s left",
                  p.epoch(),
                  p.epochs(),
                  100 * p.done(),
                  p.crossEntropy(),
                  p.alignment(),
                  100 * p.accuracy(),
                  p.imagesPerSecond(),
                  Report.duration(p.secondsLeft())));
        }
      }

      @Override
      public void epoch(EpochReport r) {
        if (json) {
          Report.json(spec, r);
        } else {
          Report.line(
              spec,
              false,
              String.format(
                  Locale.ROOT,
                  "epoch %d  cross-entropy %.3f  alignment %.3f  train %.1f %%  test %.1f %%  %.0f"
                      + " images/s  %s left",
                  r.epoch(),
                  r.crossEntropy(),
                  r.alignment(),
                  100 * r.trainAccuracy(),
                  100 * r.cleanAccuracy(),
                  r.imagesPerSecond(),
                  Report.duration(r.secondsLeft())));
        }
      }
    };
  }
}
