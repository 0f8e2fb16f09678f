package org.pagexplorer.domain;

import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.pagexplorer.domain.Family.Design;

/** Residual networks by the depths of He et al. (2016): 18, 34, 50, 101, and 152. */
final class ResNetFamilies {
  private ResNetFamilies() {}

  /**
   * For CIFAR, with a 3×3 stem.
   *
   * @param pooled whether torchvision's pooling follows the stem
   */
  static Family cifar(int depth, boolean pooled) {
    Set<Trait> traits = bottleneck(depth);
    if (pooled) {
      traits.add(Trait.POOLED);
    }
    return family(
        "resnet" + depth + (pooled ? "-pooled" : ""),
        "ResNet-" + depth + (pooled ? " (pooled)" : ""),
        Design.RESNET,
        traits,
        Activation.RELU,
        depth);
  }

  /**
   * With torchvision's 7×7 stem, pooling, and names.
   *
   * @param wide whether bottlenecks are twice as wide inside
   */
  static Family torchvision(int depth, boolean wide) {
    Set<Trait> traits = bottleneck(depth);
    if (wide) {
      traits.add(Trait.WIDE);
    }
    return family(
        "torchvision-" + (wide ? "wide-resnet%d-2" : "resnet%d").formatted(depth),
        "torchvision " + (wide ? "Wide ResNet-%d-2" : "ResNet-%d").formatted(depth),
        Design.TORCHVISION_RESNET,
        traits,
        Activation.RELU,
        depth);
  }

  /**
   * RobustBench's {@code PreActBlock}, {@code PreActBlockV2}, and {@code PreActBottleneck}; the
   * last one's shortcut takes the activated input everywhere.
   *
   * @param v2 whether a basic block's shortcut takes the activated input
   * @param lastNorm {@code bn_before_fc}
   */
  static Family preAct(int depth, boolean v2, boolean lastNorm) {
    Set<Trait> traits = bottleneck(depth);
    if (v2 || traits.contains(Trait.BOTTLENECK)) {
      traits.add(Trait.ACTIVATED_SHORTCUT);
    }
    if (lastNorm) {
      traits.add(Trait.LAST_NORM);
    }
    return family(
        "preact-resnet" + depth + (v2 ? "-v2" : "") + (lastNorm ? "-bn" : ""),
        "PreActResNet-" + depth + (v2 ? " V2" : "") + (lastNorm ? " (last norm)" : ""),
        Design.PREACT_RESNET,
        traits,
        Activation.RELU,
        depth);
  }

  /**
   * RobustBench's {@code DMPreActResNet}.
   *
   * @param activation Swish or ReLU
   */
  static Family dmPreAct(int depth, Activation activation) {
    boolean relu = activation == Activation.RELU;
    return family(
        "dm-preact-resnet" + depth + (relu ? "-relu" : ""),
        "DM PreActResNet-" + depth + (relu ? " (ReLU)" : ""),
        Design.DM_PREACT_RESNET,
        Set.of(),
        activation,
        depth);
  }

  private static Set<Trait> bottleneck(int depth) {
    return depth < 50 ? EnumSet.noneOf(Trait.class) : EnumSet.of(Trait.BOTTLENECK);
  }

  private static Family family(
      String id, String title, Design design, Set<Trait> traits, Activation activation, int depth) {
    return new Family(id, title, design, traits, activation, blocks(depth), Map.of());
  }

  private static List<Integer> blocks(int depth) {
    return switch (depth) {
      case 18 -> List.of(2, 2, 2, 2);
      case 34, 50 -> List.of(3, 4, 6, 3);
      case 101 -> List.of(3, 4, 23, 3);
      case 152 -> List.of(3, 8, 36, 3);
      default -> throw new IllegalArgumentException("there is no ResNet-" + depth);
    };
  }
}
