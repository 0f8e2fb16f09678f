package org.pagexplorer.dataset;

import java.awt.image.BufferedImage;
import java.util.List;
import java.util.function.Consumer;
import org.pagexplorer.domain.InputShape;

/**
 * Encoded pictures of any sizes, fitted to one. A picture is decoded when it is first read; as many
 * of them as fit in a little memory are kept.
 */
final class PictureDataset implements Dataset {

  /** Where the pictures are; safe to use from several threads at once. */
  interface Source {
    /** Width and height, without decoding it. */
    ImageDecoder.Size size(int index);

    BufferedImage decode(int index);
  }

  private final String name;
  private final List<String> classes;
  private final int[] labels;
  private final Source source;
  private final InputShape shape;
  private final Fit fit;
  private final Once<String> say;
  private final Decoded decoded;

  private PictureDataset(
      String name,
      List<String> classes,
      int[] labels,
      Source source,
      InputShape shape,
      Fit fit,
      Once<String> say) {
    this.name = name;
    this.classes = classes;
    this.labels = labels;
    this.source = source;
    this.shape = shape;
    this.fit = fit;
    this.say = say;
    decoded = new Decoded(labels.length);
  }

  /**
   * Pictures in color, of the size of the first one.
   *
   * @param labels one a picture, at least one
   */
  static PictureDataset of(String name, List<String> classes, int[] labels, Source source) {
    ImageDecoder.Size first = source.size(0);
    InputShape shape = new InputShape(3, first.height(), first.width());
    return new PictureDataset(name, classes, labels, source, shape, Fit.CROP, Once.silent());
  }

  @Override
  public Dataset fitted(InputShape other, Fit how, Consumer<String> sayOnce) {
    return new PictureDataset(
        FittedDataset.name(this, other), classes, labels, source, other, how, new Once<>(sayOnce));
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public List<String> classes() {
    return classes;
  }

  @Override
  public InputShape shape() {
    return shape;
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
