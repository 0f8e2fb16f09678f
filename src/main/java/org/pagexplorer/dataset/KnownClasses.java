package org.pagexplorer.dataset;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** The classes of published datasets whose files do not name them, by what they are called. */
final class KnownClasses {
  private KnownClasses() {}

  /** Those that the name of a file or a folder speaks of, as {@code CIFAR-10-C} does. */
  static Optional<List<String>> of(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    String letters = lower.replaceAll("[-_. ]", "");
    Set<String> words = new HashSet<>(List.of(lower.split("[-_. ]+", -1)));
    if (letters.contains("cifar100")) {
      return Optional.of(UsualClasses.CIFAR100.names());
    }
    if (letters.contains("cifar10")) {
      return Optional.of(Cifar10.CLASSES);
    }
    if (letters.contains("fashionmnist")) {
      return Optional.of(IdxFiles.FASHION);
    }
    if (letters.contains("stl10")) {
      return Optional.of(Stl10.CLASSES);
    }
    return words.contains("mnist") || words.contains("svhn")
        ? Optional.of(IdxFiles.DIGITS)
        : Optional.empty();
  }
}
