package org.pagexplorer.checkpoint.importing;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.stream.Stream;
import org.pagexplorer.checkpoint.TensorType;
import org.pagexplorer.domain.Architecture;
import org.pagexplorer.domain.Family;
import org.pagexplorer.domain.InputShape;
import org.pagexplorer.domain.TensorShape;

/**
 * How far a network is from tensors whose names say nothing.
 *
 * @param architecture the network, of ten classes
 * @param tensors how many it has
 * @param shared how many of those have a shape that is here too, each shape counted once a tensor
 */
public record Likeness(Architecture architecture, int tensors, int shared) {
  private static final int CLASSES = 10;

  /** Tensors that are looked at; no network here has more. */
  private static final int MOST = 2000;

  /** Widths that are usual. */
  private static final List<Integer> WIDTHS = List.of(64, 16, 10);

  /** The convolutional network of a usual width that has the largest share of its shapes here. */
  public static Optional<Likeness> of(SequencedMap<String, TensorType> tensors) {
    return Family.values().stream()
        .filter(Family::isConvolutional)
        .flatMap(family -> WIDTHS.stream().flatMap(width -> like(family, width, tensors)))
        .max(Comparator.comparingDouble(like -> (double) like.shared / like.tensors));
  }

  private static Stream<Likeness> like(
      Family family, int width, SequencedMap<String, TensorType> tensors) {
    try {
      Architecture network = new Architecture(family, width, InputShape.CIFAR, CLASSES);
      List<TensorShape> left =
          new ArrayList<>(tensors.values().stream().limit(MOST).map(TensorType::shape).toList());
      SequencedMap<String, TensorShape> shapes = network.tensorShapes();
      int shared = 0;
      for (TensorShape shape : shapes.values()) {
        shared += left.remove(shape) ? 1 : 0;
      }
      return Stream.of(new Likeness(network, shapes.size(), shared));
    } catch (IllegalArgumentException e) {
      return Stream.empty(); // no such width, or too small an image
    }
  }
}
