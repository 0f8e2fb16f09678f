package org.pagexplorer.lab;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.pagexplorer.checkpoint.Dtype;
import org.pagexplorer.checkpoint.Safetensors;
import org.pagexplorer.domain.AttackedImage;
import org.pagexplorer.domain.Image;
import org.pagexplorer.domain.InputShape;
import org.pagexplorer.domain.Tensor;
import org.pagexplorer.domain.TensorShape;

/**
 * A grid's pictures as they are, in float32: {@code origin} [N, C, H, W], and for each model k
 * {@code result.k} [N, columns, C, H, W].
 */
public final class GridArchive {
  private GridArchive() {}

  /**
   * Replaces a safetensors file, whole or not at all.
   *
   * @param metadata what fixes the pictures
   * @throws org.pagexplorer.domain.UserException if it cannot be written
   */
  public static void write(Path file, AttackedGrid grid, Map<String, String> metadata) {
    SequencedMap<String, Tensor> tensors = new LinkedHashMap<>();
    List<Image> origins = grid.subjects().stream().map(GridSubject::image).toList();
    tensors.put("origin", tensor(origins, origins.size()));
    for (int k = 0; k < grid.models().size(); k++) {
      List<Image> pictures = grid.of(k).map(AttackedImage::result).toList();
      tensors.put("result." + k, tensor(pictures, origins.size(), grid.columns().size()));
    }
    Safetensors.write(file, metadata, tensors, Dtype.F32);
  }

  private static Tensor tensor(List<Image> images, long... outer) {
    InputShape shape = images.getFirst().shape();
    long[] sides = java.util.Arrays.copyOf(outer, outer.length + 3);
    sides[outer.length] = shape.channels();
    sides[outer.length + 1] = shape.height();
    sides[outer.length + 2] = shape.width();
    float[] values = new float[Math.multiplyExact(images.size(), shape.size())];
    for (int i = 0; i < images.size(); i++) {
      System.arraycopy(images.get(i).pixels(), 0, values, i * shape.size(), shape.size());
    }
    return new Tensor(TensorShape.of(sides), values);
  }
}
