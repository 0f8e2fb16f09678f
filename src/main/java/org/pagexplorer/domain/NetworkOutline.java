package org.pagexplorer.domain;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;

/** A network's tensors and which batch norm follows which convolution. */
public final class NetworkOutline implements Layers<Integer> {
  private final SequencedMap<String, TensorShape> shapes = new LinkedHashMap<>();
  private final Map<String, String> norms = new LinkedHashMap<>();
  private final int inputSize;

  private NetworkOutline(int inputSize) {
    this.inputSize = inputSize;
  }

  public static NetworkOutline of(Architecture architecture) {
    InputShape input = architecture.input();
    NetworkOutline outline = new NetworkOutline(input.size());
    Networks.logits(architecture, input.channels(), outline);
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

  @Override
  public Integer normalized(Integer x, Convolution convolution, String norm) {
    norms.put(convolution.name(), norm);
    return norm(convolution(x, convolution), norm);
  }

  @Override
  public Integer convolution(Integer x, Convolution convolution) {
    int side = convolution.kernel();
    shapes.put(
        convolution.name() + ".weight", TensorShape.of(convolution.channels(), x, side, side));
    return convolution.channels();
  }

  @Override
  public Integer norm(Integer x, String name) {
    for (String part : new String[] {"weight", "bias", "running_mean", "running_var"}) {
      shapes.put(name + "." + part, TensorShape.of(x));
    }
    return x;
  }

  @Override
  public Integer activation(Integer x, Activation activation) {
    return x;
  }

  @Override
  public Integer maxPool(Integer x) {
    return x;
  }

  @Override
  public Integer averagePool(Integer x) {
    return x;
  }

  @Override
  public Integer flatten(Integer x) {
    return inputSize;
  }

  @Override
  public Integer add(Integer x, Integer y) {
    return x;
  }

  @Override
  public Integer linear(Integer x, String name, int features) {
    shapes.put(name + ".weight", TensorShape.of(features, x));
    shapes.put(name + ".bias", TensorShape.of(features));
    return features;
  }
}
