package org.pagexplorer.run;

import java.nio.file.Path;
import java.util.List;
import org.pagexplorer.dataset.Dataset;
import org.pagexplorer.domain.InputShape;
import org.pagexplorer.domain.UserException;

/**
 * One vector for each image of a dataset, such as the score ∇ₓ log p(x) of a diffusion model: N ×
 * channels × height × width numbers (or N × 1 × …), in the order in which the dataset lies on disk.
 */
public final class ScoreFile implements AutoCloseable {
  private final GradientFile file;
  private final Dataset images;

  private ScoreFile(GradientFile file, Dataset images) {
    this.file = file;
    this.images = images;
  }

  /**
   * Whether a file holds one vector an image, and not one for each class.
   *
   * @throws UserException in a sentence, if it holds no gradients at all
   */
  public static boolean isOne(Path path) {
    try (GradientFile file = GradientFile.open(path)) {
      return file.sides().size() == 5 && file.sides().get(1) == 1;
    }
  }

  /**
   * Maps the file.
   *
   * @param images of its dataset, chosen and ordered in any way
   * @throws UserException in a sentence, if it does not belong to these images
   */
  public static ScoreFile open(Path path, Dataset images) {
    GradientFile file = GradientFile.open(path);
    InputShape shape = images.shape();
    List<Long> wanted =
        List.of(
            (long) images.original().size(),
            1L,
            (long) shape.channels(),
            (long) shape.height(),
            (long) shape.width());
    if (!file.sides().equals(wanted)) {
      file.close();
      throw new UserException(
          "%s does not hold a score for each of the %,d images of %s (%s); choose the file that was made for it."
              .formatted(path, wanted.getFirst(), images.original().name(), shape));
    }
    return new ScoreFile(file, images);
  }

  /**
   * An image's vector, as it is stored.
   *
   * @param image among the images that it was opened for
   * @throws UserException if it is not finite
   */
  public float[] of(int image) {
    return file.read(images.originalIndex(image));
  }

  @Override
  public void close() {
    file.close();
  }
}
