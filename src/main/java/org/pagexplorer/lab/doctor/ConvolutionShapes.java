package org.pagexplorer.lab.doctor;

import java.util.LinkedHashSet;
import java.util.SequencedSet;
import org.pagexplorer.domain.Activation;
import org.pagexplorer.domain.Architecture;
import org.pagexplorer.domain.Convolution;
import org.pagexplorer.domain.InputShape;
import org.pagexplorer.domain.Layers;
import org.pagexplorer.domain.Networks;

/** Which convolutions a network computes, and of what. */
final class ConvolutionShapes implements Layers<ConvolutionShapes.Plane> {
  private final SequencedSet<Of> found = new LinkedHashSet<>();

  private ConvolutionShapes() {}

  /** What a layer takes: channels, each side × side pixels. */
  record Plane(int channels, int side) {}

  /** A convolution, without its name, of such an input. */
  record Of(Plane input, Convolution convolution) {}

  /** Those of a network, each once. */
  static SequencedSet<Of> of(Architecture architecture) {
    InputShape input = architecture.input();
    ConvolutionShapes shapes = new ConvolutionShapes();
    var _ = Networks.logits(architecture, new Plane(input.channels(), input.height()), shapes);
    return shapes.found;
  }

  @Override
  public Plane normalized(Plane x, Convolution convolution, String norm) {
    return convolution(x, convolution);
  }

  @Override
  public Plane convolution(Plane x, Convolution c) {
    found.add(new Of(x, new Convolution("", c.channels(), c.kernel(), c.stride(), c.padding())));
    return new Plane(c.channels(), (x.side() + c.stride() - 1) / c.stride());
  }

  @Override
  public Plane norm(Plane x, String name) {
    return x;
  }

  @Override
  public Plane activation(Plane x, Activation activation) {
    return x;
  }

  @Override
  public Plane maxPool(Plane x) {
    return new Plane(x.channels(), (x.side() + 1) / 2);
  }

  @Override
  public Plane averagePool(Plane x) {
    return new Plane(x.channels(), 1);
  }

  @Override
  public Plane flatten(Plane x) {
    return new Plane(x.channels() * x.side() * x.side(), 1);
  }

  @Override
  public Plane add(Plane x, Plane y) {
    return x;
  }

  @Override
  public Plane linear(Plane x, String name, int features) {
    return new Plane(features, 1);
  }
}
