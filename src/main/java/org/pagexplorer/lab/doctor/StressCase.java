package org.pagexplorer.lab.doctor;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.SequencedSet;
import org.pagexplorer.domain.Alignment;
import org.pagexplorer.domain.Architecture;
import org.pagexplorer.domain.Convolution;
import org.pagexplorer.domain.Family;
import org.pagexplorer.domain.InputShape;
import org.pagexplorer.engine.KernelStress;
import org.pagexplorer.engine.TorchEngine;

/** One thing to try, alone; its line of words is all that a child process is told. */
sealed interface StressCase {

  /** Computes it. */
  void run(TorchEngine engine);

  /** The words, which {@link #parse} reads. */
  String line();

  /** A convolution with its derivatives, in one mode and layout. */
  record Layer(ConvolutionShapes.Of shape, int batch, KernelStress.Mode mode, boolean channelsLast)
      implements StressCase {

    @Override
    public void run(TorchEngine engine) {
      float sum =
          KernelStress.run(
              engine,
              shape.convolution(),
              batch,
              shape.input().channels(),
              shape.input().side(),
              mode,
              channelsLast);
      if (!Float.isFinite(sum)) {
        throw new IllegalStateException("not a finite number: " + line());
      }
    }

    @Override
    public String line() {
      Convolution c = shape.convolution();
      String usual =
          String.join(
              " ",
              "convolution",
              Integer.toString(batch),
              shape.input().channels() + "x" + shape.input().side() + "x" + shape.input().side(),
              "to",
              Integer.toString(c.channels()),
              "kernel",
              Integer.toString(c.kernel()),
              "stride",
              Integer.toString(c.stride()),
              c.padding().name().toLowerCase(Locale.ROOT),
              mode.name().toLowerCase(Locale.ROOT),
              channelsLast ? "channels-last" : "channels-first");
      return usual
          + (c.margin() == c.kernel() / 2 ? "" : " margin " + c.margin())
          + (c.isBiased() ? " biased" : "")
          + (c.isDepthwise() ? " depthwise" : "");
    }

    private static Layer parse(List<String> words) {
      String[] plane = words.get(2).split("x");
      Convolution convolution =
          new Convolution(
              "",
              Integer.parseInt(words.get(4)),
              Integer.parseInt(words.get(6)),
              Integer.parseInt(words.get(8)),
              Convolution.Padding.valueOf(words.get(9).toUpperCase(Locale.ROOT)));
      int margin = words.indexOf("margin");
      if (margin >= 0) {
        convolution = convolution.withMargin(Integer.parseInt(words.get(margin + 1)));
      }
      convolution = words.contains("biased") ? convolution.biased() : convolution;
      convolution = words.contains("depthwise") ? convolution.depthwise() : convolution;
      return new Layer(
          new ConvolutionShapes.Of(
              new ConvolutionShapes.Plane(Integer.parseInt(plane[0]), Integer.parseInt(plane[1])),
              convolution),
          Integer.parseInt(words.get(1)),
          KernelStress.Mode.valueOf(words.get(10).toUpperCase(Locale.ROOT)),
          words.get(11).equals("channels-last"));
    }
  }

  /**
   * Training steps of a whole ResNet-18.
   *
   * @param targets K of Eq. 1; 0 where nothing is aligned
   */
  record Steps(Training training, int targets, int width, int batch) implements StressCase {
    private static final int STEPS = 2; // and the first

    @Override
    public void run(TorchEngine engine) {
      try (SpeedTest.TimedTraining steps =
          training.of(new SpeedTest(engine, width, batch), targets)) {
        var _ = steps.steps(STEPS);
      }
    }

    @Override
    public String line() {
      return "steps " + training.word() + " K " + targets + " width " + width + " batch " + batch;
    }

    private static Steps parse(List<String> words) {
      return new Steps(
          Training.valueOf(words.get(1).toUpperCase(Locale.ROOT)),
          Integer.parseInt(words.get(3)),
          Integer.parseInt(words.get(5)),
          Integer.parseInt(words.get(7)));
    }
  }

  /** How a network is trained, as far as that makes other kernels run. */
  enum Training {
    VANILLA,
    ADVERSARIAL,
    /** Eq. 1 with the running statistics. */
    RUNNING,
    /** Eq. 1 with the batch's. */
    BATCH,
    /** Eq. 1 with each image K times in the batch. */
    REPEATED;

    private String word() {
      return name().toLowerCase(Locale.ROOT);
    }

    private SpeedTest.TimedTraining of(SpeedTest test, int targets) {
      return switch (this) {
        case VANILLA -> test.vanilla();
        case ADVERSARIAL -> test.adversarial();
        case RUNNING -> test.aligned(targets, Alignment.Statistics.RUNNING);
        case BATCH -> test.aligned(targets, Alignment.Statistics.BATCH);
        case REPEATED -> test.repeated(targets);
      };
    }
  }

  /**
   * What {@link #line} wrote.
   *
   * @throws RuntimeException if it is nothing of ours
   */
  static StressCase parse(String line) {
    List<String> words = List.of(line.split(" "));
    return words.getFirst().equals("steps") ? Steps.parse(words) : Layer.parse(words);
  }

  /**
   * All of that width: training steps, then every convolution of every family in every mode and
   * layout, each once.
   *
   * @param width of ResNets; wide ones, which begin at 16 channels, are 1/16 as wide, at least 1
   */
  static SequencedSet<StressCase> all(int width, int batch) {
    SequencedSet<StressCase> cases = new LinkedHashSet<>();
    cases.add(new Steps(Training.VANILLA, 0, width, batch));
    cases.add(new Steps(Training.ADVERSARIAL, 0, width, batch));
    for (int targets : new int[] {1, 10}) {
      cases.add(new Steps(Training.RUNNING, targets, width, batch));
      cases.add(new Steps(Training.BATCH, targets, width, batch));
    }
    cases.add(new Steps(Training.REPEATED, 10, width, batch));
    for (Family family : Family.values()) {
      if (family.isConvolutional()) {
        addLayers(family, width, batch, cases);
      }
    }
    return cases;
  }

  private static void addLayers(
      Family family, int width, int batch, SequencedSet<StressCase> cases) {
    boolean wide =
        family.design() == Family.Design.WIDE_RESNET
            || family.design() == Family.Design.DM_WIDE_RESNET;
    int factor = wide ? Math.max(1, width / 16) : width;
    for (var shape : ConvolutionShapes.of(new Architecture(family, factor, InputShape.CIFAR, 10))) {
      for (KernelStress.Mode mode : KernelStress.Mode.values()) {
        cases.add(new Layer(shape, batch, mode, false));
        cases.add(new Layer(shape, batch, mode, true));
      }
    }
  }
}
