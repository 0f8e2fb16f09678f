package org.pagexplorer.checkpoint;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.pagexplorer.domain.Tensor;

/**
 * An open file of named tensors, whoever wrote it. Opening checks all that can be checked without
 * the values; nothing in it is ever executed.
 */
public interface TensorFile extends AutoCloseable {

  /** The format for people, for instance {@code PyTorch zip archive}. */
  String format();

  /** Every tensor, in the file's order. */
  SequencedMap<String, TensorType> tensors();

  /** Text beside the tensors; in PyTorch's formats the class names, mean and std that it knows. */
  default Map<String, String> metadata() {
    return Map.of();
  }

  /** What was left out, in words. */
  default List<String> remarks() {
    return List.of();
  }

  /** Where in its file these tensors are, for instance {@code state_dict}; empty for all of it. */
  default String place() {
    return "";
  }

  /** Every set of weights in the file, the likeliest first; closing one closes all. */
  default List<TensorFile> sets() {
    return List.of(this);
  }

  /** Names beside the tensors whose values only running something would make, and what that is. */
  default Map<String, String> uncalled() {
    return Map.of();
  }

  /**
   * Reads one tensor as float32.
   *
   * @throws IOException if the disk refuses
   * @throws IllegalArgumentException if the tensor is damaged, or not of F16, BF16, F32, F64
   */
  Tensor read(String name) throws IOException;

  @Override
  void close() throws IOException;
}
