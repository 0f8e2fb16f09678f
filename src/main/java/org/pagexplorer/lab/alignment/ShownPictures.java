package org.pagexplorer.lab.alignment;

import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.pagexplorer.dataset.Dataset;
import org.pagexplorer.domain.AttackSpecification;
import org.pagexplorer.domain.AttackedImage;
import org.pagexplorer.domain.Goal;
import org.pagexplorer.domain.Image;
import org.pagexplorer.engine.AttackObserver;
import org.pagexplorer.engine.Classifier;
import org.pagexplorer.engine.Pgd;

/**
 * Pictures that one model paints, to be shown to the others.
 *
 * @param targets the class that each was painted toward
 */
record ShownPictures(List<Image> pictures, List<Integer> targets) {

  /**
   * Paints some of the images, each toward one class, the same for every model.
   *
   * @param from the first image
   * @param to behind the last
   * @return nothing if the observer cancelled
   */
  static Optional<ShownPictures> of(
      Dataset held,
      int from,
      int to,
      Classifier painter,
      AttackSpecification attack,
      AttackObserver observer) {
    List<Image> images = IntStream.range(from, to).mapToObj(held::image).toList();
    List<Integer> targets =
        IntStream.range(from, to).mapToObj(i -> target(held, i, attack.seed())).toList();
    return new Pgd(painter, attack)
        .run(images, targets.stream().map(Goal::reach).toList(), observer)
        .map(made -> new ShownPictures(made.stream().map(AttackedImage::result).toList(), targets));
  }

  /** How many of them a model names as they were meant. */
  int named(Classifier other) {
    int[] predicted = other.predictions(pictures);
    return (int)
        IntStream.range(0, predicted.length).filter(i -> predicted[i] == targets.get(i)).count();
  }

  /** Never its own class. */
  private static int target(Dataset held, int image, long seed) {
    int classes = held.classes().size();
    SplittableRandom random =
        new SplittableRandom(seed ^ (image + 1) * 0x9E3779B97F4A7C15L).split();
    return (held.label(image) + 1 + random.nextInt(classes - 1)) % classes;
  }
}
