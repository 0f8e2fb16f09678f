package org.pagexplorer.engine;

import ai.djl.ndarray.NDManager;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Repeats a class's tests on the CPU and on each CUDA device. */
@ParameterizedClass(name = "{0}")
@MethodSource("org.pagexplorer.engine.TorchEngine#devices")
abstract class OnEveryDevice {
  @Parameter String device;

  TorchEngine engine;
  NDManager manager;

  @BeforeEach
  void open() {
    engine = TorchEngine.open(device);
    TorchEngine.useThreads(1); // tiny arrays: threads only wait for one another
    manager = engine.manager().newSubManager();
  }

  @AfterEach
  void close() {
    manager.close();
    engine.close();
  }
}
