package org.pagexplorer.dataset;

import java.awt.image.BufferedImage;
import java.util.function.Consumer;
import org.pagexplorer.domain.Image;
import org.pagexplorer.domain.InputShape;

/** A dataset's images in another size, or with another number of channels. */
record FittedDataset(Dataset whole, InputShape shape, Fit fit, Once<String> say)
    implements ForwardingDataset {

  FittedDataset(Dataset whole, InputShape shape, Fit fit, Consumer<String> say) {
    this(whole, shape, fit, new Once<>(say));
  }

  /** A resized dataset is not the published one; gray or repeated channels are. */
  static String name(Dataset whole, InputShape shape) {
    InputShape own = whole.shape();
    boolean same = own.height() == shape.height() && own.width() == shape.width();
    return same ? whole.name() : whole.name() + " (resized)";
  }

  /** What is said of the first image that does not fit. */
  static String note(BufferedImage picture, InputShape shape, Fit fit) {
    return "Images of another size than the model's are resized; the first such one was "
        + ImageFiles.fit(picture, shape, fit).note()
        + ".";
  }

  /** A picture's bytes in CHW order, of a shape of one channel or three. */
  static byte[] bytes(BufferedImage picture, InputShape shape, Fit fit) {
    byte[] color =
        ImageFiles.fits(picture, shape)
            ? RgbPixels.bytes(picture)
            : bytes(
                ImageFiles.fit(picture, new InputShape(3, shape.height(), shape.width()), fit)
                    .image());
    return shape.channels() == 1 ? Luma.of(color) : color;
  }

  private static byte[] bytes(Image image) {
    byte[] bytes = new byte[image.pixels().length];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) Math.round(image.pixels()[i] * 255);
    }
    return bytes;
  }

  @Override
  public String name() {
    return name(whole, shape);
  }

  @Override
  public Dataset original() {
    Dataset source = whole.original();
    return source == whole ? this : source.fitted(shape, fit, _ -> {});
  }

  @Override
  public int originalIndex(int index) {
    return whole.originalIndex(index);
  }

  @Override
  public byte[] bytes(int index) {
    InputShape own = whole.shape();
    byte[] bytes = whole.bytes(index);
    if (own.height() == shape.height() && own.width() == shape.width()) {
      if (own.channels() == shape.channels()) {
        return bytes;
      }
      return shape.channels() == 1 ? Luma.of(bytes) : Luma.repeated(bytes);
    }
    BufferedImage picture = picture(own, bytes);
    say.say(note(picture, shape, fit));
    return bytes(picture, shape, fit);
  }

  private static BufferedImage picture(InputShape shape, byte[] bytes) {
    int plane = shape.height() * shape.width();
    int green = shape.channels() == 3 ? plane : 0;
    BufferedImage picture =
        new BufferedImage(shape.width(), shape.height(), BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < plane; i++) {
      int rgb = (bytes[i] & 255) << 16 | (bytes[green + i] & 255) << 8 | bytes[2 * green + i] & 255;
      picture.setRGB(i % shape.width(), i / shape.width(), rgb);
    }
    return picture;
  }
}
