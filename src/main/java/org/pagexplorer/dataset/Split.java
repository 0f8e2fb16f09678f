package org.pagexplorer.dataset;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.pagexplorer.domain.UserException;

/**
 * Which part of a dataset is wanted: by what it is for, or by the name that the dataset gives it.
 *
 * @param id for people and on the command line
 * @param purpose what it is for; {@link Purpose#NAMED} means the part of this name
 */
public record Split(String id, Purpose purpose) {

  /** What a part is wanted for. */
  public enum Purpose {
    TRAINING,
    /** Images that were not trained on: {@code test}, or else {@code val}. */
    TESTING,
    /** To look at: as for testing, or else whatever there is. */
    SHOWING,
    NAMED
  }

  public static final Split TRAIN = new Split("train", Purpose.TRAINING);
  public static final Split TEST = new Split("test", Purpose.TESTING);
  public static final Split ANY = new Split("test", Purpose.SHOWING);

  private static final Set<String> TRAINING = Set.of("train", "training");
  private static final Set<String> TESTING = Set.of("test", "testing", "t10k");
  private static final Set<String> VALIDATION = Set.of("val", "valid", "validation", "dev", "eval");

  private static final int MOST_LISTED = 12;

  /** The part that a dataset calls so, in any case; {@code val}, {@code valid} and so on agree. */
  public static Split of(String name) {
    return new Split(name.strip(), Purpose.NAMED);
  }

  /** Whether a name, as {@code train} or {@code letters-train}, is that of training images. */
  static boolean isTraining(String name) {
    return has(name, TRAINING);
  }

  /** Whether a name is that of test images. */
  static boolean isTest(String name) {
    return has(name, TESTING);
  }

  /** Whether a folder called so is a part of a dataset. */
  static boolean isName(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return Stream.of(TRAINING, TESTING, VALIDATION).anyMatch(names -> names.contains(lower));
  }

  private static boolean has(String name, Set<String> words) {
    return Stream.of(name.toLowerCase(Locale.ROOT).split("[-_. ]", -1)).anyMatch(words::contains);
  }

  /**
   * The one of the names that is meant.
   *
   * @param names at least one, in the order they are listed in
   * @param place what is said to hold them
   * @throws UserException naming what there is, if there is no such part
   */
  String among(List<String> names, Object place) {
    return found(names)
        .orElseThrow(
            () ->
                new UserException(
                    "There are no %s images in %s: choose %s."
                        .formatted(wanted(), place, listed(names))));
  }

  private Optional<String> found(List<String> names) {
    return switch (purpose) {
      case TRAINING -> names.stream().filter(Split::isTraining).findFirst();
      case TESTING -> heldOut(names);
      case SHOWING ->
          heldOut(names)
              .or(() -> names.stream().filter(name -> !isTraining(name)).findFirst())
              .or(() -> names.stream().findFirst());
      case NAMED -> named(names);
    };
  }

  private static Optional<String> heldOut(List<String> names) {
    return names.stream()
        .filter(Split::isTest)
        .findFirst()
        .or(() -> names.stream().filter(name -> has(name, VALIDATION)).findFirst());
  }

  private Optional<String> named(List<String> names) {
    Optional<String> exact = names.stream().filter(id::equalsIgnoreCase).findFirst();
    String lower = id.toLowerCase(Locale.ROOT);
    return exact.or(
        () ->
            Stream.of(TRAINING, TESTING, VALIDATION)
                .filter(alike -> alike.contains(lower))
                .flatMap(alike -> names.stream().filter(name -> isOneOf(name, alike)))
                .findFirst());
  }

  private static boolean isOneOf(String name, Set<String> alike) {
    return alike.contains(name.toLowerCase(Locale.ROOT));
  }

  private String wanted() {
    return switch (purpose) {
      case TRAINING -> "training";
      case TESTING, SHOWING -> "test";
      case NAMED -> "\"" + id + "\"";
    };
  }

  /** Names for a sentence: {@code a, b or c}; of many only the first. */
  static String listed(List<String> names) {
    if (names.size() > MOST_LISTED) {
      return String.join(", ", names.subList(0, MOST_LISTED))
          + " or one of "
          + (names.size() - MOST_LISTED)
          + " more";
    }
    String last = names.getLast();
    return names.size() == 1
        ? last
        : String.join(", ", names.subList(0, names.size() - 1)) + " or " + last;
  }
}
