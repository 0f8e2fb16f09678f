package org.pagexplorer.dataset;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.pagexplorer.domain.InputShape;
import org.pagexplorer.domain.UserException;

/**
 * MNIST's idx files (LeCun, 1998) and those of Fashion-, K- and EMNIST, plain or as {@code .gz}.
 * EMNIST's images lie on their sides in its files, and are read as they lie, as torchvision does.
 */
final class IdxFiles {
  private static final Pattern IMAGES =
      Pattern.compile("(?:(.*)[-_])?(train|test|t10k)[-_]images[-.]idx3[-.]ubyte(\\.gz)?");

  static final List<String> DIGITS = List.of("0", "1", "2", "3", "4", "5", "6", "7", "8", "9");
  static final List<String> FASHION =
      List.of(
          "T-shirt/top",
          "Trouser",
          "Pullover",
          "Dress",
          "Coat",
          "Sandal",
          "Shirt",
          "Sneaker",
          "Bag",
          "Ankle boot");
  private static final List<String> KUZUSHIJI =
      List.of("o", "ki", "su", "tsu", "na", "ha", "ma", "ya", "re", "wo");

  private IdxFiles() {}

  /** {@code t10k-images-idx3-ubyte} and the like; EMNIST's parts are {@code letters-test} …. */
  static SequencedMap<String, Supplier<Dataset>> in(Path folder) {
    SequencedMap<String, Supplier<Dataset>> parts = Layout.nothing();
    if (!Files.isDirectory(folder)) {
      return parts;
    }
    Map<String, Path> images = new TreeMap<>();
    for (Path file : Listing.entries(folder, Files::isRegularFile)) {
      Matcher name = IMAGES.matcher(Listing.name(file));
      if (name.matches()) {
        images.putIfAbsent(partName(name.group(1), name.group(2)), file); // the plain one is first
      }
    }
    images.forEach((part, file) -> parts.put(part, () -> open(folder, part, file)));
    return parts;
  }

  private static String partName(String prefix, String split) {
    String part = split.equals("t10k") ? "test" : split;
    return prefix == null ? part : prefix.replaceFirst("^emnist[-_]", "") + "-" + part;
  }

  private static Dataset open(Path folder, String part, Path imageFile) {
    Path labelFile = labelsOf(imageFile);
    IdxArray images = IdxArray.read(imageFile, 3);
    IdxArray stored = IdxArray.read(labelFile, 1);
    ArrayDataset.checkSizes(imageFile, images.sizes()[0], labelFile, stored.sizes()[0]);
    int[] labels = new int[stored.sizes()[0]];
    Arrays.setAll(labels, i -> stored.bytes()[i] & 255);
    if (part.startsWith("letters-")) {
      Arrays.setAll(labels, i -> labels[i] - 1); // A is 1
    }
    InputShape shape = new InputShape(1, images.sizes()[1], images.sizes()[2]);
    List<String> classes = classes(folder, part, labels);
    return new ArrayDataset(
        name(folder, part),
        classes,
        shape,
        ArrayDataset.checked(labels, classes.size(), labelFile),
        index -> {
          int from = index * shape.size();
          return Arrays.copyOfRange(images.bytes(), from, from + shape.size());
        });
  }

  private static Path labelsOf(Path images) {
    String name = Listing.name(images).replace("images", "labels").replace("idx3", "idx1");
    String other = name.endsWith(".gz") ? name.substring(0, name.length() - 3) : name + ".gz";
    Path labels = images.resolveSibling(name);
    return Files.exists(labels) ? labels : fallback(images.resolveSibling(other), labels);
  }

  private static Path fallback(Path other, Path wanted) {
    if (!Files.exists(other)) {
      throw new UserException(
          "The file " + wanted + " is missing: unpack the dataset's archive again.");
    }
    return other;
  }

  private static String name(Path folder, String part) {
    String path = folder.toAbsolutePath().toString().toLowerCase(Locale.ROOT);
    if (part.contains("-")) {
      return "EMNIST " + part.substring(0, part.indexOf('-'));
    }
    return isFashion(path) ? "Fashion-MNIST" : isKuzushiji(path) ? "KMNIST" : "MNIST";
  }

  /** The files are called alike, so that a folder's name has to tell. */
  private static boolean isFashion(String path) {
    return path.contains("fashion");
  }

  private static boolean isKuzushiji(String path) {
    return path.contains("kmnist") || path.contains("kuzushiji");
  }

  private static List<String> classes(Path folder, String part, int[] labels) {
    String path = folder.toAbsolutePath().toString().toLowerCase(Locale.ROOT);
    if (part.contains("-")) {
      return emnist(part.substring(0, part.indexOf('-')), labels);
    }
    return isFashion(path) ? FASHION : isKuzushiji(path) ? KUZUSHIJI : DIGITS;
  }

  /** As torchvision has them. */
  private static List<String> emnist(String variant, int[] labels) {
    String upper = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    return switch (variant) {
      case "digits", "mnist" -> DIGITS;
      case "letters" -> characters(upper.toLowerCase(Locale.ROOT));
      case "balanced", "bymerge" -> characters("0123456789" + upper + "abdefghnqrt");
      case "byclass" -> characters("0123456789" + upper + upper.toLowerCase(Locale.ROOT));
      default -> UsualClasses.numbered(Arrays.stream(labels).max().orElse(0) + 1);
    };
  }

  private static List<String> characters(String all) {
    return all.chars().mapToObj(Character::toString).toList();
  }
}
