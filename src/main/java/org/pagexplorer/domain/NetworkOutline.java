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

  private NetworkOutline() {}

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

  private static InputShape features(int count) {
    return new InputShape(count, 1, 1);
  }
}
