package org.pagexplorer.dataset;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SequencedMap;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.pagexplorer.domain.UserException;

/** Finds the dataset that a user means by a folder, by one around it, or by a file in it. */
final class Places {
  /** In the order they are asked in; what any folder of folders might be comes last. */
  private static final List<Layout> LAYOUTS =
      List.of(
          Cifar10::in,
          Cifar100::in,
          CifarPickles::in,
          Stl10::in,
          IdxFiles::in,
          Svhn::in,
          NumpyFiles::in,
          ParquetFiles::in,
          TinyImageNet::in,
          ImageFolder::in);

  /** Those that keep a part or more in one file. */
  private static final List<Layout> FILE_LAYOUTS =
      List.of(Svhn::in, NumpyFiles::in, ParquetFiles::in);

  /** How many folders deep a dataset may lie in the one that is opened. */
  private static final int DEEPEST = 3;

  private static final int MOST_FOLDERS = 500;

  private static final Set<String> ARCHIVES =
      Set.of("zip", "tar", "gz", "tgz", "bz2", "xz", "7z", "rar", "zst");

  private static final Set<String> FILES = Set.of("npz", "npy", "mat", "parquet", "bin");

  private static final String AS_NUMPY =
      ", so save the images with numpy.savez(\"test.npz\", images=…, labels=…), or put pictures"
          + " into one folder per class";

  private Places() {}

  /** A dataset's place and its parts. */
  record Found(Path place, SequencedMap<String, Supplier<Dataset>> parts) {}

  /**
   * The dataset that a folder or a file is or holds.
   *
   * @throws UserException if there is none, or more than one
   */
  static Found find(Path chosen) {
    if (Files.isDirectory(chosen)) {
      return inFolder(chosen);
    }
    if (!Files.exists(chosen)) {
      throw new UserException(
          "There is no folder " + chosen + ": choose one that holds a dataset.");
    }
    SequencedMap<String, Supplier<Dataset>> own = parts(chosen);
    return own.isEmpty() ? around(chosen) : new Found(chosen, own);
  }

  private static SequencedMap<String, Supplier<Dataset>> parts(Path place) {
    return (Files.isDirectory(place) ? LAYOUTS : FILE_LAYOUTS)
        .stream()
            .map(layout -> layout.in(place))
            .filter(parts -> !parts.isEmpty())
            .findFirst()
            .orElseGet(Layout::nothing);
  }

  /** The dataset that a file is a part of: a picture may lie some folders down. */
  private static Found around(Path file) {
    Path folder = file.toAbsolutePath().getParent();
    int up = ImageDecoder.hasImageName(file) ? DEEPEST : 1;
    for (int i = 0; i < up && folder != null; i++) {
      SequencedMap<String, Supplier<Dataset>> parts = parts(folder);
      if (!parts.isEmpty()) {
        return new Found(folder, parts);
      }
      folder = folder.getParent();
    }
    throw new UserException(
        isArchive(file)
            ? file + " is an archive: unpack it, then choose the folder."
            : file + " is not a dataset and not part of one: choose a folder that contains one.");
  }

  private static boolean isArchive(Path file) {
    return ARCHIVES.contains(extension(file));
  }

  /** Whether a file is called like one that holds a dataset, or a part of one. */
  static boolean isDatasetFile(Path file) {
    return FILES.contains(extension(file)) || Listing.name(file).contains("-ubyte");
  }

  private static String extension(Path file) {
    String name = Listing.name(file).toLowerCase(Locale.ROOT);
    return name.substring(name.lastIndexOf('.') + 1);
  }

  private static Found inFolder(Path folder) {
    List<Path> level = List.of(folder);
    for (int depth = 0; depth <= DEEPEST; depth++) {
      List<Found> found =
          level.stream()
              .map(
                  place ->
                      new Found(place, place == folder ? parts(place) : partsIfReadable(place)))
              .filter(place -> !place.parts().isEmpty())
              .toList();
      if (found.size() == 1) {
        return found.getFirst();
      }
      if (found.size() > 1) {
        throw new UserException(
            "The folder %s holds several datasets: choose %s."
                .formatted(
                    folder,
                    Split.listed(
                        found.stream()
                            .map(place -> folder.relativize(place.place()).toString())
                            .toList())));
      }
      level = below(level);
    }
    throw nothing(folder);
  }

  /** A folder that may not be read holds no dataset for this user. */
  private static SequencedMap<String, Supplier<Dataset>> partsIfReadable(Path folder) {
    return Files.isReadable(folder) ? parts(folder) : Layout.nothing();
  }

  private static List<Path> below(List<Path> level) {
    List<Path> below = new ArrayList<>();
    level.stream().filter(Files::isReadable).map(Listing::folders).forEach(below::addAll);
    return below.size() > MOST_FOLDERS ? below.subList(0, MOST_FOLDERS) : below;
  }

  private static boolean has(Path folder, String... endings) {
    return Listing.any(folder, file -> List.of(endings).contains(extension(file)));
  }

  private static UserException nothing(Path folder) {
    boolean pictures = Listing.any(folder, ImageDecoder::hasImageName);
    boolean archive = Listing.any(folder, Places::isArchive);
    String advice =
        Stream.of(
                pictures
                    ? "its pictures have no labels, so put them into one folder per class"
                    : "",
                archive ? "unpack the archive in it" : "",
                has(folder, "pt", "pth") ? "PyTorch's files are none" + AS_NUMPY : "",
                has(folder, "csv") ? "CSV files are none" + AS_NUMPY : "")
            .filter(words -> !words.isEmpty())
            .findFirst()
            .orElse(
                "choose one with train and test folders that have one folder of images per class,"
                    + " or with the files of CIFAR, STL-10, MNIST, SVHN, NumPy, or parquet");
    return new UserException("The folder " + folder + " holds no dataset: " + advice + ".");
  }
}
