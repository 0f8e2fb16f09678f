package org.pagexplorer.engine;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** An engine for the tests of one class, of one thread: of tiny arrays, threads only wait. */
public abstract class OneEngine {
  protected static TorchEngine engine;

  @BeforeAll
  static void openEngine() {
    engine = TorchEngine.open("cpu");
    TorchEngine.useThreads(1);
  }

  @AfterAll
  static void closeEngine() {
    engine.close();
  }
}
