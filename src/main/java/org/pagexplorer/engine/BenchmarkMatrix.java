package org.pagexplorer.engine;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;

/** How fast a device multiplies float32 matrices: what every other speed is to be held against. */
public final class BenchmarkMatrix {
  private static final int SIDE = 1024;
  private static final double OPERATIONS = 2.0 * SIDE * SIDE * SIDE;

  private BenchmarkMatrix() {}

  /** 10⁹ operations a second over {@code repetitions} products of two 1024 × 1024 matrices. */
  public static double gigaflops(TorchEngine engine, int repetitions) {
    try (NDManager manager = engine.manager().newSubManager()) {
      NDArray a = manager.randomUniform(-1, 1, new Shape(SIDE, SIDE), DataType.FLOAT32);
      NDArray b = manager.randomUniform(-1, 1, new Shape(SIDE, SIDE), DataType.FLOAT32);
      multiply(a, b); // warm
      long started = System.nanoTime();
      for (int i = 0; i < repetitions; i++) {
        multiply(a, b);
      }
      return repetitions * OPERATIONS / (System.nanoTime() - started);
    }
  }

  private static void multiply(NDArray a, NDArray b) {
    try (NDArray product = a.matMul(b);
        NDArray corner = product.get("0, 0")) {
      corner.toFloatArray(); // waits for the device
    }
  }
}
