package org.pagexplorer.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.pagexplorer.domain.Architecture;
import org.pagexplorer.domain.Image;
import org.pagexplorer.domain.LayerTap;
import org.pagexplorer.domain.LayerTap.Layer;

class LayerTapTest extends OnEveryDevice {
  private static final Architecture NETWORK = Architecture.resNet18(2, Given.SMALL, 5);

  @Test
  void everyLayerIsToldWithTheShapeThatIsSaid() {
    List<Image> images = Given.imagesAtTheEdges(Given.SMALL, 3, 5);
    try (Classifier f = Given.classifier(engine, NETWORK, 11)) {
      NDArray x = Pixels.toArray(images, manager);
      Map<String, long[]> told = new LinkedHashMap<>();
      NDArray logits = f.logits(x, (name, array) -> told.put(name, array.getShape().getShape()));
      assertArrayEquals(f.logits(x).toFloatArray(), logits.toFloatArray());
      List<Layer> layers = LayerTap.of(NETWORK);
      Set<String> names = new HashSet<>();
      for (Layer layer : layers) {
        assertTrue(names.add(layer.name()), layer.name() + " twice");
        long[] expected = {
          3, layer.shape().channels(), layer.shape().height(), layer.shape().width()
        };
        assertArrayEquals(expected, told.get(layer.name()), layer.name());
      }
      assertEquals("conv1", layers.getFirst().name());
      assertEquals("layer3.1.conv2.add.activation", layers.getLast().name());
    }
  }
}
