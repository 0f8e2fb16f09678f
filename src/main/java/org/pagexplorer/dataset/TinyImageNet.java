package org.pagexplorer.dataset;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SequencedMap;
import java.util.function.Supplier;
import org.pagexplorer.domain.Printable;
import org.pagexplorer.domain.UserException;
import org.pagexplorer.files.TextFile;

/**
 * Tiny-ImageNet as Stanford packed it: {@code train/ID/images/*}, and {@code val/images/*} whose
 * classes {@code val/val_annotations.txt} tells. Its test images have no labels.
 */
final class TinyImageNet {
  private static final String ANNOTATIONS = "val_annotations.txt";
  private static final int LONGEST = 16 << 20;

  private TinyImageNet() {}

  static SequencedMap<String, Supplier<Dataset>> in(Path folder) {
    SequencedMap<String, Supplier<Dataset>> parts = Layout.nothing();
    Path train = folder.resolve("train");
    Path val = folder.resolve("val");
    if (Files.isRegularFile(val.resolve(ANNOTATIONS)) && Files.isDirectory(val.resolve("images"))) {
      parts.put("val", () -> validation(folder, val));
      if (Files.isDirectory(train)) {
        parts.put("train", () -> ImageFolder.scan(Listing.folderName(folder), train));
      }
    }
    return parts;
  }

  private static Dataset validation(Path folder, Path val) {
    List<String[]> annotations = annotations(val.resolve(ANNOTATIONS));
    List<String> ids = ids(folder, annotations);
    List<Path> files = new ArrayList<>();
    List<Integer> labels = new ArrayList<>();
    for (String[] annotation : annotations) {
      Path file = val.resolve("images").resolve(Path.of(annotation[0]).getFileName());
      if (Files.exists(file)) {
        files.add(file);
        labels.add(ids.indexOf(annotation[1]));
      }
    }
    List<String> names = SynsetNames.beside(folder, ids).stream().map(Printable::of).toList();
    return ImageFolder.of(
        Listing.folderName(folder), val, names, files, labels.stream().mapToInt(i -> i).toArray());
  }

  /** Those of the training images, so that labels agree. */
  private static List<String> ids(Path folder, List<String[]> annotations) {
    Path train = folder.resolve("train");
    List<String> trained =
        Files.isDirectory(train)
            ? Listing.folders(train).stream().map(Listing::name).toList()
            : List.of();
    List<String> used = annotations.stream().map(a -> a[1]).distinct().sorted().toList();
    if (trained.isEmpty()) {
      return used;
    }
    for (String id : used) {
      if (!trained.contains(id)) {
        throw new UserException(
            "The file %s names the class %s, which has no folder in %s: unpack the archive again."
                .formatted(folder.resolve("val").resolve(ANNOTATIONS), Printable.of(id), train));
      }
    }
    return trained;
  }

  /** File and id, as {@code val_0.JPEG n03444034 …}. */
  private static List<String[]> annotations(Path file) {
    try {
      return TextFile.read(file, LONGEST)
          .lines()
          .map(line -> line.strip().split("\\s+", -1))
          .filter(parts -> parts.length >= 2)
          .toList();
    } catch (IOException e) {
      throw new UserException(
          "The labels in " + file + " could not be read: unpack the archive again.", e);
    }
  }
}
