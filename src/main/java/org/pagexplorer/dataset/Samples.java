package org.pagexplorer.dataset;

import java.nio.file.Files;
import java.nio.file.Path;
import org.pagexplorer.domain.UserException;

/**
 * The images that come with the program: twelve of each class from CIFAR-10's test batch,
 * bit-exact, named by their index in it.
 */
public final class Samples {
  private Samples() {}

  /**
   * Opens {@code <assets>/samples/cifar10/<class>/*.png}.
   *
   * @throws UserException if they are missing
   */
  public static Dataset open(Path assets) {
    Path root = assets.resolve("samples").resolve("cifar10");
    if (!Files.isDirectory(root)) {
      throw new UserException(
          "The sample images are missing from " + root + ": install PAG Explorer again.");
    }
    return ImageFolder.scan("CIFAR-10 samples", root);
  }
}
