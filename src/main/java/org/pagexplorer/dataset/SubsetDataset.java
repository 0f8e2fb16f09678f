package org.pagexplorer.dataset;

import java.util.List;
import java.util.function.Consumer;
import org.pagexplorer.domain.InputShape;

/** A view of some of a dataset's images, in an order and under a name of its own. */
final class SubsetDataset implements Dataset {
  private final Dataset whole;
  private final String name;
  private final int[] indices;

  /** Takes over the array of the whole's indices. */
  SubsetDataset(Dataset whole, int[] indices) {
    this(whole, whole.name(), indices);
  }

  SubsetDataset(Dataset whole, String name, int[] indices) {
    this.whole = whole;
    this.name = name;
    this.indices = indices;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public List<String> classes() {
    return whole.classes();
  }

  @Override
  public InputShape shape() {
    return whole.shape();
  }

  @Override
  public int size() {
    return indices.length;
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
