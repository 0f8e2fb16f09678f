package org.pagexplorer.cli;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.stream.Stream;
import org.pagexplorer.checkpoint.Dtype;
import org.pagexplorer.checkpoint.NumpyFile;
import org.pagexplorer.checkpoint.Safetensors;
import org.pagexplorer.domain.Image;
import org.pagexplorer.domain.InputShape;
import org.pagexplorer.domain.SaliencyMap;
import org.pagexplorer.domain.Tensor;
import org.pagexplorer.domain.TensorShape;
import org.pagexplorer.domain.UserException;
import org.pagexplorer.lab.attack.OriginalImage;
import org.pagexplorer.lab.saliency.SaliencyGrid;

/**
 * Saliency maps as they are, in float32. {@code .safetensors} holds {@code origin} [N, C, H, W],
 * and for each method and model k {@code saliency.METHOD.k} [N, C, H, W] (Grad-CAM: [N, 1, H, W]);
 * {@code .npy} the maps of one method alone, [models · N, C, H, W].
 */
final class SaliencyArchive {
  private SaliencyArchive() {}

  /**
   * Looks before the work.
   *
   * @throws UserException if the name ends in neither format, or NumPy's would have to hold several
   *     methods
   */
  static void check(Path file, int methods) {
    GridArchive.check(file);
    if (!GridArchive.keepsCopies(file) && methods > 1) {
      throw new UserException(
          "A .npy file holds the maps of one method: choose one with --method, or write"
              + " .safetensors.");
    }
    OutputFile.check(file, "--raw");
  }

  /**
   * Replaces a file, whole or not at all.
   *
   * @param metadata what fixes the maps; NumPy's format has no place for it
   */
  static void write(Path file, SaliencyGrid grid, Map<String, String> metadata) {
    if (!GridArchive.keepsCopies(file)) {
      InputShape shape = grid.at(0, 0, 0).values().shape();
      long count = (long) grid.models().size() * grid.subjects().size();
      Stream<float[]> parts = grid.of(0).map(Image::pixels);
      NumpyFile.write(
          file,
          TensorShape.of(count, shape.channels(), shape.height(), shape.width()),
          parts::iterator);
      return;
    }
    SequencedMap<String, Tensor> tensors = new LinkedHashMap<>();
    tensors.put("origin", tensor(grid.subjects().stream().map(OriginalImage::image).toList()));
    for (int m = 0; m < grid.methods().size(); m++) {
      for (int k = 0; k < grid.models().size(); k++) {
        tensors.put(
            GridArchive.SALIENCY + grid.methods().get(m).method().id() + "." + k,
            tensor(grid.maps().get(k).get(m).stream().map(SaliencyMap::values).toList()));
      }
    }
    Safetensors.write(file, metadata, tensors, Dtype.F32);
  }

  private static Tensor tensor(List<Image> images) {
    InputShape shape = images.getFirst().shape();
    float[] values = new float[Math.multiplyExact(images.size(), shape.size())];
    for (int i = 0; i < images.size(); i++) {
      System.arraycopy(images.get(i).pixels(), 0, values, i * shape.size(), shape.size());
    }
    return new Tensor(
        TensorShape.of(images.size(), shape.channels(), shape.height(), shape.width()), values);
  }
}
