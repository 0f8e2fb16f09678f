package org.pagexplorer.dataset;

import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.pagexplorer.domain.InputShape;
import org.pagexplorer.domain.UserException;
import org.pagexplorer.files.Sha256;

/** Opens, limits and identifies datasets. */
public final class Datasets {
  private Datasets() {}

  /**
   * Opens one split of the dataset in a folder, which tells its kind by what it holds: {@code
   * data_batch_*.bin} or {@code test_batch.bin} (CIFAR-10 binary), {@code train_X.bin} or {@code
   * test_X.bin} (STL-10 binary), or folders {@code train} or {@code test} with a folder of images a
   * class. If it holds none of these but exactly one folder that does, that one is opened. Images
   * of a folder are decoded only when they are read.
   *
   * @throws UserException if the folder or the split is missing, or a file is damaged
   */
  public static Dataset open(Path folder, Split split) {
    if (!Files.isDirectory(folder)) {
      throw missing(folder);
    }
    Path place = place(folder);
    if (Cifar10.isIn(place)) {
      return Cifar10.open(place, split);
    }
    return Stl10.isIn(place) ? Stl10.open(place, split) : ImageFolder.open(place, split);
  }

  private static UserException missing(Path folder) {
    return new UserException(
        Files.exists(folder)
            ? folder + " is a file: unpack it if it is an archive, then choose the folder."
            : "There is no folder " + folder + ": choose one that holds a dataset.");
  }

  private static Path place(Path folder) {
    if (holdsDataset(folder)) {
      return folder;
    }
    List<Path> inside = Listing.folders(folder).stream().filter(Datasets::holdsDataset).toList();
    if (inside.size() == 1) {
      return inside.getFirst();
    }
    if (inside.isEmpty()) {
      throw new UserException(
          "The folder "
              + folder
              + " holds no dataset: choose one with CIFAR-10's or STL-10's binary files,"
              + " or with folders train and test that have a folder of images a class.");
    }
    throw new UserException(
        "The folder %s holds several datasets: choose one of %s."
            .formatted(
                folder, inside.stream().map(Listing::name).collect(Collectors.joining(", "))));
  }

  private static boolean holdsDataset(Path folder) {
    return Cifar10.isIn(folder) || Stl10.isIn(folder) || ImageFolder.isIn(folder);
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

  /** The same images under another name. */
  public static Dataset named(Dataset dataset, String name) {
    return new SubsetDataset(dataset, name, IntStream.range(0, dataset.size()).toArray());
  }

  /**
   * SHA-256, in lower-case hexadecimal, over channels, height and width, then each image's label
   * and bytes in order; numbers as 4 bytes, big-endian. Reads every image.
   *
   * @throws UserException if an image's file is damaged
   */
  public static String hash(Dataset dataset) {
    MessageDigest digest = Sha256.newDigest();
    InputShape shape = dataset.shape();
    for (int side : new int[] {shape.channels(), shape.height(), shape.width()}) {
      digest.update(bigEndian(side));
    }
    for (int i = 0; i < dataset.size(); i++) {
      digest.update(bigEndian(dataset.label(i)));
      digest.update(dataset.bytes(i));
    }
    return Sha256.hex(digest);
  }

  private static byte[] bigEndian(int number) {
    return ByteBuffer.allocate(Integer.BYTES).putInt(number).array();
  }
}
