package org.pagexplorer.domain;

import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.pagexplorer.domain.Family.Design;
import org.pagexplorer.domain.Family.Size;

/** Networks of which there are arbitrarily many: their names say their sizes. */
public final class Families {
  private static final int MOST_BLOCKS = 1000;
  private static final Pattern DEEP =
      Pattern.compile("(wideresnet|dm-wideresnet|cifar-resnet)([0-9]{2,4})(-relu|-b)?");
  private static final Pattern VGG =
      Pattern.compile("vgg([0-9]{2})(-bn)?(?:-h([0-9]{1,5}))?(?:-p([0-9]))?");
  private static final Pattern VIT =
      Pattern.compile(
          "vit-d([0-9]{1,2})h([0-9]{1,2})p([0-9]{1,2})(?:m([0-9]{1,5}))?"
              + "(-distilled)?(-scaled)?(-unplaced)?");
  private static final Pattern PAG_VIT =
      Pattern.compile("pag-vit-d([0-9]{1,2})h([0-9]{1,2})p([0-9]{1,2})m([0-9]{1,5})(-averaged)?");
  private static final Pattern CONVNEXT =
      Pattern.compile("convnext-([0-9]{1,2})-([0-9]{1,2})-([0-9]{1,2})-([0-9]{1,2})");

  private Families() {}

  /**
   * Zagoruyko and Komodakis (2016), with the names of TRADES and RobustBench.
   *
   * @param depth 6n + 4, from 10
   */
  public static Family wideResNet(int depth) {
    return deep(
        "wideresnet" + depth,
        "WideResNet-" + depth,
        Design.WIDE_RESNET,
        Set.of(),
        Activation.RELU,
        blocks(depth, 4));
  }

  /**
   * RobustBench's {@code DMWideResNet}.
   *
   * @param depth 6n + 4, from 10
   * @param activation Swish or ReLU
   */
  public static Family dmWideResNet(int depth, Activation activation) {
    boolean relu = activation == Activation.RELU;
    return deep(
        "dm-wideresnet" + depth + (relu ? "-relu" : ""),
        "DM WideResNet-" + depth + (relu ? " (ReLU)" : ""),
        Design.DM_WIDE_RESNET,
        Set.of(),
        activation,
        blocks(depth, 4));
  }

  /**
   * He et al. (2016) for CIFAR: three stages.
   *
   * @param depth 6n + 2, from 8
   * @param projected whether shortcuts have weights (their option B), or only zeros (option A)
   */
  public static Family cifarResNet(int depth, boolean projected) {
    return deep(
        "cifar-resnet" + depth + (projected ? "-b" : ""),
        "CIFAR ResNet-" + depth + (projected ? " (projections)" : ""),
        Design.RESNET,
        projected ? Set.of() : Set.of(Trait.PADDED_SHORTCUT),
        Activation.RELU,
        blocks(depth, 2));
  }

  private static Family deep(
      String id, String title, Design design, Set<Trait> traits, Activation activation, int n) {
    return new Family(id, title, design, traits, activation, List.of(n, n, n), Map.of());
  }

  private static int blocks(int depth, int rest) {
    int n = (depth - rest) / 6;
    if (n < 1 || n > MOST_BLOCKS || 6 * n + rest != depth) {
      throw new IllegalArgumentException(
          "a depth of such networks is 6n + %d, not %d".formatted(rest, depth));
    }
    return n;
  }

  /**
   * Simonyan and Zisserman (2015).
   *
   * @param depth 11, 13, 16 or 19
   * @param norms whether each convolution has a batch norm
   * @param hidden features of two hidden linear layers (torchvision: 4096); 0 for none
   * @param pooled height and width of what the first linear layer takes (torchvision: 7)
   */
  public static Family vgg(int depth, boolean norms, int hidden, int pooled) {
    List<Integer> blocks =
        switch (depth) {
          case 11 -> List.of(1, 1, 2, 2, 2);
          case 13 -> List.of(2, 2, 2, 2, 2);
          case 16 -> List.of(2, 2, 3, 3, 3);
          case 19 -> List.of(2, 2, 4, 4, 4);
          default -> throw new IllegalArgumentException("there is no VGG-" + depth);
        };
    String id =
        "vgg%d%s%s%s"
            .formatted(
                depth,
                norms ? "-bn" : "",
                hidden == 0 ? "" : "-h" + hidden,
                pooled == 1 ? "" : "-p" + pooled);
    String title = "VGG-" + depth + (norms ? " with batch norms" : "");
    return new Family(
        id,
        hidden == 0 ? title : "%s (%d hidden)".formatted(title, hidden),
        Design.VGG,
        norms ? Set.of(Trait.BATCH_NORMS) : Set.of(),
        Activation.RELU,
        blocks,
        Map.of(Size.HIDDEN, hidden, Size.POOLED, pooled));
  }

  /** A vision transformer whose perceptrons are four times as wide. */
  public static Family vit(int depth, int heads, int patch) {
    return vit(depth, heads, patch, 0, false, false, false);
  }

  /**
   * A vision transformer with timm's names.
   *
   * @param hidden of the perceptrons; 0 for four times the width
   * @param distilled DeiT's second token
   * @param scaled DeiT III's layer scale
   * @param unplaced its class token without a position
   */
  public static Family vit(
      int depth,
      int heads,
      int patch,
      int hidden,
      boolean distilled,
      boolean scaled,
      boolean unplaced) {
    Set<Trait> traits = EnumSet.noneOf(Trait.class);
    if (distilled) {
      traits.add(Trait.DISTILLED);
    }
    if (scaled) {
      traits.add(Trait.LAYER_SCALE);
    }
    if (unplaced) {
      traits.add(Trait.UNPLACED);
    }
    return new Family(
        "vit-d%dh%dp%d".formatted(depth, heads, patch)
            + (hidden == 0 ? "" : "m" + hidden)
            + (distilled ? "-distilled" : "")
            + (scaled ? "-scaled" : "")
            + (unplaced ? "-unplaced" : ""),
        "%s (%d blocks, %d heads, patches of %d)"
            .formatted(
                distilled ? "Distilled ViT" : scaled ? "ViT with layer scale" : "ViT",
                depth,
                heads,
                patch),
        Design.VISION_TRANSFORMER,
        traits,
        Activation.GELU,
        List.of(depth),
        Map.of(Size.HEADS, heads, Size.PATCH, patch, Size.HIDDEN, hidden));
  }

  /**
   * The paper's vision transformer.
   *
   * @param hidden of the perceptrons
   * @param classToken whether there is one; else the tokens' mean is classified
   */
  public static Family pagVit(int depth, int heads, int patch, int hidden, boolean classToken) {
    return new Family(
        "pag-vit-d%dh%dp%dm%d".formatted(depth, heads, patch, hidden)
            + (classToken ? "" : "-averaged"),
        "PAG-ROB's ViT (%d blocks, %d heads, patches of %d)".formatted(depth, heads, patch),
        Design.PAG_VIT,
        classToken ? Set.of() : Set.of(Trait.AVERAGED),
        Activation.GELU,
        List.of(depth),
        Map.of(Size.HEADS, heads, Size.PATCH, patch, Size.HIDDEN, hidden));
  }

  /**
   * A ConvNeXt.
   *
   * @param blocks of each of its four stages
   */
  public static Family convNext(List<Integer> blocks) {
    String counts = blocks.stream().map(String::valueOf).collect(Collectors.joining("-"));
    return new Family(
        "convnext-" + counts,
        "ConvNeXt " + counts,
        Design.CONVNEXT,
        Set.of(),
        Activation.GELU,
        blocks,
        Map.of());
  }

  /** A small CNN of that name, {@link PlainCnn#family}. */
  static Family plain(String id, String title) {
    return new Family(id, title, Design.PLAIN_CNN, Set.of(), Activation.RELU, List.of(), Map.of());
  }

  /** The family of that name, if it is one of these. */
  static Optional<Family> of(String id) {
    return Stream.of(
            of(DEEP, id, Families::deep),
            of(VGG, id, Families::vgg),
            of(VIT, id, Families::vit),
            of(PAG_VIT, id, Families::pagVit),
            of(CONVNEXT, id, found -> convNext(numbers(found, 4))),
            plainOf(id))
        .flatMap(Optional::stream)
        .filter(family -> family.id().equals(id))
        .findFirst();
  }

  private static Optional<Family> of(Pattern names, String id, Function<Matcher, Family> family) {
    Matcher found = names.matcher(id);
    return found.matches() ? Optional.of(family.apply(found)) : Optional.empty();
  }

  private static Family deep(Matcher found) {
    int depth = number(found, 2, 0);
    boolean marked = found.group(3) != null;
    return switch (found.group(1)) {
      case "wideresnet" -> wideResNet(depth);
      case "cifar-resnet" -> cifarResNet(depth, marked);
      default -> dmWideResNet(depth, marked ? Activation.RELU : Activation.SWISH);
    };
  }

  private static Family vgg(Matcher found) {
    boolean norms = found.group(2) != null;
    return vgg(number(found, 1, 0), norms, number(found, 3, 0), number(found, 4, 1));
  }

  private static Family vit(Matcher found) {
    List<Integer> sizes = numbers(found, 4);
    return vit(
        sizes.get(0),
        sizes.get(1),
        sizes.get(2),
        sizes.get(3),
        found.group(5) != null,
        found.group(6) != null,
        found.group(7) != null);
  }

  private static Family pagVit(Matcher found) {
    List<Integer> sizes = numbers(found, 4);
    boolean token = found.group(5) == null;
    return pagVit(sizes.get(0), sizes.get(1), sizes.get(2), sizes.get(3), token);
  }

  private static Optional<Family> plainOf(String id) {
    return PlainCnn.isOne(id) ? Optional.of(PlainCnn.of(id).family()) : Optional.empty();
  }

  /** The first groups, 0 where one is left out. */
  private static List<Integer> numbers(Matcher found, int groups) {
    return IntStream.rangeClosed(1, groups).mapToObj(group -> number(found, group, 0)).toList();
  }

  private static int number(Matcher found, int group, int otherwise) {
    return found.group(group) == null ? otherwise : Integer.parseInt(found.group(group));
  }
}
