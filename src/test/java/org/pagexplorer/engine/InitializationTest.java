package org.pagexplorer.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import org.junit.jupiter.api.Test;
import org.pagexplorer.domain.Architecture;
import org.pagexplorer.domain.InputShape;
import org.pagexplorer.domain.Tensor;

class InitializationTest {
  private static final Architecture RESNET = Architecture.resNet18(8, InputShape.CIFAR, 10);

  @Test
  void givesEveryTensorOfTheArchitectureInItsOrderAndShape() {
    for (Architecture architecture :
        new Architecture[] {RESNET, Architecture.mlp(32, InputShape.PLANE, 2)}) {
      var tensors = Initialization.of(architecture, 1);
      assertEquals(
          new ArrayList<>(architecture.tensorShapes().keySet()), new ArrayList<>(tensors.keySet()));
      architecture
          .tensorShapes()
          .forEach((name, shape) -> assertEquals(shape, tensors.get(name).shape(), name));
    }
  }

  @Test
  void weightsAreUniformWithinOneOverTheRootOfTheFanIn() {
    var tensors = Initialization.of(RESNET, 1);
    assertUniform(tensors.get("layer3.0.conv1.weight"), 1 / Math.sqrt(16 * 9));
    assertUniform(tensors.get("layer4.0.shortcut.0.weight"), 1 / Math.sqrt(32));
    assertUniform(tensors.get("linear.weight"), 1 / Math.sqrt(64));
  }

  /** A uniform distribution in ±b has the standard deviation b/√3. */
  private static void assertUniform(Tensor tensor, double bound) {
    double squares = 0;
    double largest = 0;
    for (float value : tensor.values()) {
      squares += (double) value * value;
      largest = Math.max(largest, Math.abs(value));
    }
    int n = tensor.values().length;
    assertTrue(largest <= bound && largest > 0.95 * bound, "largest " + largest);
    assertEquals(bound / Math.sqrt(3), Math.sqrt(squares / n), 4 * bound / Math.sqrt(n));
  }

  @Test
  void batchNormsAreTheIdentity() {
    Initialization.of(RESNET, 1)
        .forEach(
            (name, tensor) -> {
              if (name.contains("bn") || name.contains("shortcut.1")) {
                float expected = name.endsWith("weight") || name.endsWith("var") ? 1 : 0;
                for (float value : tensor.values()) {
                  assertEquals(expected, value, name);
                }
              }
            });
  }

  @Test
  void seedFixesTheWeights() {
    assertEquals(Initialization.of(RESNET, 1), Initialization.of(RESNET, 1));
    assertNotEquals(Initialization.of(RESNET, 1), Initialization.of(RESNET, 2));
  }

  @Test
  void zeroBiasesLeaveTheWeightsAsTheyAre() {
    var drawn = Initialization.of(Architecture.mlp(7, InputShape.PLANE, 2), 3);
    var zeroed = Initialization.withZeroBiases(drawn);
    assertEquals(drawn.get("fc1.weight"), zeroed.get("fc1.weight"));
    assertEquals(drawn.get("fc2.weight"), zeroed.get("fc2.weight"));
    assertArrayEquals(new float[7], zeroed.get("fc1.bias").values());
    assertNotEquals(drawn.get("fc1.bias"), zeroed.get("fc1.bias"));
  }
}
