package org.pagexplorer.dataset;

import java.util.List;
import org.pagexplorer.domain.InputShape;

/** Another dataset, but for what an implementation says otherwise. */
public interface ForwardingDataset extends Dataset {

  /** The other dataset. */
  Dataset whole();

  @Override
  default String name() {
    return whole().name();
  }

  @Override
  default List<String> classes() {
    return whole().classes();
  }

  @Override
  default InputShape shape() {
    return whole().shape();
  }

  @Override
  default int size() {
    return whole().size();
  }

  @Override
  default int label(int index) {
    return whole().label(index);
  }

  @Override
  default int originalClass(int index) {
    return whole().originalClass(index);
  }

  @Override
  default byte[] bytes(int index) {
    return whole().bytes(index);
  }
}
