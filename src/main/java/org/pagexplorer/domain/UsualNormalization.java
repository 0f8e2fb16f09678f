package org.pagexplorer.domain;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** The constants that published training programs use, by name. */
public enum UsualNormalization implements Named {
  /** The model takes pixels in [0, 1] as they are, as RobustBench's do. */
  NONE("none: pixels in [0, 1]", Normalization.identity(3)),
  CIFAR10("CIFAR-10", Normalization.CIFAR10),
  /** kuangliu/pytorch-cifar's, whose std is the mean of the images' own. */
  CIFAR10_KUANGLIU("CIFAR-10 (kuangliu)", rgb(0.4914, 0.4822, 0.4465, 0.2023, 0.1994, 0.2010)),
  CIFAR100("CIFAR-100", rgb(0.5071, 0.4865, 0.4409, 0.2673, 0.2564, 0.2762)),
  STL10("STL-10", rgb(0.4467, 0.4398, 0.4066, 0.2603, 0.2566, 0.2713)),
  IMAGENET("ImageNet", rgb(0.485, 0.456, 0.406, 0.229, 0.224, 0.225)),
  MNIST("MNIST", new Normalization(List.of(0.1307), List.of(0.3081))),
  FASHION_MNIST("Fashion-MNIST", new Normalization(List.of(0.2860), List.of(0.3530))),
  /** Pixels in [−1, 1]. */
  HALF("0.5 and 0.5: pixels in [−1, 1]", rgb(0.5, 0.5, 0.5, 0.5, 0.5, 0.5));

  private final String title;
  private final Normalization normalization;

  UsualNormalization(String title, Normalization normalization) {
    this.title = title;
    this.normalization = normalization;
  }

  private static Normalization rgb(
      double red, double green, double blue, double stdRed, double stdGreen, double stdBlue) {
    return new Normalization(List.of(red, green, blue), List.of(stdRed, stdGreen, stdBlue));
  }

  @Override
  public String title() {
    return title;
  }

  /** For images of so many channels; empty for constants of colors where there are none. */
  public Optional<Normalization> of(int channels) {
    if (channels == normalization.mean().size()) {
      return Optional.of(normalization);
    }
    return switch (this) {
      case NONE -> Optional.of(Normalization.identity(channels));
      case HALF ->
          Optional.of(
              new Normalization(
                  Collections.nCopies(channels, 0.5), Collections.nCopies(channels, 0.5)));
      default -> Optional.empty();
    };
  }

  /** The names of those for images of so many channels. */
  public static List<String> ids(int channels) {
    return Arrays.stream(values())
        .filter(usual -> usual.of(channels).isPresent())
        .map(UsualNormalization::id)
        .toList();
  }

  /** All names, for a sentence. */
  public static String ids() {
    return Named.ids(values());
  }

  /**
   * The one of that name.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static UsualNormalization of(String id) {
    return Named.of(values(), "normalization", id);
  }
}
