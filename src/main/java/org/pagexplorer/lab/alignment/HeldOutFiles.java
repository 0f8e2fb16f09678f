package org.pagexplorer.lab.alignment;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.pagexplorer.dataset.Dataset;
import org.pagexplorer.domain.UserException;
import org.pagexplorer.run.Realization;
import org.pagexplorer.run.ScoreFile;

/**
 * Vectors of the held-out images that somebody has computed.
 *
 * @param gradients files with a gradient for every class
 * @param score the file with one vector an image
 */
record HeldOutFiles(List<Realization> gradients, Optional<Path> score) {

  /**
   * Looks at files.
   *
   * @throws UserException in a sentence, if one does not belong to the images, or if there are two
   *     scores
   */
  static HeldOutFiles of(List<Path> files, Dataset held) {
    List<Path> scores = files.stream().filter(ScoreFile::isOne).toList();
    if (scores.size() > 1) {
      throw new UserException(
          "%s and %s both hold one vector an image; choose one score."
              .formatted(scores.get(0), scores.get(1)));
    }
    scores.forEach(file -> ScoreFile.open(file, held).close());
    List<Realization> gradients =
        files.stream()
            .filter(file -> !scores.contains(file))
            .<Realization>map(file -> Realization.FromFile.of(file, held))
            .toList();
    return new HeldOutFiles(gradients, scores.stream().findFirst());
  }
}
