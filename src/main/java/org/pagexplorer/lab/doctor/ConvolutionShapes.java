package org.pagexplorer.lab.doctor;

import java.util.LinkedHashSet;
import java.util.SequencedSet;
import org.pagexplorer.domain.Architecture;
import org.pagexplorer.domain.Convolution;
import org.pagexplorer.domain.NetworkOutline;

/** Which convolutions a network computes, and of what. */
final class ConvolutionShapes {
  private ConvolutionShapes() {}

  /** What a layer takes: channels, each side × side pixels. */
  record Plane(int channels, int side) {}

  /** A convolution, without its name, of such an input. */
  record Of(Plane input, Convolution convolution) {}

  /** Those of a network, each once. */
  static SequencedSet<Of> of(Architecture architecture) {
    SequencedSet<Of> found = new LinkedHashSet<>();
    for (var each : NetworkOutline.of(architecture).convolutions()) {
      Plane plane = new Plane(each.input().channels(), each.input().height());
      found.add(new Of(plane, each.convolution().named("")));
    }
    return found;
  }
}
