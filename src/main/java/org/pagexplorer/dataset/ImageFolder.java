package org.pagexplorer.dataset;

import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Supplier;
import org.pagexplorer.domain.InputShape;
import org.pagexplorer.domain.Printable;
import org.pagexplorer.domain.UserException;

/**
 * Pictures in a folder a class, as torchvision's {@code ImageFolder} reads them: classes are sorted
 * by name, pictures by name within their class, in which they may lie in folders of their own. A
 * class without a picture is none.
 */
final class ImageFolder {
  /** What an unsplit folder of classes is called. */
  static final String ALL = "all";

  private ImageFolder() {}

  /**
   * A folder of classes.
   *
   * @param folders in it
   * @param classes those that hold a picture
   */
  private record Classes(Path root, List<String> folders, List<String> classes) {
    static Classes of(Path root) {
      List<Path> folders = Listing.folders(root);
      return new Classes(
          root,
          folders.stream().map(Listing::name).toList(),
          folders.stream().filter(Listing::holdsPicture).map(Listing::name).toList());
    }
  }

  /** Folders {@code train}, {@code test}, {@code val} … in any capitals, or classes alone. */
  static SequencedMap<String, Supplier<Dataset>> in(Path folder) {
    List<Classes> splits =
        Listing.folders(folder).stream()
            .filter(inner -> Split.isName(Listing.name(inner)))
            .map(Classes::of)
            .toList();
    SequencedMap<String, Supplier<Dataset>> parts = Layout.nothing();
    List<Classes> labeled = splits.stream().filter(split -> !split.classes().isEmpty()).toList();
    for (Classes split : labeled.isEmpty() ? splits : labeled) {
      String part = Listing.name(split.root()).toLowerCase(Locale.ROOT);
      parts.put(part, () -> open(Listing.folderName(folder), split, labeled));
    }
    if (parts.isEmpty() && holdsClasses(folder)) {
      String name = Listing.folderName(folder);
      parts.put(Split.isName(name) ? name.toLowerCase(Locale.ROOT) : ALL, () -> scan(name, folder));
    }
    return parts;
  }

  /** A single class would tell nothing, and any folder with a folder of pictures would have one. */
  private static boolean holdsClasses(Path folder) {
    return Listing.folders(folder).stream().filter(ImageFolder::showsPictures).limit(2).count() > 1;
  }

  private static boolean showsPictures(Path folder) {
    return Listing.any(folder, ImageDecoder::hasImageName);
  }

  private static Dataset open(String name, Classes split, List<Classes> all) {
    Set<String> classes = new TreeSet<>();
    for (Classes other : all) {
      checkSameClasses(split, other);
      classes.addAll(other.classes());
    }
    return scan(name, split.root(), List.copyOf(classes));
  }

  /** Reads {@code <root>/<class>/**}. */
  static Dataset scan(String name, Path root) {
    return scan(name, root, Classes.of(root).classes());
  }

  private static Dataset scan(String name, Path root, List<String> folders) {
    return scan(name, root, folders, root::resolve);
  }

  /**
   * Reads the pictures of some classes.
   *
   * @param folders the classes' names on disk
   * @param place where each has its pictures
   */
  static Dataset scan(String name, Path root, List<String> folders, Function<String, Path> place) {
    List<Path> files = new ArrayList<>();
    List<Integer> labels = new ArrayList<>();
    for (int label = 0; label < folders.size(); label++) {
      for (Path file : Listing.pictures(place.apply(folders.get(label)))) {
        files.add(file);
        labels.add(label);
      }
    }
    List<String> classes = SynsetNames.beside(root, folders).stream().map(Printable::of).toList();
    return of(name, root, classes, files, labels.stream().mapToInt(i -> i).toArray());
  }

  /** Pictures' files with their labels. */
  static Dataset of(String name, Path root, List<String> classes, List<Path> files, int[] labels) {
    if (files.isEmpty()) {
      throw new UserException(
          "The folder "
              + root
              + " holds no images: put PNG or JPEG files into one folder per class.");
    }
    Dataset pictures = PictureDataset.of(name, classes, labels, new Files(List.copyOf(files)));
    return isCifar10(pictures, files) ? Datasets.named(pictures, "CIFAR-10 (JPEG)") : pictures;
  }

  private static boolean isCifar10(Dataset pictures, List<Path> files) {
    return pictures.shape().equals(InputShape.CIFAR)
        && pictures.classes().equals(Cifar10.CLASSES)
        && files.stream().allMatch(ImageDecoder::hasJpegName);
  }

  /** A class that only one split has would shift the labels of the other. */
  private static void checkSameClasses(Classes one, Classes other) {
    Set<String> missing = new LinkedHashSet<>(other.classes());
    one.folders().forEach(missing::remove);
    Set<String> alone = new LinkedHashSet<>(one.classes());
    other.folders().forEach(alone::remove);
    if (!missing.isEmpty() || !alone.isEmpty()) {
      boolean here = !missing.isEmpty();
      throw new UserException(
          "The folders %s and %s hold different classes, %s is missing in the %s: give both the"
                  .formatted(
                      one.root(),
                      other.root(),
                      Printable.of((here ? missing : alone).iterator().next()),
                      here ? "first" : "second")
              + " same class folders.");
    }
  }

  private record Files(List<Path> files) implements PictureDataset.Source {
    @Override
    public ImageDecoder.Size size(int index) {
      return ImageDecoder.size(files.get(index));
    }

    @Override
    public BufferedImage decode(int index) {
      return ImageDecoder.decode(files.get(index));
    }
  }
}
