package org.pagexplorer.domain;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Sides of a tensor, outermost first.
 *
 * @param sides each at least 0
 */
public record TensorShape(List<Long> sides) {

  public TensorShape {
    sides = List.copyOf(sides);
    if (sides.stream().anyMatch(side -> side < 0)) {
      throw new IllegalArgumentException("a tensor has no negative side: " + sides);
    }
  }

  public static TensorShape of(long... sides) {
    return new TensorShape(Arrays.stream(sides).boxed().toList());
  }

  /**
   * Number of values.
   *
   * @throws ArithmeticException if it does not fit into a long
   */
  public long size() {
    return sides.stream().reduce(1L, Math::multiplyExact);
  }

  public long[] toArray() {
    return sides.stream().mapToLong(Long::longValue).toArray();
  }

  @Override
  public String toString() {
    return sides.stream().map(String::valueOf).collect(Collectors.joining("×", "[", "]"));
  }
}
