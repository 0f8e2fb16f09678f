package org.pagexplorer.domain;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.SequencedMap;
import java.util.SequencedSet;

/**
 * A network's tensors, its convolutions, and which batch norm follows which. What flows is a shape:
 * C × H × W of images; D × T × 1 of T tokens with D features; D × 1 × 1 of features.
 */
public final class NetworkOutline implements Layers<InputShape> {
  private final SequencedMap<String, TensorShape> shapes = new LinkedHashMap<>();
  private final Map<String, String> norms = new LinkedHashMap<>();
  private final SequencedSet<Convolved> convolutions = new LinkedHashSet<>();

  NetworkOutline() {}

  /** A convolution and what it takes. */
  public record Convolved(InputShape input, Convolution convolution) {}

  /**
   * Follows an input through the network.
   *
   * @throws IllegalArgumentException if the input is too small for it
   */
  public static NetworkOutline of(Architecture architecture) {
    NetworkOutline outline = new NetworkOutline();
    Networks.logits(architecture, architecture.input(), outline);
    return outline;
  }

  /** Name and shape of every tensor. */
  public SequencedMap<String, TensorShape> shapes() {
    return Collections.unmodifiableSequencedMap(shapes);
  }

  /** The batch norm that follows each convolution; a convolution alone is missing. */
  public Map<String, String> normAfter() {
    return Collections.unmodifiableMap(norms);
  }

  /** In the order of their computation. */
  public SequencedSet<Convolved> convolutions() {
    return Collections.unmodifiableSequencedSet(convolutions);
  }

  @Override
  public InputShape normalized(InputShape x, Convolution convolution, String norm) {
    norms.put(convolution.name(), norm);
    return norm(convolution(x, convolution), norm);
  }

  @Override
  public InputShape convolution(InputShape x, Convolution c) {
    convolutions.add(new Convolved(x, c));
    int seen = c.isDepthwise() ? 1 : x.channels();
    shapes.put(c.name() + ".weight", TensorShape.of(c.channels(), seen, c.kernel(), c.kernel()));
    if (c.isBiased()) {
      shapes.put(c.name() + ".bias", TensorShape.of(c.channels()));
    }
    return new InputShape(c.channels(), c.side(x.height()), c.side(x.width()));
  }

  @Override
  public InputShape norm(InputShape x, String name) {
    for (String part : new String[] {"weight", "bias", "running_mean", "running_var"}) {
      shapes.put(name + "." + part, TensorShape.of(x.channels()));
    }
    return x;
  }

  @Override
  public InputShape activation(InputShape x, Activation activation) {
    return x;
  }

  @Override
  public InputShape maxPool(InputShape x, int kernel, int stride, int margin) {
    return new InputShape(
        x.channels(),
        Convolution.reach(x.height(), kernel, stride, 2 * margin),
        Convolution.reach(x.width(), kernel, stride, 2 * margin));
  }

  @Override
  public InputShape averagePool(InputShape x) {
    return features(x.channels());
  }

  @Override
  public InputShape averagePool(InputShape x, int side) {
    return new InputShape(x.channels(), side, side);
  }

  @Override
  public InputShape subsampled(InputShape x, int stride, int channels) {
    return new InputShape(
        channels,
        Convolution.reach(x.height(), 1, stride, 0),
        Convolution.reach(x.width(), 1, stride, 0));
  }

  @Override
  public InputShape flatten(InputShape x) {
    return features(x.size());
  }

  @Override
  public InputShape add(InputShape x, InputShape y) {
    return x;
  }

  @Override
  public InputShape linear(InputShape x, String name, int features) {
    shapes.put(name + ".weight", TensorShape.of(features, x.channels()));
    shapes.put(name + ".bias", TensorShape.of(features));
    return new InputShape(features, x.height(), x.width());
  }

  @Override
  public InputShape times(InputShape x, double factor) {
    return x;
  }

  @Override
  public InputShape channelsLast(InputShape x) {
    return x;
  }

  @Override
  public InputShape channelsFirst(InputShape x) {
    return x;
  }

  @Override
  public InputShape layerNorm(InputShape x, String name, double epsilon) {
    shapes.put(name + ".weight", TensorShape.of(x.channels()));
    shapes.put(name + ".bias", TensorShape.of(x.channels()));
    return x;
  }

  @Override
  public InputShape scaled(InputShape x, String name) {
    shapes.put(name, TensorShape.of(x.channels()));
    return x;
  }

  @Override
  public InputShape tokens(InputShape x) {
    return new InputShape(x.channels(), x.height() * x.width(), 1);
  }

  @Override
  public InputShape patches(InputShape x, int side) {
    if (x.height() % side != 0 || x.width() % side != 0) {
      throw new IllegalArgumentException(
          "images of %d × %d pixels have no whole patches of %d × %d"
              .formatted(x.height(), x.width(), side, side));
    }
    int tokens = (x.height() / side) * (x.width() / side);
    return new InputShape(x.channels() * side * side, tokens, 1);
  }

  @Override
  public InputShape prepend(InputShape x, String name) {
    shapes.put(name, TensorShape.of(1, 1, x.channels()));
    return new InputShape(x.channels(), x.height() + 1, 1);
  }

  @Override
  public InputShape position(InputShape x, String name) {
    shapes.put(name, TensorShape.of(1, x.height(), x.channels()));
    return x;
  }

  @Override
  public InputShape part(InputShape x, int index, int count) {
    return new InputShape(x.channels() / count, x.height(), x.width());
  }

  @Override
  public InputShape attention(InputShape q, InputShape k, InputShape v, int heads, double scale) {
    if (heads < 1 || q.channels() % heads != 0) {
      throw new IllegalArgumentException(
          "%d heads do not divide %d features".formatted(heads, q.channels()));
    }
    return q;
  }

  @Override
  public InputShape token(InputShape x, int index) {
    return features(x.channels());
  }

  @Override
  public InputShape averageToken(InputShape x) {
    return features(x.channels());
  }

  private static InputShape features(int count) {
    return new InputShape(count, 1, 1);
  }
}
