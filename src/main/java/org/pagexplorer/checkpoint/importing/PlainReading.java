package org.pagexplorer.checkpoint.importing;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.pagexplorer.checkpoint.TensorType;
import org.pagexplorer.domain.Architecture;
import org.pagexplorer.domain.InputShape;
import org.pagexplorer.domain.PlainCnn;

/**
 * A small CNN of a file: convolutions, then linear layers, whatever they are called. Shapes say all
 * of it but strides, paddings and poolings; in a {@code Sequential} the numbers of its layers say
 * where a pooling has room.
 *
 * @param convolutions in their order
 * @param features of the linear layers' outputs
 * @param flat what the first linear layer takes
 * @param channels of the images
 * @param names the file's, by ours
 */
record PlainReading(
    List<Convolved> convolutions,
    List<Integer> features,
    int flat,
    int channels,
    SequencedMap<String, String> names) {
  private static final int MOST_LAYERS = 24;
  private static final Pattern NUMBERED = Pattern.compile("(.*?)([0-9]{1,3})");
  private static final List<String> NORM = List.of("weight", "bias", "running_mean", "running_var");

  /**
   * A convolution.
   *
   * @param pooling whether one may follow
   */
  record Convolved(
      int channels, int kernel, boolean isBiased, boolean isNormalized, Pooling pooling) {}

  /** What the numbers of a Sequential's layers say. */
  enum Pooling {
    /** There is no room for one. */
    NONE,
    /** The layers are not numbered. */
    POSSIBLE,
    /** Something stands where poolings stand. */
    LIKELY
  }

  /** A layer's tensors by the last part of their names. */
  private record Layer(String name, Map<String, TensorType> parts) {
    List<Long> sides() {
      TensorType weight = parts.get("weight");
      return weight == null ? List.of() : weight.shape().sides();
    }

    boolean isConvolution() {
      return sides().size() == 4 && parts.keySet().stream().allMatch(NORM.subList(0, 2)::contains);
    }

    boolean isLinear() {
      return sides().size() == 2 && parts.size() == 2 && parts.containsKey("bias");
    }

    boolean isNorm() {
      return sides().size() == 1 && parts.keySet().containsAll(NORM);
    }

    int side(int index) {
      return Math.toIntExact(sides().get(index));
    }
  }

  /** Empty if the tensors are anything else. */
  static Optional<PlainReading> of(SequencedMap<String, TensorType> own) {
    SequencedMap<String, Layer> layers = new LinkedHashMap<>();
    for (Map.Entry<String, TensorType> entry : own.entrySet()) {
      int dot = entry.getKey().lastIndexOf('.');
      String name = entry.getKey().substring(0, Math.max(0, dot));
      layers
          .computeIfAbsent(name, layer -> new Layer(layer, new LinkedHashMap<>()))
          .parts()
          .put(entry.getKey().substring(dot + 1), entry.getValue());
      if (dot < 0 || layers.size() > 2 * MOST_LAYERS) {
        return Optional.empty();
      }
    }
    try {
      return read(inOrder(List.copyOf(layers.values())));
    } catch (ArithmeticException e) {
      return Optional.empty(); // an absurd side
    }
  }

  /** A Sequential's by their numbers, whatever order the file has; others as the file has them. */
  private static List<Layer> inOrder(List<Layer> layers) {
    return isSequential(layers)
        ? layers.stream().sorted(Comparator.comparingInt(PlainReading::number)).toList()
        : layers;
  }

  private static boolean isSequential(List<Layer> layers) {
    String first = layers.isEmpty() ? "" : container(layers.getFirst());
    return (first.isEmpty() || first.endsWith("."))
        && layers.stream()
            .allMatch(
                layer ->
                    NUMBERED.matcher(layer.name()).matches() && container(layer).equals(first));
  }

  private static String container(Layer layer) {
    Matcher matcher = NUMBERED.matcher(layer.name());
    return matcher.matches() ? matcher.group(1) : "?";
  }

  private static int number(Layer layer) {
    Matcher matcher = NUMBERED.matcher(layer.name());
    return matcher.matches() ? Integer.parseInt(matcher.group(2)) : -1;
  }

  private static Optional<PlainReading> read(List<Layer> layers) {
    boolean sequential = isSequential(layers);
    List<Convolved> convolutions = new ArrayList<>();
    List<Integer> features = new ArrayList<>();
    SequencedMap<String, String> names = new LinkedHashMap<>();
    int flat = 0;
    int now = -1;
    int channels = 0;
    for (int i = 0; i < layers.size(); i++) {
      Layer layer = layers.get(i);
      if (layer.isConvolution() && features.isEmpty()) {
        int seen = layer.side(1);
        channels = now < 0 ? seen : channels;
        boolean normed = i + 1 < layers.size() && layers.get(i + 1).isNorm();
        Layer last = normed ? layers.get(i + 1) : layer;
        boolean fits = (now < 0 || seen == now) && layer.side(2) == layer.side(3);
        if (!fits || (normed && last.side(0) != layer.side(0)) || i + 2 > layers.size()) {
          return Optional.empty();
        }
        now = layer.side(0);
        int next = i + (normed ? 2 : 1);
        // Between two layers stands a ReLU; before the linear ones also what flattens.
        int room = next < layers.size() ? number(layers.get(next)) - number(last) - 1 : 0;
        int needed = next < layers.size() && layers.get(next).isLinear() ? 2 : 1;
        if (sequential && room < needed) {
          return Optional.empty();
        }
        boolean biased = layer.parts().containsKey("bias");
        convolutions.add(
            new Convolved(now, layer.side(2), biased, normed, pooling(sequential, room > needed)));
        put(names, layer, "conv" + convolutions.size());
        if (normed) {
          put(names, last, "norm" + convolutions.size());
          i++;
        }
      } else if (layer.isLinear() && !convolutions.isEmpty()) {
        flat = features.isEmpty() ? layer.side(1) : flat;
        if (features.isEmpty() ? flat % now != 0 : layer.side(1) != now) {
          return Optional.empty();
        }
        now = layer.side(0);
        features.add(now);
        put(names, layer, "fc" + features.size());
      } else {
        return Optional.empty();
      }
    }
    return features.isEmpty() || layers.size() > MOST_LAYERS
        ? Optional.empty()
        : Optional.of(new PlainReading(convolutions, features, flat, channels, names));
  }

  private static Pooling pooling(boolean sequential, boolean hasRoom) {
    if (!sequential) {
      return Pooling.POSSIBLE;
    }
    return hasRoom ? Pooling.LIKELY : Pooling.NONE;
  }

  private static void put(SequencedMap<String, String> names, Layer layer, String ours) {
    for (String part : layer.parts().keySet()) {
      names.put(ours + "." + part, layer.name() + "." + part);
    }
  }

  /** Of the images that people have, the first for which there is a usual answer. */
  List<Architecture> architectures() {
    List<Integer> sides = new ArrayList<>(channels == 1 ? List.of(28, 32) : List.of(32, 28));
    sides.addAll(List.of(64, 224, 96, 128, 48, 256));
    for (int side : sides) {
      List<Architecture> found = architectures(side);
      if (!found.isEmpty()) {
        return found;
      }
    }
    return List.of();
  }

  /** The likeliest answers for images of that side, those of equal likelihood. */
  List<Architecture> architectures(int side) {
    return PlainChoices.usual(convolutions, channelsOut(), flat, side).stream()
        .map(parts -> architecture(parts, side))
        .toList();
  }

  /** Those with such strides and paddings, a number each or one for all. */
  List<Architecture> architectures(int side, List<Integer> strides, List<Integer> paddings) {
    return PlainChoices.said(convolutions, channelsOut(), flat, side, strides, paddings).stream()
        .map(parts -> architecture(parts, side))
        .toList();
  }

  private int channelsOut() {
    return convolutions.getLast().channels();
  }

  private Architecture architecture(List<PlainCnn.Part> parts, int side) {
    PlainCnn cnn = new PlainCnn(parts, features.subList(0, features.size() - 1));
    return new Architecture(
        cnn.family(), 1, new InputShape(channels, side, side), features.getLast());
  }
}
