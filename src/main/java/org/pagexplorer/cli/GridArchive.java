package org.pagexplorer.cli;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.pagexplorer.checkpoint.Dtype;
import org.pagexplorer.checkpoint.NumpyFile;
import org.pagexplorer.checkpoint.Safetensors;
import org.pagexplorer.domain.AttackedImage;
import org.pagexplorer.domain.Image;
import org.pagexplorer.domain.InputShape;
import org.pagexplorer.domain.Tensor;
import org.pagexplorer.domain.TensorShape;
import org.pagexplorer.domain.UserException;
import org.pagexplorer.lab.attack.AttackedGrid;
import org.pagexplorer.lab.attack.OriginalImage;

/**
 * A grid's pictures as they are, in float32, in the format that the file's name ends in. {@code
 * .safetensors} holds {@code origin} [N, C, H, W], and for each model k {@code result.k} [N,
 * columns, C, H, W]; {@code .npy} the results alone, [models · N · columns, C, H, W] in that order.
 */
public final class GridArchive {
  private static final String NUMPY = ".npy";
  private static final String SAFETENSORS = ".safetensors";
  private static final String ORIGIN = "origin";

  /** What the tensors of {@link SaliencyArchive}'s maps begin with. */
  static final String SALIENCY = "saliency.";

  private GridArchive() {}

  /**
   * Looks before the work.
   *
   * @throws UserException if the name ends in neither format
   */
  public static void check(Path file) {
    if (!isNamed(file, NUMPY) && !isNamed(file, SAFETENSORS)) {
      throw new UserException(
          "Raw pictures are saved as .safetensors or .npy, but \""
              + file.getFileName()
              + "\" does not end in; add one of them.");
    }
  }

  /**
   * Looks before the work whether a tensor of safetensors can hold so many pictures of one model.
   *
   * @throws UserException if there are more
   */
  public static void check(Path file, long pictures, InputShape shape) {
    check(file);
    if (isNamed(file, SAFETENSORS) && pictures > Integer.MAX_VALUE / shape.size()) {
      throw new UserException(
          "%,d pictures are too many for %s; write .npy, or choose fewer images or targets."
              .formatted(pictures, file));
    }
  }

  /** Whether writing it needs all pictures in memory once more; NumPy's format is streamed. */
  public static boolean keepsCopies(Path file) {
    return isNamed(file, SAFETENSORS);
  }

  /** Whether a file of such tensors is one, or one of saliency maps, and so no model. */
  public static boolean isOne(Set<String> tensors) {
    return tensors.contains(ORIGIN)
        && (tensors.contains("result.0")
            || tensors.stream().anyMatch(name -> name.startsWith(SALIENCY)));
  }

  private static boolean isNamed(Path file, String ending) {
    return String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT).endsWith(ending);
  }

  /**
   * Replaces a file, whole or not at all.
   *
   * @param metadata what fixes the pictures; NumPy's format has no place for it
   * @throws UserException if it cannot be written, or the name ends in neither format
   */
  public static void write(Path file, AttackedGrid grid, Map<String, String> metadata) {
    check(file);
    if (isNamed(file, NUMPY)) {
      writeNumpy(file, grid);
      return;
    }
    SequencedMap<String, Tensor> tensors = new LinkedHashMap<>();
    List<Image> origins = grid.subjects().stream().map(OriginalImage::image).toList();
    tensors.put(ORIGIN, tensor(origins, origins.size()));
    for (int k = 0; k < grid.models().size(); k++) {
      List<Image> pictures = grid.of(k).map(AttackedImage::result).toList();
      tensors.put("result." + k, tensor(pictures, origins.size(), grid.columns().size()));
    }
    Safetensors.write(file, metadata, tensors, Dtype.F32);
  }

  private static void writeNumpy(Path file, AttackedGrid grid) {
    InputShape shape = grid.subjects().getFirst().image().shape();
    long pictures = (long) grid.models().size() * grid.subjects().size() * grid.columns().size();
    Stream<float[]> parts =
        IntStream.range(0, grid.models().size())
            .boxed()
            .flatMap(grid::of)
            .map(one -> one.result().pixels());
    NumpyFile.write(
        file,
        TensorShape.of(pictures, shape.channels(), shape.height(), shape.width()),
        parts::iterator);
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
