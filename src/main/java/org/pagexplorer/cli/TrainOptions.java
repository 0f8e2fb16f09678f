package org.pagexplorer.cli;

import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.pagexplorer.checkpoint.Checkpoint;
import org.pagexplorer.dataset.Augmentation;
import org.pagexplorer.dataset.Dataset;
import org.pagexplorer.dataset.Datasets;
import org.pagexplorer.dataset.Split;
import org.pagexplorer.domain.Alignment;
import org.pagexplorer.domain.Architecture;
import org.pagexplorer.domain.Family;
import org.pagexplorer.domain.InputShape;
import org.pagexplorer.domain.Method;
import org.pagexplorer.domain.ModelCard;
import org.pagexplorer.domain.Norm;
import org.pagexplorer.domain.Presets;
import org.pagexplorer.domain.Schedule;
import org.pagexplorer.domain.ThreatModel;
import org.pagexplorer.domain.UserException;
import org.pagexplorer.lab.model.Agreement;
import org.pagexplorer.lab.model.OpenModel;
import org.pagexplorer.run.InitialWeights;
import org.pagexplorer.run.TrainingPlan;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What is trained, and how. */
final class TrainOptions {
  @Option(
      names = "--method",
      paramLabel = "NAME",
      description =
          "vanilla; with aligned gradients one-image, class-mean, nearest-neighbor, cluster-mean,"
              + " rigd or from-file; adversarial, to which --realization adds aligned gradients;"
              + " gradient-norm")
  String method = "";

  @Option(
      names = "--recipe",
      paramLabel = "NAME",
      description =
          "the paper's values, for instance paper/cifar10/nearest-neighbor; other options override"
              + " them")
  @Nullable String recipe;

  @Option(names = "--dataset", paramLabel = "DIR", description = "folder of a dataset")
  @Nullable Path dataset;

  @Mixin SizeOptions size = new SizeOptions();

  @Option(
      names = "--architecture",
      paramLabel = "NAME",
      completionCandidates = Trainable.class,
      description = "resnet18 is the paper's (default: ${DEFAULT-VALUE}): ${COMPLETION-CANDIDATES}")
  String architecture = "resnet18";

  /** What can be trained: every network whose weights have names here. */
  static final class Trainable implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return Family.values().stream()
          .filter(family -> !family.isProgram())
          .map(Family::id)
          .iterator();
    }
  }

  @Option(
      names = "--width",
      paramLabel = "N",
      description = "channels of the first stage, or hidden units (default: ${DEFAULT-VALUE})")
  int width = 64;

  @Option(
      names = "--initial-checkpoint",
      paramLabel = "FILE",
      description =
          "begin with the weights of this model, of the same network, classes, and input size,"
              + " instead of random ones")
  @Nullable Path initialCheckpoint;

  @Option(
      names = "--epochs",
      paramLabel = "N",
      description = "passes over the training images (default: ${DEFAULT-VALUE})")
  int epochs = 100;

  @Mixin BatchOption batch = new BatchOption(64);

  @Option(
      names = "--lr",
      paramLabel = "R",
      description = "learning rate, the schedule's peak (default: ${DEFAULT-VALUE})")
  double learningRate = 0.01;

  @Option(
      names = "--schedule",
      paramLabel = "NAME",
      description =
          "constant, step, or one-cycle as PyTorch's OneCycleLR (default: ${DEFAULT-VALUE})")
  String schedule = "constant";

  @Option(
      names = "--momentum",
      paramLabel = "M",
      description = "SGD's momentum (default: ${DEFAULT-VALUE})")
  double momentum = 0.9;

  @Option(
      names = "--weight-decay",
      paramLabel = "W",
      description = "SGD's L2 penalty (default: 1e-4)")
  double weightDecay = 1e-4;

  @Option(
      names = "--crop-padding",
      paramLabel = "N",
      description =
          "zero padding around an image before a random crop, in pixels; 0 for no cropping"
              + " (default: ${DEFAULT-VALUE})")
  int cropPadding = Augmentation.Policy.USUAL.cropPadding();

  @Option(
      names = "--horizontal-flip",
      paramLabel = "P",
      description =
          "probability that an image is mirrored; 0 where left and right matter, as in digits"
              + " (default: ${DEFAULT-VALUE})")
  double horizontalFlip = Augmentation.Policy.USUAL.horizontalFlip();

  @Option(
      names = "--lambda",
      paramLabel = "L",
      description = "weight of the alignment loss, Eq. 1 (default: ${DEFAULT-VALUE})")
  double lambda = 0.4;

  @Option(
      names = "--gradient-norm-weight",
      paramLabel = "W",
      description =
          "gradient-norm: weight of the L1 norm of the loss's input-gradient, for pixels in [0, 1];"
              + " its authors use 1.2 / 0.8 · 4/255 (default: ${DEFAULT-VALUE})")
  double gradientNormWeight = 0.0235;

  @Option(
      names = "--targets-per-step",
      paramLabel = "K",
      description =
          "target classes drawn per image and step; all of them if not given, as in the paper",
      defaultValue = Option.NULL_VALUE)
  @Nullable Integer targetsPerStep;

  @Option(
      names = "--align",
      paramLabel = "logit|log-probability",
      description =
          "which input-gradient is aligned: logit, ∇ₓ f(x)_c as in Eq. 1 of the paper, or"
              + " log-probability, ∇ₓ log p(c | x) as in the authors' later code (default:"
              + " ${DEFAULT-VALUE})")
  String align = Alignment.USUAL.gradient().id();

  @Option(
      names = "--statistics",
      paramLabel = "running|batch",
      description =
          "statistics of batch norms while gradients are aligned: running, so that each image's"
              + " gradient depends on that image alone, or batch, in the train mode's single pass"
              + " as in the authors' code (default: ${DEFAULT-VALUE})")
  String statistics = Alignment.USUAL.statistics().id();

  @Mixin RealizationOptions truths = new RealizationOptions();

  @Option(
      names = "--norm",
      paramLabel = "l1|l2|linf",
      description = "the adversary's norm, l1, l2, or linf (default: ${DEFAULT-VALUE})")
  String norm = "l2";

  @Option(
      names = "--epsilon",
      paramLabel = "E",
      converter = Fractions.OfPixels.class,
      description =
          "the adversary's radius for pixels in [0, 1], such as 0.031 or 8/255 (default: where the"
              + " paper measures, l2 0.5 for 32×32 and 1.5 for 96×96, linf 0.031; l1, as Croce and"
              + " Hein 2021: 12 for 32×32)")
  @Nullable Double epsilon;

  @Option(
      names = "--steps",
      paramLabel = "T",
      description = "the adversary's PGD steps (default: ${DEFAULT-VALUE})")
  int steps = 7;

  @Option(
      names = "--limit",
      paramLabel = "N",
      description = "use at most this many training images, balanced over classes")
  int limit = Integer.MAX_VALUE;

  @Mixin SeedOption seed = new SeedOption(0);

  @Option(
      names = "--name",
      paramLabel = "NAME",
      description = "the model's name; the method's if not given")
  String name = "";

  @Option(
      names = "--mixed-precision",
      description =
          "compute convolutions in bfloat16, 1.6 times as fast on a CPU that supports it; weights"
              + " and losses stay float32")
  boolean mixedPrecision;

  @Option(names = "--float16", description = "store the weights as float16")
  boolean float16;

  @Option(
      names = "--test-images",
      paramLabel = "N",
      description = "test images for the final accuracies (default: ${DEFAULT-VALUE})")
  int testImages = 1000;

  @Mixin EngineOptions engineOptions = new EngineOptions();

  /** Relative paths are meant from here; a resumed run's own working directory. */
  Path base = Path.of("");

  /** What a resumed run's model says of itself; its weights are in the run's state. */
  @Nullable ModelCard begun;

  /** The training images, in one size. */
  Dataset train(Consumer<String> say) {
    return size.fitted(
        Datasets.limit(Datasets.open(folder(), Split.TRAIN), limit, seed.value), say);
  }

  /** The test images in the size of the training images. */
  Dataset test(Dataset train) {
    return Datasets.limit(Datasets.open(folder(), Split.TEST), testImages, 0)
        .fitted(train.shape(), size.fit.value, _ -> {});
  }

  private Path folder() {
    if (dataset == null) {
      throw new UserException("Specify the training images: --dataset DIR.");
    }
    return base.resolve(dataset);
  }

  /** The models that it reads. */
  List<Path> sources() {
    return Stream.of(initialCheckpoint, truths.teacher)
        .filter(Objects::nonNull)
        .map(base::resolve)
        .toList();
  }

  TrainingPlan plan(Dataset train) {
    if (method.isEmpty()) {
      throw new UserException("Specify a method: --method vanilla, class-mean, …");
    }
    int classes = train.classes().size();
    checkNetwork(train);
    return new TrainingPlan(
        Method.of(method),
        truths.realization(Method.of(method), train, seed.value, base),
        Family.of(architecture),
        width,
        epochs,
        batch.size,
        learningRate,
        Schedule.of(schedule),
        momentum,
        weightDecay,
        augmentation(train.shape()),
        Method.of(method) == Method.GRADIENT_NORM ? gradientNormWeight : lambda,
        targetsPerStep == null ? classes : Math.min(targetsPerStep, classes),
        new Alignment(Alignment.Gradient.of(align), Alignment.Statistics.of(statistics)),
        adversary(train.shape()),
        steps,
        mixedPrecision,
        seed.value,
        Optional.ofNullable(initialCheckpoint)
            .map(
                file ->
                    begun == null ? initial(base.resolve(file), train) : InitialWeights.of(begun)));
  }

  private InitialWeights initial(Path file, Dataset train) {
    OpenModel model = OpenModel.read(file);
    Agreement.check(model, train);
    Checkpoint checkpoint =
        model
            .checkpoint()
            .orElseThrow(
                () ->
                    new UserException(
                        file + " is a TorchScript program, which cannot be trained."));
    InitialWeights weights =
        new InitialWeights(
            model.name(), model.sha256(), model.card().normalization(), checkpoint.tensors());
    weights.check(model.card().architecture(), network(train));
    return weights;
  }

  private Architecture network(Dataset train) {
    return new Architecture(Family.of(architecture), width, train.shape(), train.classes().size());
  }

  /** Another norm has other sizes: it comes with its own ε. */
  private ThreatModel adversary(InputShape shape) {
    Norm ball = Norm.of(norm);
    return ThreatModel.asked(
        ball, epsilon == null ? Presets.evaluationEpsilon(ball, shape) : epsilon);
  }

  /** A transformer's heads have to divide its width, and its patches the images. */
  private void checkNetwork(Dataset train) {
    Family family = Family.of(architecture);
    try {
      var _ = network(train).tensorShapes();
    } catch (IllegalArgumentException e) {
      throw new UserException(
          "%s of width %d cannot be trained on images of %s, since %s: choose another --architecture or --width."
              .formatted(family.title(), width, train.shape(), e.getMessage()),
          e);
    }
  }

  /** A crop of nothing but padding would show nothing of its image. */
  private Augmentation.Policy augmentation(InputShape shape) {
    if (cropPadding >= Math.min(shape.height(), shape.width())) {
      throw new UserException(
          "The crop padding, %d pixels, has to be smaller than the images, which are %d × %d."
              .formatted(cropPadding, shape.height(), shape.width()));
    }
    return new Augmentation.Policy(cropPadding, horizontalFlip);
  }
}
