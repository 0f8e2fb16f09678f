package org.pagexplorer.dataset;

import java.util.List;
import java.util.function.Consumer;
import org.pagexplorer.domain.Image;
import org.pagexplorer.domain.InputShape;

/** Labeled images of one shape, in a fixed order. Safe to read from several threads at once. */
public interface Dataset {

  /** What a model card calls it, for example {@code CIFAR-10}. */
  String name();

  /** The class names, by label. */
  List<String> classes();

  /** The shape of every image. */
  InputShape shape();

  /** Number of images, at least 1. */
  int size();

  /**
   * The label of an image.
   *
   * @param index in [0, {@link #size()})
   * @return in [0, {@code classes().size()})
   */
  int label(int index);

  /**
   * The pixels of an image as unsigned bytes in CHW order, {@code shape().size()} of them, in an
   * array of the caller's own.
   *
   * @param index in [0, {@link #size()})
   * @throws org.pagexplorer.domain.UserException if its file is damaged
   */
  byte[] bytes(int index);

  /**
   * The dataset as it lies on disk, with its own classes, of which this may be some images, in the
   * shape of this one.
   */
  default Dataset original() {
    return this;
  }

  /**
   * Where an image is in {@link #original()}, whatever is chosen of it and in whatever order.
   *
   * @param index in [0, {@link #size()})
   */
  default int originalIndex(int index) {
    return index;
  }

  /**
   * Which class of {@link #original()} one of {@link #classes()} is, −1 if none.
   *
   * @param index in [0, {@code classes().size()})
   */
  default int originalClass(int index) {
    return index;
  }

  /**
   * The same images in another shape: resized as {@link Fit} says, in gray where it has one
   * channel, with a gray repeated where it has three.
   *
   * @param shape of one channel or three
   * @param say told once, by any thread, of the first image that has to be resized
   * @throws org.pagexplorer.domain.UserException if the shape has another number of channels
   */
  default Dataset fitted(InputShape shape, Fit fit, Consumer<String> say) {
    return shape.equals(shape()) ? this : new FittedDataset(this, shape, fit, say);
  }

  /**
   * An image with its bytes divided by 255, hence in [0, 1].
   *
   * @param index in [0, {@link #size()})
   * @throws org.pagexplorer.domain.UserException if its file is damaged
   */
  default Image image(int index) {
    byte[] bytes = bytes(index);
    float[] pixels = new float[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      pixels[i] = Byte.toUnsignedInt(bytes[i]) / 255f;
    }
    return new Image(shape(), pixels);
  }
}
