package org.pagexplorer.checkpoint;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;
import org.pagexplorer.domain.Architecture;
import org.pagexplorer.domain.ModelCard;
import org.pagexplorer.domain.Tensor;
import org.pagexplorer.domain.TensorShape;
import org.pagexplorer.files.Sentences;

/**
 * A model at rest: its card and exactly the tensors that its architecture names.
 *
 * @param card what the model says of itself
 * @param tensors the weights by name, put into the architecture's order
 */
public record Checkpoint(ModelCard card, SequencedMap<String, Tensor> tensors) {

  /**
   * @throws IllegalArgumentException naming the first tensor that is missing, misshapen or not the
   *     architecture's
   */
  public Checkpoint {
    SequencedMap<String, TensorShape> shapes = new LinkedHashMap<>();
    tensors.forEach((name, tensor) -> shapes.put(name, tensor.shape()));
    checkShapes(card.architecture(), shapes);
    SequencedMap<String, Tensor> inOrder = new LinkedHashMap<>();
    for (String name : card.architecture().tensorShapes().keySet()) {
      inOrder.put(name, Objects.requireNonNull(tensors.get(name)));
    }
    tensors = Collections.unmodifiableSequencedMap(inOrder);
  }

  static void checkShapes(Architecture architecture, Map<String, TensorShape> found) {
    SequencedMap<String, TensorShape> expected = architecture.tensorShapes();
    expected.forEach((name, shape) -> checkShape(name, shape, found));
    for (String name : found.keySet()) {
      if (!expected.containsKey(name)) {
        throw new IllegalArgumentException(
            "tensor "
                + Sentences.quoted(name)
                + " does not belong to its architecture, "
                + architecture.description());
      }
    }
  }

  private static void checkShape(
      String name, TensorShape expected, Map<String, TensorShape> found) {
    TensorShape shape = found.get(name);
    if (shape == null) {
      throw new IllegalArgumentException("tensor " + Sentences.quoted(name) + " is missing");
    }
    if (!shape.equals(expected)) {
      throw new IllegalArgumentException(
          "tensor "
              + Sentences.quoted(name)
              + " has the shape "
              + shape
              + " but its architecture needs "
              + expected);
    }
  }
}
