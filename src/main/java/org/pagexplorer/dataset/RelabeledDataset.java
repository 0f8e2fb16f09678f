package org.pagexplorer.dataset;

import java.util.List;
import java.util.function.Consumer;
import org.pagexplorer.domain.InputShape;

/** The same images with another list of classes, on which each label has another place. */
final class RelabeledDataset implements Dataset {
  private final Dataset whole;
  private final List<String> classes;
  private final int[] places;

  /** Takes over the array: each label's place among the classes. */
  RelabeledDataset(Dataset whole, List<String> classes, int[] places) {
    this.whole = whole;
    this.classes = List.copyOf(classes);
    this.places = places;
  }

  @Override
  public Dataset fitted(InputShape shape, Fit fit, Consumer<String> say) {
    return new RelabeledDataset(whole.fitted(shape, fit, say), classes, places);
  }

  @Override
  public String name() {
    return whole.name();
  }

  @Override
  public List<String> classes() {
    return classes;
  }

  @Override
  public InputShape shape() {
    return whole.shape();
  }

  @Override
  public int size() {
    return whole.size();
  }

  @Override
  public int label(int index) {
    return places[whole.label(index)];
  }

  @Override
  public byte[] bytes(int index) {
    return whole.bytes(index);
  }
}
