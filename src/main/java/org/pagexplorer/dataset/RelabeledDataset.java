package org.pagexplorer.dataset;

import java.util.List;
import java.util.function.Consumer;
import org.pagexplorer.domain.InputShape;

/**
 * The same images with another list of classes, on which each label has another place.
 *
 * @param places each label's place among the classes
 */
record RelabeledDataset(Dataset whole, List<String> classes, int[] places)
    implements ForwardingDataset {

  @Override
  public Dataset fitted(InputShape shape, Fit fit, Consumer<String> say) {
    return new RelabeledDataset(whole.fitted(shape, fit, say), classes, places);
  }

  @Override
  public Dataset original() {
    return whole.original();
  }

  @Override
  public int originalClass(int index) {
    for (int own = 0; own < places.length; own++) {
      if (places[own] == index) {
        return whole.originalClass(own);
      }
    }
    return -1;
  }

  @Override
  public int originalIndex(int index) {
    return whole.originalIndex(index);
  }

  @Override
  public int label(int index) {
    return places[whole.label(index)];
  }
}
