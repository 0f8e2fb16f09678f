package org.pagexplorer.domain;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A network that this application can build. Those that people name are constants; of others (a
 * wide ResNet of any depth, a small CNN) the name says all: {@link #of}.
 */
public final class Family {
  private static final List<Family> KNOWN = new ArrayList<>();
  private static final int MOST_BLOCKS = 1000;

  /** ResNet-18 for CIFAR (He et al. 2016): 3×3 stem without pooling. The paper's network. */
  public static final Family RESNET18 =
      known("resnet18", "ResNet-18", Design.RESNET, Set.of(), 2, 2, 2, 2);

  public static final Family RESNET34 =
      known("resnet34", "ResNet-34", Design.RESNET, Set.of(), 3, 4, 6, 3);

  /** With bottlenecks: MadryLab's CIFAR ResNet-50 too. */
  public static final Family RESNET50 =
      known("resnet50", "ResNet-50", Design.RESNET, Set.of(Trait.BOTTLENECK), 3, 4, 6, 3);

  public static final Family RESNET101 =
      known("resnet101", "ResNet-101", Design.RESNET, Set.of(Trait.BOTTLENECK), 3, 4, 23, 3);

  public static final Family RESNET152 =
      known("resnet152", "ResNet-152", Design.RESNET, Set.of(Trait.BOTTLENECK), 3, 8, 36, 3);

  /** With a 3×3 stem, and after it torchvision's pooling. */
  public static final Family RESNET18_POOLED =
      known(
          "resnet18-pooled", "ResNet-18 (pooled)", Design.RESNET, Set.of(Trait.POOLED), 2, 2, 2, 2);

  public static final Family RESNET34_POOLED =
      known(
          "resnet34-pooled", "ResNet-34 (pooled)", Design.RESNET, Set.of(Trait.POOLED), 3, 4, 6, 3);

  public static final Family RESNET50_POOLED =
      known(
          "resnet50-pooled",
          "ResNet-50 (pooled)",
          Design.RESNET,
          Set.of(Trait.BOTTLENECK, Trait.POOLED),
          3,
          4,
          6,
          3);

  /** With torchvision's 7×7 stem, pooling and names; any input size. */
  public static final Family TORCHVISION_RESNET18 =
      torchvision("resnet18", "ResNet-18", Set.of(), 2, 2, 2, 2);

  public static final Family TORCHVISION_RESNET34 =
      torchvision("resnet34", "ResNet-34", Set.of(), 3, 4, 6, 3);

  public static final Family TORCHVISION_RESNET50 =
      torchvision("resnet50", "ResNet-50", Set.of(Trait.BOTTLENECK), 3, 4, 6, 3);

  public static final Family TORCHVISION_RESNET101 =
      torchvision("resnet101", "ResNet-101", Set.of(Trait.BOTTLENECK), 3, 4, 23, 3);

  public static final Family TORCHVISION_RESNET152 =
      torchvision("resnet152", "ResNet-152", Set.of(Trait.BOTTLENECK), 3, 8, 36, 3);

  /** Bottlenecks twice as wide inside (Zagoruyko and Komodakis 2016). */
  public static final Family TORCHVISION_WIDE_RESNET50 =
      torchvision(
          "wide-resnet50-2", "Wide ResNet-50-2", Set.of(Trait.BOTTLENECK, Trait.WIDE), 3, 4, 6, 3);

  public static final Family TORCHVISION_WIDE_RESNET101 =
      torchvision(
          "wide-resnet101-2",
          "Wide ResNet-101-2",
          Set.of(Trait.BOTTLENECK, Trait.WIDE),
          3,
          4,
          23,
          3);

  /** RobustBench's {@code PreActBlock}: the shortcut takes the block's input. */
  public static final Family PREACT_RESNET18 = preAct("18", "18", Set.of(), 2, 2, 2, 2);

  /** The same with {@code bn_before_fc}. */
  public static final Family PREACT_RESNET18_BN =
      preAct("18-bn", "18 (last norm)", Set.of(Trait.LAST_NORM), 2, 2, 2, 2);

  /**
   * RobustBench's {@code PreActBlockV2}, also kuangliu's: the shortcut takes the activated input.
   */
  public static final Family PREACT_RESNET18_V2 =
      preAct("18-v2", "18 V2", Set.of(Trait.ACTIVATED_SHORTCUT), 2, 2, 2, 2);

  /** The same with {@code bn_before_fc}. */
  public static final Family PREACT_RESNET18_V2_BN =
      preAct(
          "18-v2-bn",
          "18 V2 (last norm)",
          Set.of(Trait.ACTIVATED_SHORTCUT, Trait.LAST_NORM),
          2,
          2,
          2,
          2);

  public static final Family PREACT_RESNET34 = preAct("34", "34", Set.of(), 3, 4, 6, 3);

  public static final Family PREACT_RESNET34_BN =
      preAct("34-bn", "34 (last norm)", Set.of(Trait.LAST_NORM), 3, 4, 6, 3);

  public static final Family PREACT_RESNET34_V2 =
      preAct("34-v2", "34 V2", Set.of(Trait.ACTIVATED_SHORTCUT), 3, 4, 6, 3);

  public static final Family PREACT_RESNET34_V2_BN =
      preAct(
          "34-v2-bn",
          "34 V2 (last norm)",
          Set.of(Trait.ACTIVATED_SHORTCUT, Trait.LAST_NORM),
          3,
          4,
          6,
          3);

  /** {@code PreActBottleneck}, whose shortcut takes the activated input everywhere. */
  public static final Family PREACT_RESNET50 =
      preAct("50", "50", Set.of(Trait.BOTTLENECK, Trait.ACTIVATED_SHORTCUT), 3, 4, 6, 3);

  public static final Family PREACT_RESNET50_BN =
      preAct(
          "50-bn",
          "50 (last norm)",
          Set.of(Trait.BOTTLENECK, Trait.ACTIVATED_SHORTCUT, Trait.LAST_NORM),
          3,
          4,
          6,
          3);

  public static final Family WIDE_RESNET28 = known(wideResNet(28));
  public static final Family WIDE_RESNET34 = known(wideResNet(34));
  public static final Family WIDE_RESNET70 = known(wideResNet(70));

  /** RobustBench's {@code DMWideResNet} with Swish, as all of its models have it. */
  public static final Family DM_WIDE_RESNET28 = known(dmWideResNet(28, Activation.SWISH));

  public static final Family DM_WIDE_RESNET34 = known(dmWideResNet(34, Activation.SWISH));
  public static final Family DM_WIDE_RESNET70 = known(dmWideResNet(70, Activation.SWISH));

  /** The same with ReLU, its class's default. */
  public static final Family DM_WIDE_RESNET28_RELU = known(dmWideResNet(28, Activation.RELU));

  public static final Family DM_WIDE_RESNET34_RELU = known(dmWideResNet(34, Activation.RELU));
  public static final Family DM_WIDE_RESNET70_RELU = known(dmWideResNet(70, Activation.RELU));

  /** RobustBench's {@code DMPreActResNet} with Swish. */
  public static final Family DM_PREACT_RESNET18 =
      dmPreAct("18", "18", Activation.SWISH, 2, 2, 2, 2);

  public static final Family DM_PREACT_RESNET18_RELU =
      dmPreAct("18-relu", "18 (ReLU)", Activation.RELU, 2, 2, 2, 2);

  public static final Family DM_PREACT_RESNET34 =
      dmPreAct("34", "34", Activation.SWISH, 3, 4, 6, 3);

  public static final Family DM_PREACT_RESNET34_RELU =
      dmPreAct("34-relu", "34 (ReLU)", Activation.RELU, 3, 4, 6, 3);

  /** He et al. (2016), section 4.2: three stages from 16 channels, shortcuts without weights. */
  public static final Family CIFAR_RESNET20 = known(cifarResNet(20, false));

  public static final Family CIFAR_RESNET32 = known(cifarResNet(32, false));
  public static final Family CIFAR_RESNET44 = known(cifarResNet(44, false));
  public static final Family CIFAR_RESNET56 = known(cifarResNet(56, false));
  public static final Family CIFAR_RESNET110 = known(cifarResNet(110, false));

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
      known("torchscript", "TorchScript program", Design.PROGRAM, Set.of());

  private static final Pattern DEEP =
      Pattern.compile("(wideresnet|dm-wideresnet|cifar-resnet)([0-9]{2,4})(-relu|-b)?");

  /** How a network is built; one class of {@link Networks} each. */
  public enum Design {
    PERCEPTRON,
    RESNET,
    TORCHVISION_RESNET,
    PREACT_RESNET,
    WIDE_RESNET,
    DM_WIDE_RESNET,
    DM_PREACT_RESNET,
    PROGRAM
  }

  /** In what a network differs from others of its design. */
  enum Trait {
    /** Blocks of 1×1, 3×3 and 1×1 convolutions, the last four times as wide. */
    BOTTLENECK,
    /** Bottlenecks twice as wide inside. */
    WIDE,
    /** A 3×3 pooling after the first layer. */
    POOLED,
    /** One more batch norm before the last layer. */
    LAST_NORM,
    /** A block's shortcut takes what its first convolution takes. */
    ACTIVATED_SHORTCUT,
    /** Shortcuts without weights: every second pixel, and channels of zeros. */
    PADDED_SHORTCUT
  }

  private final String id;
  private final String title;
  private final Design design;
  private final Set<Trait> traits;
  private final Activation activation;
  private final List<Integer> blocks;

  private Family(
      String id,
      String title,
      Design design,
      Set<Trait> traits,
      Activation activation,
      List<Integer> blocks) {
    this.id = id;
    this.title = title;
    this.design = design;
    this.traits = traits;
    this.activation = activation;
    this.blocks = List.copyOf(blocks);
  }

  private static Family known(Family family) {
    KNOWN.add(family);
    return family;
  }

  private static Family known(
      String id, String title, Design design, Set<Trait> traits, Integer... blocks) {
    return known(new Family(id, title, design, traits, Activation.RELU, List.of(blocks)));
  }

  private static Family torchvision(String id, String title, Set<Trait> traits, Integer... blocks) {
    return known(
        "torchvision-" + id, "torchvision " + title, Design.TORCHVISION_RESNET, traits, blocks);
  }

  private static Family preAct(String id, String title, Set<Trait> traits, Integer... blocks) {
    return known(
        "preact-resnet" + id, "PreActResNet-" + title, Design.PREACT_RESNET, traits, blocks);
  }

  private static Family dmPreAct(String id, String title, Activation act, Integer... blocks) {
    return known(
        new Family(
            "dm-preact-resnet" + id,
            "DM PreActResNet-" + title,
            Design.DM_PREACT_RESNET,
            Set.of(),
            act,
            List.of(blocks)));
  }

  private static Family perceptron(String id, String title, Activation activation) {
    return known(
        new Family(
            id, "perceptron (" + title + ")", Design.PERCEPTRON, Set.of(), activation, List.of()));
  }

  /**
   * Zagoruyko and Komodakis (2016), with the names of TRADES and RobustBench.
   *
   * @param depth 6n + 4, from 10
   */
  public static Family wideResNet(int depth) {
    int n = blocks(depth, 4);
    return new Family(
        "wideresnet" + depth,
        "WideResNet-" + depth,
        Design.WIDE_RESNET,
        Set.of(),
        Activation.RELU,
        List.of(n, n, n));
  }

  /**
   * RobustBench's {@code DMWideResNet}.
   *
   * @param depth 6n + 4, from 10
   * @param activation Swish or ReLU
   */
  public static Family dmWideResNet(int depth, Activation activation) {
    int n = blocks(depth, 4);
    boolean relu = activation == Activation.RELU;
    return new Family(
        "dm-wideresnet" + depth + (relu ? "-relu" : ""),
        "DM WideResNet-" + depth + (relu ? " (ReLU)" : ""),
        Design.DM_WIDE_RESNET,
        Set.of(),
        activation,
        List.of(n, n, n));
  }

  /**
   * He et al. (2016) for CIFAR: three stages.
   *
   * @param depth 6n + 2, from 8
   * @param projected whether shortcuts have weights (their option B), or only zeros (option A)
   */
  public static Family cifarResNet(int depth, boolean projected) {
    int n = blocks(depth, 2);
    return new Family(
        "cifar-resnet" + depth + (projected ? "-b" : ""),
        "CIFAR ResNet-" + depth + (projected ? " (projections)" : ""),
        Design.RESNET,
        projected ? Set.of() : Set.of(Trait.PADDED_SHORTCUT),
        Activation.RELU,
        List.of(n, n, n));
  }

  private static int blocks(int depth, int rest) {
    int n = (depth - rest) / 6;
    if (n < 1 || n > MOST_BLOCKS || 6 * n + rest != depth) {
      throw new IllegalArgumentException(
          "a depth of such networks is 6n + %d, not %d".formatted(rest, depth));
    }
    return n;
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
    return design != Design.PERCEPTRON && design != Design.PROGRAM;
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
      if (family.id.equals(id)) {
        return family;
      }
    }
    Matcher deep = DEEP.matcher(id);
    if (deep.matches()) {
      int depth = Integer.parseInt(deep.group(2));
      boolean marked = deep.group(3) != null;
      Family found =
          switch (deep.group(1)) {
            case "wideresnet" -> wideResNet(depth);
            case "cifar-resnet" -> cifarResNet(depth, marked);
            default -> dmWideResNet(depth, marked ? Activation.RELU : Activation.SWISH);
          };
      if (found.id.equals(id)) {
        return found;
      }
    }
    throw new IllegalArgumentException(
        "unknown architecture \"%s\"; known are %s, and wide ResNets of other depths"
            .formatted(id, String.join(", ", KNOWN.stream().map(Family::id).toList())));
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
