package org.pagexplorer.dataset;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import java.util.function.Supplier;

/** A way to keep a dataset in a folder, told by what the folder holds. */
@FunctionalInterface
interface Layout {

  /**
   * The dataset's parts by name, which open when they are asked for; none if it is none of this
   * kind. Looks at names and, at most, at the beginnings of files.
   *
   * @param place a folder, or a file for kinds that keep a dataset in one
   */
  SequencedMap<String, Supplier<Dataset>> in(Path place);

  /** No part: the folder holds something else. */
  static SequencedMap<String, Supplier<Dataset>> nothing() {
    return new LinkedHashMap<>();
  }
}
