package org.pagexplorer.engine;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.pagexplorer.domain.Architecture;
import org.pagexplorer.domain.Family;
import org.pagexplorer.domain.Family.Design;
import org.pagexplorer.domain.Image;
import org.pagexplorer.domain.InputShape;
import org.pagexplorer.domain.Normalization;
import org.pagexplorer.domain.Precision;

/** Every network can be attacked, for color and gray images, in both precisions. */
class EveryNetworkTest {
  private static final int[] CLASSES = {1};
  private static final int MOST_BLOCKS = 18;

  private static TorchEngine engine;

  @BeforeAll
  static void open() {
    engine = TorchEngine.open("cpu");
  }

  @AfterAll
  static void close() {
    engine.close();
  }

  static Stream<Architecture> networks() {
    List<String> open =
        List.of(
            "cifar-resnet14-b",
            "vgg11-bn-h16-p2",
            "vit-d2h3p8-distilled",
            "vit-d2h3p8-scaled-unplaced",
            "pag-vit-d2h3p8m24-averaged",
            "cnn-c4k3s1p1nbm2-c6k4s2p1-l9");
    List<Architecture> networks = new ArrayList<>();
    Stream.concat(Family.values().stream(), open.stream().map(Family::of))
        .filter(family -> !family.isProgram())
        // Deeper ones have the same blocks.
        .filter(family -> family.blocks().stream().mapToInt(n -> n).sum() <= MOST_BLOCKS)
        .forEach(family -> networks.add(network(family, 3)));
    for (Family family :
        List.of(Family.RESNET18, Family.VGG11_BN, Family.CONVNEXT_TINY, Family.VIT_TINY16)) {
      networks.add(network(family, 1));
    }
    return networks.stream();
  }

  private static Architecture network(Family family, int channels) {
    return new Architecture(family, width(family), new InputShape(channels, 32, 32), 5);
  }

  private static int width(Family family) {
    return switch (family.design()) {
      case VISION_TRANSFORMER, PAG_VIT -> 48;
      case WIDE_RESNET, DM_WIDE_RESNET, PLAIN_CNN -> 1;
      case VGG -> 8;
      default -> 4;
    };
  }

  @ParameterizedTest
  @MethodSource("networks")
  void gradientsOfBothPrecisionsPointTheSameWay(Architecture network) {
    SplittableRandom random = new SplittableRandom(3);
    List<Image> images = new ArrayList<>();
    for (int n = 0; n < CLASSES.length; n++) {
      float[] pixels = new float[network.input().size()];
      for (int i = 0; i < pixels.length; i++) {
        pixels[i] = (float) random.nextDouble();
      }
      images.add(new Image(network.input(), pixels));
    }
    List<Image> exact = gradients(network, images, Precision.EXACT);
    List<Image> fast = gradients(network, images, Precision.FAST);
    for (int i = 0; i < images.size(); i++) {
      double cosine = cosine(exact.get(i).pixels(), fast.get(i).pixels());
      // The exact one is PyTorch's in the Foreign…Tests. The fast one rounds to bfloat16's eight
      // bits, with which VGG's poolings take another pixel: 0.86 at least was found, elsewhere
      // 0.96.
      double least = network.family().design() == Design.VGG ? 0.75 : 0.95;
      assertTrue(cosine > least, network + ": " + cosine);
    }
  }

  private static List<Image> gradients(
      Architecture network, List<Image> images, Precision precision) {
    try (Classifier f =
        Classifier.of(
            engine,
            network,
            Normalization.identity(network.input().channels()),
            Initialization.of(network, 9),
            precision)) {
      return InputGradients.ofLogit(f, images, CLASSES);
    }
  }

  /** Not a number where a gradient is zero, which no threshold passes. */
  private static double cosine(float[] a, float[] b) {
    double product = 0;
    double first = 0;
    double second = 0;
    for (int i = 0; i < a.length; i++) {
      product += (double) a[i] * b[i];
      first += (double) a[i] * a[i];
      second += (double) b[i] * b[i];
    }
    return product / Math.sqrt(first * second);
  }
}
