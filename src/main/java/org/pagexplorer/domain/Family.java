package org.pagexplorer.domain;

import java.util.List;

/** The networks that this application can build; blocks are counted stage by stage. */
public enum Family implements Named {
  /** ResNet-18 for CIFAR (He et al. 2016): 3×3 stem without pooling. The paper's network. */
  RESNET18("resnet18", "ResNet-18", Design.RESNET, 2, 2, 2, 2),
  RESNET34("resnet34", "ResNet-34", Design.RESNET, 3, 4, 6, 3),
  /** With bottlenecks: MadryLab's CIFAR ResNet-50 too. */
  RESNET50("resnet50", "ResNet-50", Design.RESNET, 3, 4, 6, 3),
  /** With torchvision's 7×7 stem, pooling and names; any input size. */
  TORCHVISION_RESNET18(
      "torchvision-resnet18", "torchvision ResNet-18", Design.TORCHVISION_RESNET, 2, 2, 2, 2),
  TORCHVISION_RESNET34(
      "torchvision-resnet34", "torchvision ResNet-34", Design.TORCHVISION_RESNET, 3, 4, 6, 3),
  TORCHVISION_RESNET50(
      "torchvision-resnet50", "torchvision ResNet-50", Design.TORCHVISION_RESNET, 3, 4, 6, 3),
  /** RobustBench's {@code PreActBlock}: the shortcut takes the block's input. */
  PREACT_RESNET18("preact-resnet18", "PreActResNet-18", Design.PREACT_RESNET, 2, 2, 2, 2),
  /** The same with {@code bn_before_fc}. */
  PREACT_RESNET18_BN(
      "preact-resnet18-bn", "PreActResNet-18 (last norm)", Design.PREACT_RESNET, 2, 2, 2, 2),
  /**
   * RobustBench's {@code PreActBlockV2}, also kuangliu's: the shortcut takes the activated input.
   */
  PREACT_RESNET18_V2("preact-resnet18-v2", "PreActResNet-18 V2", Design.PREACT_RESNET, 2, 2, 2, 2),
  /** The same with {@code bn_before_fc}. */
  PREACT_RESNET18_V2_BN(
      "preact-resnet18-v2-bn", "PreActResNet-18 V2 (last norm)", Design.PREACT_RESNET, 2, 2, 2, 2),
  WIDE_RESNET28("wideresnet28", "WideResNet-28", Design.WIDE_RESNET, 4, 4, 4),
  WIDE_RESNET34("wideresnet34", "WideResNet-34", Design.WIDE_RESNET, 5, 5, 5),
  WIDE_RESNET70("wideresnet70", "WideResNet-70", Design.WIDE_RESNET, 11, 11, 11),
  /** RobustBench's {@code DMWideResNet} with Swish, as all of its models have it. */
  DM_WIDE_RESNET28("dm-wideresnet28", "DM WideResNet-28", Design.DM_WIDE_RESNET, 4, 4, 4),
  DM_WIDE_RESNET34("dm-wideresnet34", "DM WideResNet-34", Design.DM_WIDE_RESNET, 5, 5, 5),
  DM_WIDE_RESNET70("dm-wideresnet70", "DM WideResNet-70", Design.DM_WIDE_RESNET, 11, 11, 11),
  /** The same with ReLU, its class's default. */
  DM_WIDE_RESNET28_RELU(
      "dm-wideresnet28-relu", "DM WideResNet-28 (ReLU)", Design.DM_WIDE_RESNET, 4, 4, 4),
  DM_WIDE_RESNET34_RELU(
      "dm-wideresnet34-relu", "DM WideResNet-34 (ReLU)", Design.DM_WIDE_RESNET, 5, 5, 5),
  DM_WIDE_RESNET70_RELU(
      "dm-wideresnet70-relu", "DM WideResNet-70 (ReLU)", Design.DM_WIDE_RESNET, 11, 11, 11),
  /** RobustBench's {@code DMPreActResNet} with Swish. */
  DM_PREACT_RESNET18(
      "dm-preact-resnet18", "DM PreActResNet-18", Design.DM_PREACT_RESNET, 2, 2, 2, 2),
  DM_PREACT_RESNET18_RELU(
      "dm-preact-resnet18-relu", "DM PreActResNet-18 (ReLU)", Design.DM_PREACT_RESNET, 2, 2, 2, 2),
  /** Input → width → classes with ReLU (the paper's section C.1 has width 32). */
  MLP("mlp", "perceptron (ReLU)", Design.PERCEPTRON),
  /** The same with tanh. */
  MLP_TANH("mlp-tanh", "perceptron (tanh)", Design.PERCEPTRON),
  /** The same with the logistic function. */
  MLP_SIGMOID("mlp-sigmoid", "perceptron (sigmoid)", Design.PERCEPTRON),
  /** The same with softplus, ln(1 + eˣ): a ReLU whose gradient changes smoothly. */
  MLP_SOFTPLUS("mlp-softplus", "perceptron (softplus)", Design.PERCEPTRON),
  /** A program that brings its own network: its tensors have no names here. */
  TORCHSCRIPT("torchscript", "TorchScript program", Design.PROGRAM);

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

  private final String id;
  private final String title;
  private final Design design;
  private final List<Integer> blocks;

  Family(String id, String title, Design design, Integer... blocks) {
    this.id = id;
    this.title = title;
    this.design = design;
    this.blocks = List.of(blocks);
  }

  @Override
  public String title() {
    return title;
  }

  @Override
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

  /** Whether it is a program, which nothing here can train or look into. */
  public boolean isProgram() {
    return design == Design.PROGRAM;
  }

  boolean isBottleneck() {
    return this == RESNET50 || this == TORCHVISION_RESNET50;
  }

  boolean hasLastNorm() {
    return this == PREACT_RESNET18_BN || this == PREACT_RESNET18_V2_BN;
  }

  boolean shortcutIsActivated() {
    return this == PREACT_RESNET18_V2 || this == PREACT_RESNET18_V2_BN;
  }

  Activation activation() {
    return switch (this) {
      case MLP_TANH -> Activation.TANH;
      case MLP_SIGMOID -> Activation.SIGMOID;
      case MLP_SOFTPLUS -> Activation.SOFTPLUS;
      case DM_WIDE_RESNET28, DM_WIDE_RESNET34, DM_WIDE_RESNET70, DM_PREACT_RESNET18 ->
          Activation.SWISH;
      default -> Activation.RELU;
    };
  }

  /**
   * The family of that name.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static Family of(String id) {
    return Named.of(values(), "architecture", id);
  }
}
