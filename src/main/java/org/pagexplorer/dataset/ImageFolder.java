package org.pagexplorer.dataset;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;
import org.pagexplorer.domain.InputShape;
import org.pagexplorer.domain.Printable;
import org.pagexplorer.domain.UserException;

/**
 * Image files in a folder a class. Classes are sorted by name, files by name within their class. A
 * file is decoded when it is first read, then its bytes are kept.
 */
final class ImageFolder implements Dataset {
  /** An image file and the label of the folder it lies in. */
  private record Labelled(Path file, int label) {}

  private final String name;
  private final List<String> classes;
  private final List<Labelled> images;
  private final InputShape shape;
  private final AtomicReferenceArray<byte @Nullable []> decoded;

  private ImageFolder(String name, List<String> classes, List<Labelled> images, InputShape shape) {
    this.name = name;
    this.classes = classes;
    this.images = images;
    this.shape = shape;
    this.decoded = new AtomicReferenceArray<>(images.size());
  }

  /** Whether a folder has a {@code train} or {@code test} folder. */
  static boolean isIn(Path folder) {
    return Files.isDirectory(folder.resolve("train")) || Files.isDirectory(folder.resolve("test"));
  }

  /** Reads {@code <folder>/<split>/<class>/*}. */
  static Dataset open(Path folder, Split split) {
    Path root = folder.resolve(split.id());
    if (!Files.isDirectory(root)) {
      throw new UserException(
          "The folder %s has no folder “%s”: put the %s images into %s, a folder a class."
              .formatted(folder, split.id(), split.id(), root));
    }
    checkSameClasses(root, folder.resolve(split.other().id()));
    ImageFolder found = scan(Listing.folderName(folder), root);
    return found.isCifar10() ? found.named("CIFAR-10 (JPEG)") : found;
  }

  /** Reads {@code <root>/<class>/*}. */
  static ImageFolder scan(String name, Path root) {
    List<Path> folders = Listing.folders(root);
    List<Labelled> images = new ArrayList<>();
    for (int label = 0; label < folders.size(); label++) {
      Path folder = folders.get(label);
      for (Path file : Listing.entries(folder, ImageDecoder::hasImageName)) {
        images.add(new Labelled(file, label));
      }
    }
    if (images.isEmpty()) {
      throw new UserException(
          "The folder " + root + " holds no images: put PNG or JPEG files into a folder a class.");
    }
    ImageDecoder.Size first = ImageDecoder.size(images.getFirst().file());
    return new ImageFolder(
        name, classes(root), images, new InputShape(3, first.height(), first.width()));
  }

  private static List<String> classes(Path root) {
    return Listing.folders(root).stream().map(Listing::name).map(Printable::of).toList();
  }

  private static void checkSameClasses(Path root, Path other) {
    if (Files.isDirectory(other) && !classes(root).equals(classes(other))) {
      throw new UserException(
          "The folders %s and %s hold different classes: give both the same class folders."
              .formatted(root, other));
    }
  }

  private boolean isCifar10() {
    return shape.equals(InputShape.CIFAR)
        && classes.equals(Cifar10.CLASSES)
        && images.stream().map(Labelled::file).allMatch(ImageDecoder::hasJpegName);
  }

  private ImageFolder named(String other) {
    return new ImageFolder(other, classes, images, shape);
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
    return images.size();
  }

  @Override
  public int label(int index) {
    return images.get(index).label();
  }

  @Override
  public byte[] bytes(int index) {
    byte[] known = decoded.get(index);
    if (known == null) {
      known = decode(images.get(index).file());
      decoded.set(index, known);
    }
    return known.clone();
  }

  private byte[] decode(Path file) {
    ImageDecoder.Size first = new ImageDecoder.Size(shape.width(), shape.height());
    return RgbPixels.bytes(
        ImageDecoder.decode(
            file,
            first,
            size ->
                new UserException(
                    "The image %s is %s, but the first one, %s, is %s: make all images one size."
                        .formatted(file, size, images.getFirst().file(), first))));
  }
}
