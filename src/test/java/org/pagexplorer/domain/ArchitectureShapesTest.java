package org.pagexplorer.domain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SequencedMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

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

  /** Parameters as torchvision, timm, and the networks' authors publish them. */
  @ParameterizedTest
  @CsvSource({
    "torchvision-resnet101, 64, 224, 1000, 44549160",
    "torchvision-resnet152, 64, 224, 1000, 60192808",
    "torchvision-wide-resnet50-2, 64, 224, 1000, 68883240",
    "torchvision-wide-resnet101-2, 64, 224, 1000, 126886696",
    "cifar-resnet20, 16, 32, 10, 269722",
    "cifar-resnet32, 16, 32, 10, 464154",
    "cifar-resnet44, 16, 32, 10, 658586",
    "cifar-resnet56, 16, 32, 10, 853018",
    "cifar-resnet110, 16, 32, 10, 1727962",
    "wideresnet28, 10, 32, 10, 36479194",
    "wideresnet40, 2, 32, 10, 2243546",
    "vgg11-h4096-p7, 64, 224, 1000, 132863336",
    "vgg16-h4096-p7, 64, 224, 1000, 138357544",
    "vgg16-bn-h4096-p7, 64, 224, 1000, 138365992",
    "vgg19-bn-h4096-p7, 64, 224, 1000, 143678248",
    "vgg16-bn, 64, 32, 10, 14728266",
    "vit-d12h3p16, 192, 224, 1000, 5717416",
    "vit-d12h6p16, 384, 224, 1000, 22050664",
    "vit-d12h12p16, 768, 224, 1000, 86567656",
    "vit-d12h3p16-distilled, 192, 224, 1000, 5910800",
    "vit-d12h12p16-distilled, 768, 224, 1000, 87338192",
    "convnext-3-3-9-3, 96, 224, 1000, 28589128",
    "convnext-3-3-27-3, 96, 224, 1000, 50223688",
    "convnext-3-3-27-3, 128, 224, 1000, 88591464"
  })
  void parametersAreAsManyAsPublished(
      String id, int width, int side, int classes, long parameters) {
    Architecture network =
        new Architecture(Family.of(id), width, new InputShape(3, side, side), classes);
    assertEquals(id, network.family().id());
    assertEquals(
        parameters,
        network.tensorShapes().entrySet().stream()
            .filter(entry -> !entry.getKey().contains("running_"))
            .mapToLong(entry -> entry.getValue().size())
            .sum());
  }

  /** What files and command lines say is understood again, whatever the sizes. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "wideresnet16",
        "dm-wideresnet94-relu",
        "cifar-resnet14-b",
        "vgg13-h512-p2",
        "vit-d2h3p4m96-distilled",
        "vit-d4h2p8-scaled-unplaced",
        "pag-vit-d7h12p4m384-averaged",
        "convnext-2-2-6-2",
        "cnn-c16k4s2p1-c32k4s2p1nbm2-l100"
      })
  void aFamilysNameSaysAllOfIt(String id) {
    assertEquals(id, Family.of(id).id());
    assertEquals(Family.of(id), Family.of(id));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"wideresnet29", "vgg12", "vit-d0012h3p16", "cnn-", "cnn-l5", "cnn-c1k3s1p9", "x"})
  void namesOfNothingAreRefused(String id) {
    assertThrows(IllegalArgumentException.class, () -> Family.of(id));
  }

  @Test
  void inputsThatAreTooSmallForANetworkAreRefused() {
    Architecture network = new Architecture(Family.VGG16, 64, new InputShape(3, 16, 16), 10);
    assertThrows(IllegalArgumentException.class, network::tensorShapes);
    Architecture patches = new Architecture(Family.PAG_VIT, 384, new InputShape(3, 30, 30), 10);
    assertThrows(IllegalArgumentException.class, patches::tensorShapes);
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
