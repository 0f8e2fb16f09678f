package org.pagexplorer.checkpoint.importing;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.pagexplorer.checkpoint.importing.PlainReading.Convolved;
import org.pagexplorer.checkpoint.importing.PlainReading.Pooling;
import org.pagexplorer.domain.PlainCnn.Part;

/** Strides, paddings and poolings under which a small CNN's last pixels are those flattened. */
final class PlainChoices {
  private static final int MOST = 8;
  private static final int MOST_TRIED = 300_000;

  private final List<List<Part>> options;
  private final int last;
  private final List<List<Part>> found = new ArrayList<>();
  private int tried;

  private PlainChoices(List<List<Part>> options, int last) {
    this.options = options;
    this.last = last;
  }

  /**
   * The usual ones that differ least from layer to layer.
   *
   * @param channels of the last convolution
   * @param flat what the first linear layer takes
   * @param side of the images
   */
  static List<List<Part>> usual(List<Convolved> layers, int channels, int flat, int side) {
    return likeliest(
        layers, fitting(layers.stream().map(PlainChoices::usual).toList(), channels, flat, side));
  }

  /**
   * With a pooling wherever something stands in its place, and as few kinds of layers as can be.
   */
  private static List<List<Part>> likeliest(List<Convolved> layers, List<List<Part>> fitting) {
    List<List<Part>> pooled =
        fitting.stream()
            .filter(
                parts ->
                    IntStream.range(0, parts.size())
                        .allMatch(
                            i ->
                                layers.get(i).pooling() != Pooling.LIKELY
                                    || parts.get(i).pool() > 1))
            .toList();
    List<List<Part>> left = pooled.isEmpty() ? fitting : pooled;
    int fewest = left.stream().mapToInt(PlainChoices::kinds).min().orElse(0);
    return left.stream().filter(parts -> kinds(parts) == fewest).limit(MOST).toList();
  }

  /** Those with the strides and paddings that somebody says, a number a layer or one for all. */
  static List<List<Part>> said(
      List<Convolved> layers,
      int channels,
      int flat,
      int side,
      List<Integer> strides,
      List<Integer> paddings) {
    List<List<Part>> options = new ArrayList<>();
    for (int i = 0; i < layers.size(); i++) {
      Convolved layer = layers.get(i);
      List<Part> own = new ArrayList<>();
      for (Part part : strides.isEmpty() || paddings.isEmpty() ? usual(layer) : poolings(layer)) {
        int stride = strides.isEmpty() ? part.stride() : strides.get(i % strides.size());
        int padding = paddings.isEmpty() ? part.padding() : paddings.get(i % paddings.size());
        own.add(part(layer, stride, padding, part.pool()));
      }
      options.add(own.stream().distinct().toList());
    }
    return likeliest(layers, fitting(options, channels, flat, side));
  }

  private static List<List<Part>> fitting(
      List<List<Part>> options, int channels, int flat, int side) {
    int pixels = flat / channels;
    if (!Shapes.isSquare(pixels)) {
      return List.of();
    }
    PlainChoices choices = new PlainChoices(options, Shapes.root(pixels));
    choices.extend(new ArrayList<>(), side);
    choices.found.sort(Comparator.comparingInt(PlainChoices::kinds));
    return choices.found;
  }

  private void extend(List<Part> chosen, int side) {
    if (side < last || tried++ > MOST_TRIED) {
      return;
    }
    if (chosen.size() == options.size()) {
      if (side == last) {
        found.add(List.copyOf(chosen));
      }
      return;
    }
    for (Part option : options.get(chosen.size())) {
      boolean fits =
          option.padding() <= option.kernel() / 2 && side + 2 * option.padding() >= option.kernel();
      int after = fits ? option.side(side) : 0;
      if (after >= 1) {
        chosen.add(option);
        extend(chosen, after);
        chosen.removeLast();
      }
    }
  }

  /** What people give a convolution of that kernel. */
  private static List<Part> usual(Convolved layer) {
    int kernel = layer.kernel();
    Set<Part> parts = new LinkedHashSet<>();
    for (Part pooling : poolings(layer)) {
      int pool = pooling.pool();
      parts.add(part(layer, 1, kernel % 2 == 0 ? 0 : kernel / 2, pool));
      parts.add(part(layer, 1, 0, pool));
      parts.add(part(layer, 2, (kernel - 1) / 2, pool));
      parts.add(part(layer, 2, 0, pool));
      parts.add(part(layer, kernel, 0, pool));
    }
    return List.copyOf(parts);
  }

  /** With and without a pooling, where there is room for one. */
  private static List<Part> poolings(Convolved layer) {
    Part without = part(layer, 1, 0, 1);
    return layer.pooling() == Pooling.NONE
        ? List.of(without)
        : List.of(part(layer, 1, 0, 2), without);
  }

  private static Part part(Convolved layer, int stride, int padding, int pool) {
    return new Part(
        layer.channels(),
        layer.kernel(),
        stride,
        padding,
        layer.isBiased(),
        layer.isNormalized(),
        pool);
  }

  /** How many different layers there are, but for their channels. */
  private static int kinds(List<Part> parts) {
    Set<List<Integer>> kinds = new HashSet<>();
    parts.forEach(part -> kinds.add(List.of(part.stride(), part.padding(), part.pool())));
    return kinds.size();
  }
}
