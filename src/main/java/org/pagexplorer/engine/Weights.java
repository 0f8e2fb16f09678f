package org.pagexplorer.engine;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import org.pagexplorer.domain.Tensor;
import org.pagexplorer.domain.TensorShape;

/** A network's tensors on a device, by their PyTorch names; closing frees them. */
final class Weights implements AutoCloseable {
  private final NDManager manager;
  private final SequencedMap<String, NDArray> arrays = new LinkedHashMap<>();

  private Weights(NDManager manager) {
    this.manager = manager;
  }

  /** Copies tensors to the parent's device. */
  static Weights of(Map<String, Tensor> tensors, DataType type, NDManager parent) {
    Weights weights = new Weights(parent.newSubManager());
    tensors.forEach(
        (name, tensor) -> {
          Shape shape = new Shape(tensor.shape().toArray());
          // A created array borrows Java's memory, which a view of it would outlive; and DJL's
          // toType(…, copy) of the same type copies nothing.
          try (NDArray borrowed = weights.manager.create(tensor.values(), shape)) {
            weights.arrays.put(name, borrowed.duplicate().toType(type, false));
          }
        });
    return weights;
  }

  NDManager manager() {
    return manager;
  }

  /** The tensor of that name; the architecture's checks have made sure that there is one. */
  NDArray get(String name) {
    NDArray array = arrays.get(name);
    if (array == null) {
      throw new IllegalArgumentException("the network has no tensor " + name);
    }
    return array;
  }

  /** Without tensors; {@link #adopt} adds them. */
  static Weights empty(NDManager parent) {
    return new Weights(parent.newSubManager());
  }

  /** Adds an array, whose life from now on is that of these weights. */
  void adopt(String name, NDArray array) {
    array.attach(manager);
    arrays.put(name, array);
  }

  Set<String> names() {
    return arrays.keySet();
  }

  boolean has(String name) {
    return arrays.containsKey(name);
  }

  /** Lays the convolutions' weights out as N × H × W × C in memory; shapes and values stay. */
  void toChannelsLast(Autograd autograd) {
    arrays.replaceAll(
        (name, array) -> {
          if (array.getShape().dimension() != 4) {
            return array;
          }
          NDArray converted = autograd.channelsLast(array);
          converted.attach(manager);
          array.close();
          return converted;
        });
  }

  boolean hasBatchNorms() {
    return arrays.keySet().stream().anyMatch(name -> name.endsWith(".running_mean"));
  }

  /** The tensors that training changes: all but the batch norm's running statistics. */
  List<NDArray> trainable() {
    List<NDArray> trainable = new ArrayList<>();
    arrays.forEach(
        (name, array) -> {
          if (!name.contains(".running_")) {
            trainable.add(array);
          }
        });
    return trainable;
  }

  /** Copies of all tensors, brought to Java. */
  SequencedMap<String, Tensor> toTensors() {
    SequencedMap<String, Tensor> tensors = new LinkedHashMap<>();
    arrays.forEach((name, array) -> tensors.put(name, toTensor(array)));
    return tensors;
  }

  /** Replaces an array's values, bit by bit, whatever its layout in memory is. */
  static void copy(Tensor from, NDArray to) {
    try (NDArray borrowed =
        to.getManager().create(from.values(), new Shape(from.shape().toArray()))) {
      to.set(new NDIndex("..."), borrowed);
    }
  }

  static Tensor toTensor(NDArray array) {
    try (NDArray detached = array.stopGradient();
        NDArray values = detached.toType(DataType.FLOAT32, true)) {
      return new Tensor(TensorShape.of(array.getShape().getShape()), values.toFloatArray());
    }
  }

  @Override
  public void close() {
    manager.close();
  }
}
