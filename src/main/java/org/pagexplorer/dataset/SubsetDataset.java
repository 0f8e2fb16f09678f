package org.pagexplorer.dataset;

import java.util.function.Consumer;
import org.pagexplorer.domain.InputShape;

/**
 * A view of some of a dataset's images, in an order and under a name of its own.
 *
 * @param indices of the whole's images
 */
record SubsetDataset(Dataset whole, String name, int[] indices) implements ForwardingDataset {

  SubsetDataset(Dataset whole, int[] indices) {
    this(whole, whole.name(), indices);
  }

  @Override
  public int size() {
    return indices.length;
  }

  @Override
  public Dataset original() {
    return whole.original();
  }

  @Override
  public int originalIndex(int index) {
    return whole.originalIndex(indices[index]);
  }

  @Override
  public int label(int index) {
    return whole.label(indices[index]);
  }

  @Override
  public byte[] bytes(int index) {
    return whole.bytes(indices[index]);
  }

  @Override
  public Dataset fitted(InputShape shape, Fit fit, Consumer<String> say) {
    Dataset fitted = whole.fitted(shape, fit, say);
    return fitted == whole
        ? this
        : new SubsetDataset(fitted, FittedDataset.name(this, shape), indices);
  }
}
