package org.pagexplorer.dataset;

import java.awt.image.BufferedImage;
import java.util.List;
import java.util.function.Consumer;
import org.pagexplorer.domain.InputShape;

/**
 * Encoded pictures of any sizes, fitted to one. A picture is decoded when it is first read; as many
 * of them as fit in a little memory are kept.
 */
record PictureDataset(
    String name,
    List<String> classes,
    InputShape shape,
    int[] labels,
    Source source,
    Fit fit,
    Once<String> say,
    Decoded decoded)
    implements Dataset {

  /** Where the pictures are; safe to use from several threads at once. */
  interface Source {
    /** Width and height, without decoding it. */
    ImageDecoder.Size size(int index);

    BufferedImage decode(int index);
  }

  /**
   * Pictures in color, of the size of the first one.
   *
   * @param labels one a picture, at least one
   */
  static PictureDataset of(String name, List<String> classes, int[] labels, Source source) {
    ImageDecoder.Size first = source.size(0);
    InputShape shape = new InputShape(3, first.height(), first.width());
    return new PictureDataset(
        name, classes, shape, labels, source, Fit.CROP, Once.silent(), new Decoded(labels.length));
  }

  @Override
  public Dataset fitted(InputShape other, Fit how, Consumer<String> sayOnce) {
    return new PictureDataset(
        FittedDataset.name(this, other),
        classes,
        other,
        labels,
        source,
        how,
        new Once<>(sayOnce),
        new Decoded(labels.length));
  }

  @Override
  public int size() {
    return labels.length;
  }

  @Override
  public int label(int index) {
    return labels[index];
  }

  @Override
  public byte[] bytes(int index) {
    return decoded.of(index, this::decode);
  }

  private byte[] decode(int index) {
    BufferedImage picture = source.decode(index);
    if (!ImageFiles.fits(picture, shape)) {
      say.say(FittedDataset.note(picture, shape, fit));
    }
    return FittedDataset.bytes(picture, shape, fit);
  }
}
