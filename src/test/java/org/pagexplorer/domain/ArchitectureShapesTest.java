package org.pagexplorer.domain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SequencedMap;
import org.junit.jupiter.api.Test;

class ArchitectureShapesTest {

  /** The usual PyTorch CIFAR ResNet-18 has 11,173,962 parameters (kuangliu/pytorch-cifar). */
  @Test
  void resNet18OfWidth64HasThePublishedNumberOfParameters() {
    SequencedMap<String, TensorShape> shapes =
        Architecture.resNet18(64, InputShape.CIFAR, 10).tensorShapes();
    long parameters =
        shapes.entrySet().stream()
            .filter(entry -> !entry.getKey().contains("running_"))
            .mapToLong(entry -> entry.getValue().size())
            .sum();
    assertEquals(11_173_962, parameters);
  }

  @Test
  void namesAreThoseOfThePyTorchClass() {
    SequencedMap<String, TensorShape> shapes =
        Architecture.resNet18(16, InputShape.CIFAR, 10).tensorShapes();
    assertEquals(TensorShape.of(16, 3, 3, 3), shapes.get("conv1.weight"));
    assertEquals(TensorShape.of(16), shapes.get("layer1.0.bn2.running_var"));
    assertEquals(TensorShape.of(32, 16, 1, 1), shapes.get("layer2.0.shortcut.0.weight"));
    assertEquals(TensorShape.of(10, 128), shapes.get("linear.weight"));
    assertEquals(TensorShape.of(10), shapes.get("linear.bias"));
    assertTrue(shapes.keySet().stream().noneMatch(name -> name.startsWith("layer1.0.shortcut")));
  }

  @Test
  void refusesSizesThatNobodyMeans() {
    assertThrows(
        IllegalArgumentException.class, () -> Architecture.resNet18(0, InputShape.CIFAR, 10));
    assertThrows(
        IllegalArgumentException.class, () -> Architecture.resNet18(1 << 20, InputShape.CIFAR, 10));
    assertThrows(IllegalArgumentException.class, () -> Architecture.mlp(32, InputShape.PLANE, 1));
  }
}
