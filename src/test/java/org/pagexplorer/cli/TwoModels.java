package org.pagexplorer.cli;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** Two tiny models and a dataset, which the tests of one class share. */
abstract class TwoModels {
  @TempDir static Path folder;

  static Path one;
  static Path two;
  static Path data;

  static void write(int images) {
    one = Pag.model(folder.resolve("one.safetensors"), 1);
    two = Pag.model(folder.resolve("two.safetensors"), 2);
    data = Pag.dataset(folder.resolve("data"), images);
  }
}
