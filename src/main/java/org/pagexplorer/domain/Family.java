package org.pagexplorer.domain;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * A network that this application can build. Those that people name are constants; of others (a
 * wide ResNet of any depth, a small CNN) the name says all: {@link #of}.
 */
public final class Family {
  private static final List<Family> KNOWN = new ArrayList<>();

  /** ResNet-18 for CIFAR (He et al. 2016): 3×3 stem without pooling. The paper's network. */
  public static final Family RESNET18 = known(ResNetFamilies.cifar(18, false));

  public static final Family RESNET34 = known(ResNetFamilies.cifar(34, false));

  /** With bottlenecks: MadryLab's CIFAR ResNet-50 too. */
  public static final Family RESNET50 = known(ResNetFamilies.cifar(50, false));

  public static final Family RESNET101 = known(ResNetFamilies.cifar(101, false));
  public static final Family RESNET152 = known(ResNetFamilies.cifar(152, false));

  /** With a 3×3 stem, and after it torchvision's pooling. */
  public static final Family RESNET18_POOLED = known(ResNetFamilies.cifar(18, true));

  public static final Family RESNET34_POOLED = known(ResNetFamilies.cifar(34, true));
  public static final Family RESNET50_POOLED = known(ResNetFamilies.cifar(50, true));

  /** With torchvision's 7×7 stem, pooling and names; any input size. */
  public static final Family TORCHVISION_RESNET18 = known(ResNetFamilies.torchvision(18, false));

  public static final Family TORCHVISION_RESNET34 = known(ResNetFamilies.torchvision(34, false));
  public static final Family TORCHVISION_RESNET50 = known(ResNetFamilies.torchvision(50, false));
  public static final Family TORCHVISION_RESNET101 = known(ResNetFamilies.torchvision(101, false));
  public static final Family TORCHVISION_RESNET152 = known(ResNetFamilies.torchvision(152, false));

  /** Bottlenecks twice as wide inside (Zagoruyko and Komodakis 2016). */
  public static final Family TORCHVISION_WIDE_RESNET50 =
      known(ResNetFamilies.torchvision(50, true));

  public static final Family TORCHVISION_WIDE_RESNET101 =
      known(ResNetFamilies.torchvision(101, true));

  /** RobustBench's {@code PreActBlock}: the shortcut takes the block's input. */
  public static final Family PREACT_RESNET18 = known(ResNetFamilies.preAct(18, false, false));

  /** The same with {@code bn_before_fc}. */
  public static final Family PREACT_RESNET18_BN = known(ResNetFamilies.preAct(18, false, true));

  /**
   * RobustBench's {@code PreActBlockV2}, also kuangliu's: the shortcut takes the activated input.
   */
  public static final Family PREACT_RESNET18_V2 = known(ResNetFamilies.preAct(18, true, false));

  /** The same with {@code bn_before_fc}. */
  public static final Family PREACT_RESNET18_V2_BN = known(ResNetFamilies.preAct(18, true, true));

  public static final Family PREACT_RESNET34 = known(ResNetFamilies.preAct(34, false, false));
  public static final Family PREACT_RESNET34_BN = known(ResNetFamilies.preAct(34, false, true));
  public static final Family PREACT_RESNET34_V2 = known(ResNetFamilies.preAct(34, true, false));
  public static final Family PREACT_RESNET34_V2_BN = known(ResNetFamilies.preAct(34, true, true));

  /** {@code PreActBottleneck}. */
  public static final Family PREACT_RESNET50 = known(ResNetFamilies.preAct(50, false, false));

  public static final Family PREACT_RESNET50_BN = known(ResNetFamilies.preAct(50, false, true));

  public static final Family WIDE_RESNET28 = known(Families.wideResNet(28));
  public static final Family WIDE_RESNET34 = known(Families.wideResNet(34));
  public static final Family WIDE_RESNET70 = known(Families.wideResNet(70));

  /** RobustBench's {@code DMWideResNet} with Swish, as all of its models have it. */
  public static final Family DM_WIDE_RESNET28 = known(Families.dmWideResNet(28, Activation.SWISH));

  public static final Family DM_WIDE_RESNET34 = known(Families.dmWideResNet(34, Activation.SWISH));
  public static final Family DM_WIDE_RESNET70 = known(Families.dmWideResNet(70, Activation.SWISH));

  /** The same with ReLU, its class's default. */
  public static final Family DM_WIDE_RESNET28_RELU =
      known(Families.dmWideResNet(28, Activation.RELU));

  public static final Family DM_WIDE_RESNET34_RELU =
      known(Families.dmWideResNet(34, Activation.RELU));
  public static final Family DM_WIDE_RESNET70_RELU =
      known(Families.dmWideResNet(70, Activation.RELU));

  /** RobustBench's {@code DMPreActResNet} with Swish. */
  public static final Family DM_PREACT_RESNET18 =
      known(ResNetFamilies.dmPreAct(18, Activation.SWISH));

  public static final Family DM_PREACT_RESNET18_RELU =
      known(ResNetFamilies.dmPreAct(18, Activation.RELU));
  public static final Family DM_PREACT_RESNET34 =
      known(ResNetFamilies.dmPreAct(34, Activation.SWISH));
  public static final Family DM_PREACT_RESNET34_RELU =
      known(ResNetFamilies.dmPreAct(34, Activation.RELU));

  /** He et al. (2016), section 4.2: three stages from 16 channels, shortcuts without weights. */
  public static final Family CIFAR_RESNET20 = known(Families.cifarResNet(20, false));

  public static final Family CIFAR_RESNET32 = known(Families.cifarResNet(32, false));
  public static final Family CIFAR_RESNET44 = known(Families.cifarResNet(44, false));
  public static final Family CIFAR_RESNET56 = known(Families.cifarResNet(56, false));
  public static final Family CIFAR_RESNET110 = known(Families.cifarResNet(110, false));

  /** Simonyan and Zisserman (2015) with kuangliu's one last layer. */
  public static final Family VGG11 = known(Families.vgg(11, false, 0, 1));

  public static final Family VGG13 = known(Families.vgg(13, false, 0, 1));
  public static final Family VGG16 = known(Families.vgg(16, false, 0, 1));
  public static final Family VGG19 = known(Families.vgg(19, false, 0, 1));
  public static final Family VGG11_BN = known(Families.vgg(11, true, 0, 1));
  public static final Family VGG13_BN = known(Families.vgg(13, true, 0, 1));
  public static final Family VGG16_BN = known(Families.vgg(16, true, 0, 1));
  public static final Family VGG19_BN = known(Families.vgg(19, true, 0, 1));

  /** The paper's vision transformer, as its authors' code has it; its width is 384. */
  public static final Family PAG_VIT = known(Families.pagVit(7, 12, 4, 384, true));

  /** ViT-Ti/16 and DeiT-Ti/16; their width is 192. */
  public static final Family VIT_TINY16 = known(Families.vit(12, 3, 16));

  /** ViT-S/16 and DeiT-S/16; their width is 384. */
  public static final Family VIT_SMALL16 = known(Families.vit(12, 6, 16));

  /** ViT-B/16 and DeiT-B/16; their width is 768. */
  public static final Family VIT_BASE16 = known(Families.vit(12, 12, 16));

  /** ConvNeXt-T; its width is 96. */
  public static final Family CONVNEXT_TINY = known(Families.convNext(List.of(3, 3, 9, 3)));

  /** ConvNeXt-S, of width 96, and ConvNeXt-B, of width 128. */
  public static final Family CONVNEXT_SMALL = known(Families.convNext(List.of(3, 3, 27, 3)));

  /** Input → width → classes with ReLU (the paper's section C.1 has width 32). */
  public static final Family MLP = perceptron("mlp", "ReLU", Activation.RELU);

  /** The same with tanh. */
  public static final Family MLP_TANH = perceptron("mlp-tanh", "tanh", Activation.TANH);

  /** The same with the logistic function. */
  public static final Family MLP_SIGMOID = perceptron("mlp-sigmoid", "sigmoid", Activation.SIGMOID);

  /** The same with softplus, ln(1 + eˣ): a ReLU whose gradient changes smoothly. */
  public static final Family MLP_SOFTPLUS =
      perceptron("mlp-softplus", "softplus", Activation.SOFTPLUS);

  /** A program that brings its own network: its tensors have no names here. */
  public static final Family TORCHSCRIPT =
      known(
          new Family(
              "torchscript",
              "TorchScript program",
              Design.PROGRAM,
              Set.of(),
              Activation.RELU,
              List.of(),
              Map.of()));

  /** How a network is built; one class of {@link Networks} each. */
  public enum Design {
    PERCEPTRON,
    RESNET,
    TORCHVISION_RESNET,
    PREACT_RESNET,
    WIDE_RESNET,
    DM_WIDE_RESNET,
    DM_PREACT_RESNET,
    VGG,
    VISION_TRANSFORMER,
    PAG_VIT,
    CONVNEXT,
    PLAIN_CNN,
    PROGRAM
  }

  /** Sizes that belong to a design beside its blocks and its width. */
  enum Size {
    /** Attention heads. */
    HEADS,
    /** A patch's height and width, in pixels. */
    PATCH,
    /** Features between two linear layers; 0 for the usual number. */
    HIDDEN,
    /** Height and width of what is flattened. */
    POOLED
  }

  private final String id;
  private final String title;
  private final Design design;
  private final Set<Trait> traits;
  private final Activation activation;
  private final List<Integer> blocks;
  private final Map<Size, Integer> sizes;

  Family(
      String id,
      String title,
      Design design,
      Set<Trait> traits,
      Activation activation,
      List<Integer> blocks,
      Map<Size, Integer> sizes) {
    this.id = id;
    this.title = title;
    this.design = design;
    this.traits = Set.copyOf(traits);
    this.activation = activation;
    this.blocks = List.copyOf(blocks);
    this.sizes = Map.copyOf(sizes);
  }

  private static Family known(Family family) {
    KNOWN.add(family);
    return family;
  }

  private static Family perceptron(String id, String title, Activation activation) {
    return known(
        new Family(
            id,
            "perceptron (" + title + ")",
            Design.PERCEPTRON,
            Set.of(),
            activation,
            List.of(),
            Map.of()));
  }

  /** The networks that people name. */
  public static List<Family> values() {
    return Collections.unmodifiableList(KNOWN);
  }

  /** The name for people. */
  public String title() {
    return title;
  }

  /** The name in files and on the command line. */
  public String id() {
    return id;
  }

  public Design design() {
    return design;
  }

  /** Number of residual blocks of each stage. */
  public List<Integer> blocks() {
    return blocks;
  }

  /** Whether its weights are convolutions of ours; a program's own are not seen. */
  public boolean isConvolutional() {
    return switch (design) {
      case PERCEPTRON, VISION_TRANSFORMER, PAG_VIT, PROGRAM -> false;
      default -> true;
    };
  }

  /** Whether it is no perceptron, which is for points. */
  public boolean isForImages() {
    return design != Design.PERCEPTRON;
  }

  /** Whether it may be computed in bfloat16: without layer norms, whose sums need more. */
  public boolean isFastInBfloat16() {
    return isConvolutional() && design != Design.CONVNEXT;
  }

  /** Whether names and shapes mean this network unless the user says otherwise. */
  public boolean isUsual() {
    return design != Design.RESNET || !has(Trait.POOLED);
  }

  /** Whether it is a program, which nothing here can train or look into. */
  public boolean isProgram() {
    return design == Design.PROGRAM;
  }

  boolean has(Trait trait) {
    return traits.contains(trait);
  }

  int size(Size size) {
    return sizes.getOrDefault(size, 0);
  }

  Activation activation() {
    return activation;
  }

  /**
   * The family of that name.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static Family of(String id) {
    for (Family family : KNOWN) {
      if (family.id.equalsIgnoreCase(id.strip())) {
        return family;
      }
    }
    return Families.of(id.strip().toLowerCase(Locale.ROOT))
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "unknown architecture \"%s\"; known are %s, and some of them in other depths"
                        .formatted(
                            id, String.join(", ", KNOWN.stream().map(Family::id).toList()))));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Family family && id.equals(family.id);
  }

  @Override
  public int hashCode() {
    return id.hashCode();
  }

  @Override
  public String toString() {
    return id;
  }
}
