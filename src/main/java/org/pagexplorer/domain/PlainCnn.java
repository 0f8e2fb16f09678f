package org.pagexplorer.domain;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Convolutions, then linear layers, each but the last with a ReLU: what people write by hand for
 * small images.
 *
 * @param convolutions in their order, at least one
 * @param hidden features of the linear layers but the last
 */
public record PlainCnn(List<Part> convolutions, List<Integer> hidden) {
  private static final String START = "cnn-";
  private static final int MOST_LAYERS = 32;
  private static final int LARGEST = 100_000;
  private static final Pattern PART =
      Pattern.compile("c([0-9]{1,5})k([0-9]{1,2})s([0-9]{1,2})p([0-9]{1,2})(n?)(b?)(?:m([0-9]))?");
  private static final Pattern FEATURES = Pattern.compile("l([0-9]{1,5})");

  /**
   * A convolution and what follows it.
   *
   * @param channels of its output
   * @param kernel its side
   * @param stride in both directions
   * @param padding zeros on every side
   * @param isBiased whether it has a bias
   * @param isNormalized whether a batch norm follows
   * @param pool side of the pooling after its ReLU; 1 for none
   */
  public record Part(
      int channels,
      int kernel,
      int stride,
      int padding,
      boolean isBiased,
      boolean isNormalized,
      int pool) {

    /** Height or width after it. */
    public int side(int input) {
      int convolved = Convolution.reach(input, kernel, stride, 2 * padding);
      return Convolution.reach(convolved, pool, pool, 0);
    }

    private String code() {
      return "c%dk%ds%dp%d".formatted(channels, kernel, stride, padding)
          + (isBiased ? "" : "n")
          + (isNormalized ? "b" : "")
          + (pool == 1 ? "" : "m" + pool);
    }
  }

  public PlainCnn {
    convolutions = List.copyOf(convolutions);
    hidden = List.copyOf(hidden);
    boolean sane =
        !convolutions.isEmpty()
            && convolutions.size() + hidden.size() < MOST_LAYERS
            && hidden.stream().allMatch(features -> features >= 1 && features <= LARGEST);
    for (Part part : convolutions) {
      sane &=
          part.channels >= 1
              && part.kernel >= 1
              && part.stride >= 1
              && part.pool >= 1
              && part.padding <= part.kernel / 2;
    }
    if (!sane) {
      throw new IllegalArgumentException("no small CNN has such layers");
    }
  }

  /** The family of such networks, whose name says all of it. */
  public Family family() {
    String id =
        START
            + convolutions.stream().map(Part::code).collect(Collectors.joining("-"))
            + hidden.stream().map(features -> "-l" + features).collect(Collectors.joining());
    String title =
        "CNN of %d convolution%s, stride %s, padding %s"
            .formatted(
                convolutions.size(), convolutions.size() == 1 ? "" : "s", strides(), paddings());
    boolean pools = convolutions.stream().anyMatch(part -> part.pool > 1);
    return Families.plain(
        id,
        pools
            ? title + ", pooling " + joined(convolutions.stream().map(Part::pool).toList())
            : title);
  }

  /** As the command line has them: {@code 2,2}. */
  public String strides() {
    return joined(convolutions.stream().map(Part::stride).toList());
  }

  /** As the command line has them. */
  public String paddings() {
    return joined(convolutions.stream().map(Part::padding).toList());
  }

  private static String joined(List<Integer> numbers) {
    return numbers.stream().map(String::valueOf).collect(Collectors.joining(","));
  }

  /** Whether a family's name is one of such a network. */
  static boolean isOne(String id) {
    return id.startsWith(START);
  }

  /**
   * What a family's name says.
   *
   * @throws IllegalArgumentException if it is no such name
   */
  public static PlainCnn of(String id) {
    List<Part> parts = new ArrayList<>();
    List<Integer> hidden = new ArrayList<>();
    for (String word : id.substring(Math.min(START.length(), id.length())).split("-", -1)) {
      Matcher part = PART.matcher(word);
      Matcher features = FEATURES.matcher(word);
      if (part.matches() && hidden.isEmpty()) {
        parts.add(
            new Part(
                number(part, 1),
                number(part, 2),
                number(part, 3),
                number(part, 4),
                part.group(5).isEmpty(),
                !part.group(6).isEmpty(),
                part.group(7) == null ? 1 : number(part, 7)));
      } else if (features.matches()) {
        hidden.add(number(features, 1));
      } else {
        throw new IllegalArgumentException("a small CNN has no layer \"" + word + "\"");
      }
    }
    return new PlainCnn(parts, hidden);
  }

  private static int number(Matcher matcher, int group) {
    return Integer.parseInt(matcher.group(group));
  }

  /** The logits; layers are called conv1, norm1, …, fc1, … */
  <T> T logits(T x, int classes, Layers<T> layers) {
    T h = x;
    for (int i = 0; i < convolutions.size(); i++) {
      Part part = convolutions.get(i);
      h = layers.activation(convolved(h, part, i + 1, layers), Activation.RELU);
      h = part.pool == 1 ? h : layers.maxPool(h, part.pool, part.pool, 0);
    }
    h = layers.flatten(h);
    for (int i = 0; i < hidden.size(); i++) {
      h = layers.activation(layers.linear(h, "fc" + (i + 1), hidden.get(i)), Activation.RELU);
    }
    return layers.linear(h, "fc" + (hidden.size() + 1), classes);
  }

  private static <T> T convolved(T x, Part part, int number, Layers<T> layers) {
    Convolution plain =
        new Convolution("conv" + number, part.channels, part.kernel, part.stride)
            .withMargin(part.padding);
    Convolution convolution = part.isBiased ? plain.biased() : plain;
    return part.isNormalized
        ? layers.normalized(x, convolution, "norm" + number)
        : layers.convolution(x, convolution);
  }
}
