package org.pagexplorer.dataset;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.pagexplorer.domain.Printable;

/**
 * Which arrays are images and which are their labels: {@code x_test} and {@code y_test}, {@code
 * train_images} and {@code train_labels}, or one {@code labels} for all, as CIFAR-10-C has it.
 */
final class ArrayPairs {
  private static final Set<String> IMAGES =
      Set.of("x", "images", "image", "imgs", "img", "data", "samples");
  private static final Set<String> LABELS =
      Set.of("y", "labels", "label", "targets", "target", "classes");

  /** CIFAR-10-C's images are all of the test set at severity 1, then all at 2, and so on. */
  private static final int SEVERITIES = 5;

  private final String name;
  private final Path place;
  private final SequencedMap<String, Supplier<Dataset>> parts = Layout.nothing();

  private ArrayPairs(String name, Path place) {
    this.name = name;
    this.place = place;
  }

  /** The parts that pairs of arrays are; arrays without a counterpart are left out. */
  static SequencedMap<String, Supplier<Dataset>> in(
      String name, Path place, Map<String, Supplier<NpyArray>> arrays) {
    Map<String, Supplier<NpyArray>> labels = new LinkedHashMap<>();
    Map<String, Supplier<NpyArray>> images = new LinkedHashMap<>();
    arrays.forEach((array, read) -> (isLabels(array) ? labels : images).put(part(array), read));
    ArrayPairs pairs = new ArrayPairs(name, place);
    Supplier<NpyArray> common = labels.get("");
    images.forEach(
        (part, read) -> {
          Supplier<NpyArray> own = labels.get(part);
          if (own != null) {
            pairs.add(part.isEmpty() ? ImageFolder.ALL : part, read, own);
          } else if (common != null) {
            pairs.addCorruption(part, read, common);
          }
        });
    return pairs.parts;
  }

  private static boolean isLabels(String array) {
    return words(array).stream().anyMatch(LABELS::contains);
  }

  private static List<String> words(String array) {
    return List.of(array.toLowerCase(Locale.ROOT).split("[-_ ]+", -1));
  }

  /** What is left of a name without the words that say what it is. */
  private static String part(String array) {
    return words(array).stream()
        .filter(word -> !IMAGES.contains(word) && !LABELS.contains(word))
        .collect(Collectors.joining("_"));
  }

  private void add(String part, Supplier<NpyArray> images, Supplier<NpyArray> labels) {
    parts.put(part, () -> open(images.get(), labels.get(), 0, 1));
  }

  private void addCorruption(String part, Supplier<NpyArray> images, Supplier<NpyArray> labels) {
    add(part, images, labels);
    if (repeats(ArrayLabels.of(labels.get()))) {
      for (int severity = 0; severity < SEVERITIES; severity++) {
        int from = severity;
        parts.put(
            part + "-" + (severity + 1), () -> open(images.get(), labels.get(), from, SEVERITIES));
      }
    }
  }

  private static boolean repeats(int[] labels) {
    int each = labels.length / SEVERITIES;
    return labels.length % SEVERITIES == 0
        && IntStream.range(each, labels.length).allMatch(i -> labels[i] == labels[i - each]);
  }

  /** The {@code share}-th of {@code shares} equal parts. */
  private Dataset open(NpyArray images, NpyArray labels, int share, int shares) {
    int[] all = ArrayLabels.of(labels);
    ArrayDataset.checkSizes(images.name(), images.length(), labels.name(), all.length);
    ArrayImages pixels = ArrayImages.of(images);
    int each = all.length / shares;
    int from = share * each;
    List<String> classes = classes(all);
    return new ArrayDataset(
        Printable.of(name),
        classes,
        pixels.shape(),
        ArrayDataset.checked(
            Arrays.copyOfRange(all, from, from + each), classes.size(), labels.name()),
        index -> pixels.bytes(from + index));
  }

  private List<String> classes(int[] labels) {
    int most = Arrays.stream(labels).max().orElse(0) + 1;
    List<String> names = new ArrayList<>();
    Path whole = place.toAbsolutePath().normalize();
    for (int i = Math.max(0, whole.getNameCount() - 2); i < whole.getNameCount(); i++) {
      names.add(whole.getName(i).toString());
    }
    return KnownClasses.of(String.join(" ", names))
        .filter(known -> known.size() >= most)
        .orElseGet(() -> UsualClasses.numbered(Math.max(1, most)));
  }
}
