package org.pagexplorer.dataset;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;

/** A small CIFAR-10-C in its own layout, written by the tests. */
public final class WrittenCorruptions {
  private static final int SEVERITIES = 5;

  private WrittenCorruptions() {}

  /**
   * The folder {@code CIFAR-10-C} with random images and the classes in turn.
   *
   * @param each images a severity
   */
  public static Path in(Path folder, int each, List<String> corruptions) throws IOException {
    Path place = Files.createDirectories(folder.resolve("CIFAR-10-C"));
    byte[] labels = new byte[SEVERITIES * each];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = (byte) (i % each % 10);
    }
    write(place, "labels", "(%d,)".formatted(labels.length), labels);
    for (String name : corruptions) {
      byte[] images = new byte[labels.length * 32 * 32 * 3];
      new Random(name.hashCode()).nextBytes(images);
      write(place, name, "(%d, 32, 32, 3)".formatted(labels.length), images);
    }
    return place;
  }

  private static void write(Path place, String name, String shape, byte[] values)
      throws IOException {
    Files.write(place.resolve(name + ".npy"), WrittenArrays.npy("|u1", shape, values));
  }
}
