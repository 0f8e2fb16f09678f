package org.pagexplorer.dataset;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.pagexplorer.domain.Image;
import org.pagexplorer.domain.InputShape;
import org.pagexplorer.domain.UserException;
import org.pagexplorer.files.Sha256;

/** Opens, limits and identifies datasets. */
public final class Datasets {
  /** Bytes of decoded images. */
  private static final int HASHED_TOGETHER = 16 << 20;

  private Datasets() {}

  /**
   * One part of a dataset.
   *
   * @param part its name
   * @param parts the names of all parts that there are, for {@link Split#of}
   */
  public record Part(Dataset dataset, String part, List<String> parts) {}

  /**
   * Opens one part of the dataset that a folder holds, which tells its kind by what it holds;
   * {@link Places} lists the kinds. The folder may also be one around the dataset's, or a file in
   * it. Pictures are decoded only when they are read. A part that is neither the test images nor
   * asked for as training images says in its name which it is.
   *
   * @throws UserException if there is no dataset, or several; naming the parts that there are, if
   *     there is none such; if a file is damaged
   */
  public static Dataset open(Path folder, Split split) {
    return openPart(folder, split).dataset();
  }

  /** The same, with what else there is. */
  public static Part openPart(Path folder, Split split) {
    Places.Found found = Places.find(folder);
    List<String> names = List.copyOf(found.parts().keySet());
    String part = split.among(names, found.place());
    Dataset opened = Objects.requireNonNull(found.parts().get(part)).get();
    boolean plain = split.equals(Split.TRAIN) || Split.isTest(part) || part.equals(ImageFolder.ALL);
    // What is counted of other images never stands beside the paper's numbers.
    String words = Split.isTraining(part) ? "training" : part;
    Dataset dataset =
        plain || opened.name().contains(words)
            ? opened
            : named(opened, "%s (%s)".formatted(opened.name(), words));
    return new Part(dataset, part, names);
  }

  /**
   * The names of the parts that a dataset has, for {@link Split#of}.
   *
   * @throws UserException as {@link #open}
   */
  public static List<String> parts(Path folder) {
    return List.copyOf(Places.find(folder).parts().keySet());
  }

  /** Whether a file is called like one that holds a dataset, or a part of one. */
  public static boolean isFile(Path file) {
    return Places.isDatasetFile(file);
  }

  /** The name of the part that {@link #open} opens. */
  public static String part(Path folder, Split split) {
    Places.Found found = Places.find(folder);
    return split.among(List.copyOf(found.parts().keySet()), found.place());
  }

  /** Images in the order asked for; pictures are decoded in parallel. */
  public static List<Image> images(Dataset dataset, int... indices) {
    return Arrays.stream(indices).parallel().mapToObj(dataset::image).toList();
  }

  /**
   * A view of {@code count} images, or the dataset itself if it has no more. Every class, shuffled
   * by the seed, gives one image in turn until enough are found; hence classes differ by one image
   * at most as long as none runs out, and a smaller view is the beginning of a larger one.
   *
   * @param count at least 1
   * @throws UserException if {@code count} is less than 1
   */
  public static Dataset limit(Dataset dataset, int count, long seed) {
    if (count < 1) {
      throw new UserException("A limit of " + count + " images leaves nothing: choose at least 1.");
    }
    return count >= dataset.size()
        ? dataset
        : new SubsetDataset(dataset, BalancedChoice.indices(dataset, count, seed));
  }

  /**
   * All images in another order: every class, shuffled by the seed, gives one in turn, so that any
   * beginning of it is balanced. It begins as {@link #limit} does.
   */
  public static Dataset balanced(Dataset dataset, long seed) {
    return new SubsetDataset(dataset, BalancedChoice.indices(dataset, dataset.size(), seed));
  }

  /**
   * The same images with their labels among a model's classes: found by name, or by index where
   * either of the two has no names, or the dataset has ImageNet's ids in their usual order.
   *
   * @param classes the model's
   * @param say told where labels were found by index
   * @return empty if the dataset has a class that the model does not have
   */
  public static Optional<Dataset> labeled(
      Dataset dataset, List<String> classes, Consumer<String> say) {
    List<String> own = dataset.classes();
    if (own.equals(classes)) {
      return Optional.of(dataset);
    }
    if (classes.containsAll(own)) {
      int[] places = own.stream().mapToInt(classes::indexOf).toArray();
      return Optional.of(new RelabeledDataset(dataset, classes, places));
    }
    if (!UsualClasses.agreeByIndex(own, classes)) {
      return Optional.empty();
    }
    say.accept(
        "Labels of %s are taken as indices into the model's classes: %s is %s, and so on."
            .formatted(dataset.name(), own.getFirst(), classes.getFirst()));
    int[] places = IntStream.range(0, own.size()).toArray();
    return Optional.of(new RelabeledDataset(dataset, classes, places));
  }

  /** The same images under another name. */
  public static Dataset named(Dataset dataset, String name) {
    return new SubsetDataset(dataset, name, IntStream.range(0, dataset.size()).toArray());
  }

  /**
   * SHA-256, in lower-case hexadecimal, over channels, height and width, then each image's label
   * and bytes in order; numbers as 4 bytes, big-endian. Reads every image, side by side.
   *
   * @throws UserException if an image's file is damaged
   */
  public static String hash(Dataset dataset) {
    MessageDigest digest = Sha256.newDigest();
    InputShape shape = dataset.shape();
    for (int side : new int[] {shape.channels(), shape.height(), shape.width()}) {
      digest.update(bigEndian(side));
    }
    int together = Math.clamp(HASHED_TOGETHER / shape.size(), 1, 4096);
    for (int from = 0; from < dataset.size(); from += together) {
      int first = from;
      byte[][] images =
          IntStream.range(from, Math.min(from + together, dataset.size()))
              .parallel()
              .mapToObj(dataset::bytes)
              .toArray(byte[][]::new);
      for (int i = 0; i < images.length; i++) {
        digest.update(bigEndian(dataset.label(first + i)));
        digest.update(images[i]);
      }
    }
    return Sha256.hex(digest);
  }

  private static byte[] bigEndian(int number) {
    return ByteBuffer.allocate(Integer.BYTES).putInt(number).array();
  }
}
