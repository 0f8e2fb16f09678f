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

  /** Folders {@code train}, {@code test}, {@code val} … in any capitals, or classes alone. */
  static SequencedMap<String, Supplier<Dataset>> in(Path folder) {
    List<Path> splits =
        Listing.folders(folder).stream().filter(f -> Split.isName(Listing.name(f))).toList();
    SequencedMap<String, Supplier<Dataset>> parts = Layout.nothing();
    List<Path> labelled = splits.stream().filter(split -> !names(split).isEmpty()).toList();
    for (Path split : labelled.isEmpty() ? splits : labelled) {
      String part = Listing.name(split).toLowerCase(Locale.ROOT);
      parts.put(part, () -> open(Listing.folderName(folder), split, labelled));
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
    return !Listing.some(folder, ImageDecoder::hasImageName, 1).isEmpty();
  }

  private static Dataset open(String name, Path root, List<Path> splits) {
    checkSameClasses(root, splits);
    Set<String> classes = new TreeSet<>();
    splits.forEach(split -> classes.addAll(names(split)));
    return scan(name, root, List.copyOf(classes));
  }

  /** Reads {@code <root>/<class>/**}. */
  static Dataset scan(String name, Path root) {
    return scan(name, root, names(root));
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
          "The folder " + root + " holds no images: put PNG or JPEG files into a folder a class.");
    }
    Dataset pictures = PictureDataset.of(name, classes, labels, new Files(List.copyOf(files)));
    return isCifar10(pictures, files) ? Datasets.named(pictures, "CIFAR-10 (JPEG)") : pictures;
  }

  private static boolean isCifar10(Dataset pictures, List<Path> files) {
    return pictures.shape().equals(InputShape.CIFAR)
        && pictures.classes().equals(Cifar10.CLASSES)
        && files.stream().allMatch(ImageDecoder::hasJpegName);
  }

  /** The classes of a split: its folders that hold a picture. */
  private static List<String> names(Path root) {
    return Listing.folders(root).stream().filter(Listing::holdsPicture).map(Listing::name).toList();
  }

  /** A class that only one split has would shift the labels of the other. */
  private static void checkSameClasses(Path root, List<Path> splits) {
    Set<String> own = folderNames(root);
    for (Path other : splits) {
      Set<String> missing = new LinkedHashSet<>(names(other));
      missing.removeAll(own);
      Set<String> alone = new LinkedHashSet<>(names(root));
      alone.removeAll(folderNames(other));
      if (!missing.isEmpty() || !alone.isEmpty()) {
        boolean here = !missing.isEmpty();
        throw new UserException(
            "The folders %s and %s hold different classes, %s is missing in the %s: give both the"
                    .formatted(
                        root,
                        other,
                        Printable.of((here ? missing : alone).iterator().next()),
                        here ? "first" : "second")
                + " same class folders.");
      }
    }
  }

  private static Set<String> folderNames(Path root) {
    Set<String> names = new TreeSet<>();
    Listing.folders(root).forEach(folder -> names.add(Listing.name(folder)));
    return names;
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
