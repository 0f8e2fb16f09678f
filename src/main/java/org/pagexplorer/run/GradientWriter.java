package org.pagexplorer.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.pagexplorer.checkpoint.Dtype;
import org.pagexplorer.checkpoint.NumpyFile;
import org.pagexplorer.checkpoint.Safetensors;
import org.pagexplorer.dataset.Dataset;
import org.pagexplorer.domain.Alignment;
import org.pagexplorer.domain.InputShape;
import org.pagexplorer.domain.TensorShape;
import org.pagexplorer.domain.UserException;

/** Writes the ground-truth gradients of a dataset's images, a piece after another. */
public final class GradientWriter {
  /** Values that are computed together. */
  private static final int TOGETHER = 1 << 22;

  private static final int MOST_IMAGES = 64;

  /** Of which a large teacher's gradients still take no more than seconds on a CPU. */
  private static final int MOST_ON_CPU = 16;

  private final Path file;
  private final Dataset data;
  private final Dtype dtype;

  /**
   * @param data N images, as they would be trained on
   * @param dtype F32, or F16, of which each gradient is scaled by a power of two so that its
   *     largest value is in [1/2, 1): only directions count, and small ones would be lost
   * @throws UserException if the file cannot be written so
   */
  public GradientWriter(Path file, Dataset data, Dtype dtype) {
    this.file = file;
    this.data = data;
    this.dtype = dtype;
    GradientFile.checkName(file);
    if (GradientFile.isNumpy(file) && data.size() < data.original().size()) {
      throw new UserException(
          "%s cannot say of which images it is: name a .safetensors file, or write those of all images."
              .formatted(file));
    }
    checkSpace();
  }

  private void checkSpace() {
    try {
      Path folder = file.toAbsolutePath().getParent();
      long free = folder == null ? Long.MAX_VALUE : Files.getFileStore(folder).getUsableSpace();
      if (free < bytes()) {
        throw new UserException(
            "%s would take %,d MB, but its disk has %,d MB left; make room, choose another place, or write float16."
                .formatted(file, bytes() / 1_000_000, free / 1_000_000));
      }
    } catch (IOException e) {
      return; // writing will tell
    }
  }

  /** Bytes of the numbers. */
  public long bytes() {
    return shape().size() * dtype.bytes();
  }

  /** N × C × channels × height × width. */
  public TensorShape shape() {
    InputShape image = data.shape();
    return TensorShape.of(
        data.size(), data.classes().size(), image.channels(), image.height(), image.width());
  }

  /** Told of the work. */
  public interface Observer {
    /** What the gradients are made from is there. */
    default void prepared() {}

    /** So many more images are done. */
    void images(int more);

    default boolean isCancelled() {
      return false;
    }
  }

  /**
   * Replaces the file, whole or not at all.
   *
   * @param gradient what a teacher is asked for; the others' gradients are for both
   * @return whether it was written; false if the observer cancelled
   * @throws UserException if the disk refuses
   */
  public boolean write(GroundTruth truth, Alignment.Gradient gradient, Observer observer) {
    Iterable<float[]> pieces = () -> new Pieces(truth, gradient, observer);
    try {
      if (GradientFile.isNumpy(file)) {
        NumpyFile.write(file, shape(), dtype, pieces);
      } else {
        Safetensors.write(file, metadata(), GradientFile.TENSOR, shape(), dtype, pieces);
      }
      return true;
    } catch (CancellationException e) {
      return false;
    }
  }

  private Map<String, String> metadata() {
    Map<String, String> metadata = new LinkedHashMap<>();
    metadata.put(GradientRows.PRINT, GradientRows.print(data.original()));
    if (data.size() < data.original().size()) {
      metadata.put(
          GradientRows.PLACES,
          IntStream.range(0, data.size())
              .mapToObj(i -> String.valueOf(data.originalIndex(i)))
              .collect(Collectors.joining(",")));
    }
    return metadata;
  }

  /** Some images' gradients, or, of many or large classes, some of one image's. */
  private final class Pieces implements Iterator<float[]> {
    private final GroundTruth truth;
    private final Alignment.Gradient gradient;
    private final Observer observer;
    private final int size = data.shape().size();
    private final int classes = data.classes().size();
    private final int images;
    private final int together = Math.clamp(TOGETHER / size, 1, classes);
    private int image;
    private int target;

    Pieces(GroundTruth truth, Alignment.Gradient gradient, Observer observer) {
      this.truth = truth;
      this.gradient = gradient;
      this.observer = observer;
      boolean slow =
          truth instanceof GroundTruth.Teacher teacher
              && teacher.classifier().device().equals("cpu");
      int most = slow ? MOST_ON_CPU : MOST_IMAGES;
      images = Math.clamp(TOGETHER / ((long) size * classes), 1, most);
    }

    @Override
    public boolean hasNext() {
      return image < data.size();
    }

    @Override
    public float[] next() {
      if (observer.isCancelled()) {
        throw new CancellationException();
      }
      int n = Math.min(images, data.size() - image);
      int k = Math.min(together, classes - target);
      float[] pixels = new float[n * size];
      for (int i = 0; i < n; i++) {
        System.arraycopy(data.image(image + i).pixels(), 0, pixels, i * size, size);
      }
      int[][] targets = new int[k][n];
      for (int c = 0; c < k; c++) {
        java.util.Arrays.fill(targets[c], target + c);
      }
      float[][] found =
          truth instanceof GroundTruth.Teacher teacher
              ? teacher.of(gradient, pixels, targets)
              : truth.of(image, pixels, targets);
      advance(n, k);
      return byImage(found, n);
    }

    private void advance(int n, int k) {
      target += k;
      if (target == classes) {
        target = 0;
        image += n;
        observer.images(n);
      }
    }

    /** An image's gradients beside each other. */
    private float[] byImage(float[][] byTarget, int n) {
      float[] all = new float[byTarget.length * n * size];
      for (int i = 0; i < n; i++) {
        for (int c = 0; c < byTarget.length; c++) {
          int to = (i * byTarget.length + c) * size;
          System.arraycopy(byTarget[c], i * size, all, to, size);
          if (dtype == Dtype.F16) {
            scale(all, to, size);
          }
        }
      }
      return all;
    }
  }

  private static void scale(float[] values, int from, int count) {
    float largest = 0;
    for (int j = from; j < from + count; j++) {
      largest = Math.max(largest, Math.abs(values[j]));
    }
    if (largest >= Float.MIN_NORMAL && Float.isFinite(largest)) {
      int exponent = -1 - Math.getExponent(largest);
      for (int j = from; j < from + count; j++) {
        values[j] = Math.scalb(values[j], exponent);
      }
    }
  }
}
